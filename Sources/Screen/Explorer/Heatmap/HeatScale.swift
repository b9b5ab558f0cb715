import Cells
import Tensors

/// Which colour a value gets: the ends of the scale, the curve between them, the colours.
public struct HeatScale: Equatable, Sendable {
  /// The value of the first colour.
  public let lower: Float
  /// The value of the last colour.
  public let upper: Float
  /// The spread of values between them.
  public let curve: ViewSettings.Curve
  private let colors: Colors

  private enum Colors: Equatable {
    /// A map's colours at equal distances.
    case map(ColorMap, Capabilities.ColorDepth)
    /// From black to one colour below zero and another above, where ink shows how light it is.
    case inks
  }

  /// The scale that `view` asks for, given the values that are displayed and the spread of the whole
  /// layer's; of the displayed ones it leaves out the hundredth part at either end.
  public init(_ view: ViewSettings, shown: [Float], layer: ClosedRange<Float>) {
    var range: ClosedRange<Float>
    switch view.range {
    case .channel: range = shown.spread
    case .layer: range = layer
    case .fixed:
      let reach = view.fixed?.reach ?? max(layer.upperBound, 1)
      range = (layer.lowerBound < 0 ? -reach : 0)...reach
    }
    let isSigned = range.lowerBound < 0
    if isSigned {
      // Zero is the middle of a diverging map, so both ends are equally far from it.
      let reach = max(-range.lowerBound, range.upperBound)
      range = -reach...reach
    } else if range.lowerBound == range.upperBound {
      // All are the same: as much as it is of what could be.
      range = 0...range.upperBound
    }
    lower = range.lowerBound
    upper = range.upperBound
    curve = view.curve
    let depth = view.capabilities.pictureColors
    colors =
      switch depth {
      case _ where !isSigned: .map(view.colorMap, depth)
      case .none: .map(.grey, depth)
      case .ansi16: .inks
      case _ where !view.capabilities.unicode: .inks
      case _: .map(.diverging, depth)
      }
  }

  /// The scale of values up to `reach`, and as far below zero where they have a sign, as `view` colours
  /// them.
  init(_ view: ViewSettings, reach: Float, hasSign: Bool = true) {
    var view = view
    view.range = .layer
    view.curve = .linear
    let reach = max(reach, .leastNormalMagnitude)
    self.init(view, shown: [], layer: (hasSign ? -reach : 0)...reach)
  }

  /// The place of `value` on the scale, 0…1; values beyond its ends get those.
  public func position(of value: Float) -> Double {
    guard upper > lower else { return lower < 0 ? 0.5 : 0 }
    if lower < 0 { return (curved(Double(min(max(value / upper, -1), 1))) + 1) / 2 }
    return curved(Double(min(max((value - lower) / (upper - lower), 0), 1)))
  }

  /// How far `value` is from where nothing is to be seen: zero, or the lower end of a scale without a
  /// sign; −1…1, and 0 for NaN.
  func amount(of value: Float) -> Double {
    if value.isNaN { return 0 }
    return lower < 0 ? 2 * position(of: value) - 1 : position(of: value)
  }

  /// The colour of `value`; none where it is not finite.
  public func color(of value: Float) -> Color? {
    guard value.isFinite else { return nil }
    let position = position(of: value)
    switch colors {
    case .map(let map, let depth):
      return
        map.color(ofStep: Int(position * Double(ColorMap.steps - 1) + 0.5), depth)
    case .inks:
      return Self.ink(2 * position - 1)
    }
  }

  /// Of `amount`, −1…1, as much ink in the colour of its sign as it is large.
  static func ink(_ amount: Double) -> Color {
    guard amount != 0 else { return Color(0, 0, 0) }
    // The faintest ink is for anything but zero.
    return Color(0, 0, 0).mixed(
      with: amount < 0 ? Theme.negativeInk : Theme.positiveInk, 0.15 + 0.85 * abs(amount))
  }

  /// The colours of its picture where there are 256, the outline's among them.
  var palette: [Color] {
    switch colors {
    case .map(let map, _): map.colors256 + [Color.palette256(Theme.cursor.palette256)]
    case .inks: []
    }
  }

  private func curved(_ position: Double) -> Double {
    switch curve {
    case .linear: position
    case .squareRoot: position < 0 ? -(-position).squareRoot() : position.squareRoot()
    }
  }
}

extension ColorMap {
  /// The number of colours that a picture has: as many as sixels can have with some to spare.
  fileprivate static let steps = 240

  /// The colour `step` of them, at equal distances, as a terminal of `depth` has it.
  fileprivate func color(ofStep step: Int, _ depth: Capabilities.ColorDepth) -> Color {
    let isFew = depth == .palette256
    let colors =
      switch self {
      case .viridis: isFew ? Self.fewViridis : Self.allViridis
      case .magma: isFew ? Self.fewMagma : Self.allMagma
      case .grey: isFew ? Self.fewGrey : Self.allGrey
      case .diverging: isFew ? Self.fewDiverging : Self.allDiverging
      }
    return colors[step]
  }

  private static let (allViridis, fewViridis) = tables(.viridis)
  private static let (allMagma, fewMagma) = tables(.magma)
  private static let (allGrey, fewGrey) = tables(.grey)
  private static let (allDiverging, fewDiverging) = tables(.diverging)

  private static func tables(_ map: ColorMap) -> (all: [Color], few: [Color]) {
    func table(_ depth: Capabilities.ColorDepth) -> [Color] {
      (0..<steps).map { map.color(at: Double($0) / Double(steps - 1), depth) }
    }
    return (table(.trueColor), table(.palette256))
  }
}
