import Cells
import Tensors

/// The scale of a heatmap: the values at its ends, the curve between them, and the colours.
public struct HeatScale: Equatable, Sendable {
  /// The value of the first colour.
  public let lower: Float
  /// The value of the last colour.
  public let upper: Float
  /// The curve from values to colours.
  public let curve: ViewSettings.Curve
  private let colors: Colors

  private enum Colors: Equatable {
    /// The colours of a map at equal distances, on a ground that is light or dark.
    case map(ColorMap, Capabilities.ColorDepth, onLight: Bool)
    /// From black to one colour below zero and to another above; drawn as ink, which shows the
    /// lightness.
    case inks
  }

  /// Makes the scale that `view` asks for, given the `shown` values and the spread of the whole
  /// `layer`; the top and the bottom hundredth of the shown values are left out.
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
      // Zero is the middle of a diverging map, so both ends are equally far from zero.
      let reach = max(-range.lowerBound, range.upperBound)
      range = -reach...reach
    } else if range.upperBound - range.lowerBound <= 1e-5 * range.upperBound {
      // All values are equal, but for rounding: the scale goes from 0 to that value.
      range = 0...range.upperBound
    }
    lower = range.lowerBound
    upper = range.upperBound
    curve = view.curve
    let depth = view.capabilities.pictureColors
    func map(_ map: ColorMap) -> Colors {
      .map(map, depth, onLight: view.capabilities.scheme.isLight)
    }
    colors =
      switch depth {
      case _ where !isSigned: map(view.colorMap)
      case .none: map(.grey)
      case .ansi16: .inks
      case _ where !view.capabilities.unicode: .inks
      case _: map(.diverging)
      }
  }

  /// The scale of values up to `reach`, and as far below zero where they have a sign, as `view` colours
  /// them; where `reach` is not finite, up to the largest number.
  init(_ view: ViewSettings, reach: Float, hasSign: Bool = true) {
    var view = view
    view.range = .layer
    view.curve = .linear
    let reach =
      reach.isFinite ? max(reach, .leastNormalMagnitude) : Float.greatestFiniteMagnitude
    self.init(view, shown: [], layer: (hasSign ? -reach : 0)...reach)
  }

  /// The scale of values that are `shown`, from zero, and as far below it where they have a sign; the
  /// hundredth part that is largest is left out.
  init(_ view: ViewSettings, shown: [Float], hasSign: Bool = true) {
    let spread = shown.spread
    self.init(view, reach: max(-spread.lowerBound, spread.upperBound), hasSign: hasSign)
  }

  /// Returns the position of `value` on the scale, 0…1; values beyond the ends are clamped.
  public func position(of value: Float) -> Double {
    guard upper > lower else { return lower < 0 ? 0.5 : 0 }
    if lower < 0 { return (curved(Double(min(max(value / upper, -1), 1))) + 1) / 2 }
    return curved(Double(min(max((value - lower) / (upper - lower), 0), 1)))
  }

  /// Returns the signed distance of `value`, −1…1, from the value that gets no tint: zero, or the
  /// lower end of an unsigned scale; 0 for NaN.
  func amount(of value: Float) -> Double {
    if value.isNaN { return 0 }
    return lower < 0 ? 2 * position(of: value) - 1 : position(of: value)
  }

  /// Returns the colour of `value`; nil if the value is not finite.
  public func color(of value: Float) -> Color? {
    guard value.isFinite else { return nil }
    let position = position(of: value)
    switch colors {
    case .map(let map, let depth, let onLight):
      return map.color(
        ofStep: Int(position * Double(ColorMap.steps - 1) + 0.5), depth, onLight: onLight)
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

  /// The scale's colours on a terminal with 256 colours, with that of the outline.
  var palette: [Color] {
    switch colors {
    case .map(let map, _, let onLight):
      map.colors256(onLight: onLight) + [Color.palette256(Theme.cursor.palette256)]
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
  /// The number of colours in a table: fewer than a sixel picture can have.
  fileprivate static let steps = 240

  /// Returns colour `step` of the table for a terminal of `depth`.
  fileprivate func color(
    ofStep step: Int, _ depth: Capabilities.ColorDepth, onLight: Bool
  ) -> Color {
    let isFew = depth == .palette256
    let colors =
      switch self {
      case .viridis: isFew ? Self.fewViridis : Self.allViridis
      case .magma: isFew ? Self.fewMagma : Self.allMagma
      case .grey: isFew ? Self.fewGrey : Self.allGrey
      case .diverging where onLight: isFew ? Self.fewOnLight : Self.allOnLight
      case .diverging: isFew ? Self.fewDiverging : Self.allDiverging
      }
    return colors[step]
  }

  private static let (allViridis, fewViridis) = tables(.viridis)
  private static let (allMagma, fewMagma) = tables(.magma)
  private static let (allGrey, fewGrey) = tables(.grey)
  private static let (allDiverging, fewDiverging) = tables(.diverging)
  private static let (allOnLight, fewOnLight) = tables(.diverging, onLight: true)

  private static func tables(
    _ map: ColorMap, onLight: Bool = false
  ) -> (all: [Color], few: [Color]) {
    func table(_ depth: Capabilities.ColorDepth) -> [Color] {
      (0..<steps).map {
        map.color(at: Double($0) / Double(steps - 1), depth, onLight: onLight)
      }
    }
    return (table(.trueColor), table(.palette256))
  }
}
