import Cells
import Tensors

/// Which colour a value gets: the ends of the scale, the curve between them, the colours.
public struct HeatScale: Equatable, Sendable {
  /// The value of the first colour.
  public let lower: Float
  /// The value of the last colour.
  public let upper: Float
  /// How values are spread between them.
  public let curve: ViewSettings.Curve
  private let colors: Colors

  private enum Colors: Equatable {
    case map(ColorMap)
    /// From black to one colour below zero and another above, where ink shows how light it is.
    case inks
  }

  /// The scale that `view` asks for, given the values shown and those of the whole layer.
  public init(_ view: ViewSettings, shown: some Sequence<Float>, layer: ClosedRange<Float>) {
    var range: ClosedRange<Float>
    switch view.range {
    case .channel:
      let statistics = Statistics(shown)
      range = statistics.minimum...statistics.maximum
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
    } else {
      range = 0...range.upperBound
    }
    lower = range.lowerBound
    upper = range.upperBound
    curve = view.curve
    colors =
      switch view.capabilities.colors {
      case _ where !isSigned: .map(view.colorMap)
      case .none: .map(.grey)
      case let depth where depth == .ansi16 || !view.capabilities.unicode: .inks
      case _: .map(.diverging)
      }
  }

  /// The place of `value` on the scale, 0…1; values beyond its ends get those.
  public func position(of value: Float) -> Double {
    guard upper > lower else { return lower < 0 ? 0.5 : 0 }
    if lower < 0 {
      let signed = curved(Double(min(max(value / upper, -1), 1)))
      return (signed + 1) / 2
    }
    return curved(Double(min(max(value / upper, 0), 1)))
  }

  /// The colour of `value`; none for NaN.
  public func color(of value: Float) -> Color? {
    if value.isNaN { return nil }
    let position = position(of: value)
    switch colors {
    case .map(let map): return map.color(at: position)
    case .inks:
      let distance = abs(2 * position - 1)
      guard distance > 0 else { return Color(0, 0, 0) }
      // The faintest ink is for anything but zero.
      return Color(0, 0, 0).mixed(
        with: position < 0.5 ? Theme.negativeInk : Theme.positiveInk, 0.15 + 0.85 * distance)
    }
  }

  private func curved(_ position: Double) -> Double {
    switch curve {
    case .linear: position
    case .squareRoot: position < 0 ? -(-position).squareRoot() : position.squareRoot()
    }
  }
}
