/// Colour maps for values from 0 to 1.
public enum ColorMap: String, CaseIterable, Sendable {
  /// Dark blue over green to yellow; equal steps look equal (matplotlib's default).
  case viridis
  /// Black over red to light yellow; equal steps look equal.
  case magma
  /// Black to white.
  case grey
  /// Blue for negative, near the ground in the middle, red for positive.
  case diverging

  /// Returns the colour at `position` on a terminal with 256 colours or more, on a ground that is
  /// light or dark; positions outside 0…1 get the colours of the ends.
  public func color(
    at position: Double, _ depth: Capabilities.ColorDepth = .trueColor, onLight: Bool = false
  ) -> Color {
    guard depth == .palette256 else {
      return color(at: position, of: onLight ? anchorsOnLight : anchors)
    }
    let steps = onLight ? stepsOnLight : steps256
    // The step whose lightness is nearest to that of the position.
    let (first, last) = (steps[0].lightness, steps[steps.count - 1].lightness)
    guard self != .diverging else {
      let index = share(position) * Double(steps.count - 1)
      return steps[Int(index.rounded())].color
    }
    let wanted = first + (last - first) * share(position)
    let nearest = steps.min { abs($0.lightness - wanted) < abs($1.lightness - wanted) }
    return nearest?.color ?? steps[0].color
  }

  /// The colours of the map on a terminal with 256 colours.
  public func colors256(onLight: Bool = false) -> [Color] {
    (onLight ? stepsOnLight : steps256).map(\.color)
  }

  private var stepsOnLight: [(color: Color, lightness: Double)] {
    self == .diverging ? Self.divergingStepsOnLight : steps256
  }

  private var steps256: [(color: Color, lightness: Double)] {
    switch self {
    case .viridis: Self.viridisSteps
    case .magma: Self.magmaSteps
    case .grey: Self.greySteps
    case .diverging: Self.divergingSteps
    }
  }

  /// Returns the colour at `position` between `anchors`.
  private func color(at position: Double, of anchors: [Color]) -> Color {
    let scaled = share(position) * Double(anchors.count - 1)
    let index = min(Int(scaled), anchors.count - 2)
    return anchors[index].mixed(with: anchors[index + 1], scaled - Double(index))
  }

  /// Returns `position` within 0…1; what is no number is neither large nor of a sign.
  private func share(_ position: Double) -> Double {
    guard !position.isNaN else { return self == .diverging ? 0.5 : 0 }
    return min(max(position, 0), 1)
  }

  /// Colours at equal distances, between which the others are interpolated.
  private var anchors: [Color] {
    switch self {
    case .viridis: Self.viridisAnchors
    case .magma: Self.magmaAnchors
    case .grey: [Color(0, 0, 0), Color(255, 255, 255)]
    case .diverging: Self.divergingAnchors
    }
  }

  private var anchorsOnLight: [Color] {
    self == .diverging ? Self.divergingAnchorsOnLight : anchors
  }

  private static let viridisAnchors = colors(
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725)
  private static let magmaAnchors = colors(
    0x000004, 0x1D1147, 0x51127C, 0x832681, 0xB73779, 0xE75263, 0xFC8961, 0xFEC488, 0xFCFDBF)
  // Zero is near the ground and still told from it; either sign goes away from it equally far.
  private static let divergingAnchors = colors(
    0xA9D4FF, 0x5BA8F5, 0x2F74D0, 0x1F4680, 0x26262A, 0x752C22, 0xC0402C, 0xF4744F, 0xFFC2A0)
  private static let divergingAnchorsOnLight = colors(
    0x2166AC, 0x4393C3, 0x92C5DE, 0xC9DEEA, 0xE8E8E8, 0xF4D3C1, 0xF4A582, 0xD6604D, 0xB2182B)

  // Chosen by hand: of the cube's colours near the map, those that get lighter from one to the
  // next.
  private static let viridisSteps = steps([
    16, 17, 18, 19, 20, 24, 25, 30, 36, 72, 78, 114, 149, 191, 227,
  ])
  private static let magmaSteps = steps([
    16, 17, 53, 54, 90, 126, 162, 168, 174, 180, 216, 222, 229, 230,
  ])
  private static let greySteps = steps([16] + Array(232...255) + [231])
  private static let divergingSteps = steps([
    117, 75, 33, 26, 19, 235, 52, 88, 160, 203, 216,
  ])
  private static let divergingStepsOnLight = steps([
    25, 32, 74, 117, 189, 255, 223, 216, 209, 167, 124,
  ])

  private static func steps(_ indices: [Int]) -> [(color: Color, lightness: Double)] {
    indices.map(Color.palette256).map { ($0, $0.perceivedLightness) }
  }

  private static func colors(_ numbers: UInt32...) -> [Color] {
    numbers.map { Color(UInt8($0 >> 16), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)) }
  }
}
