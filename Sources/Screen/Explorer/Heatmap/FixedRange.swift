import MobileNet
import Tensors

/// The end of a colour scale that is the same for all layers and photos, with its origin.
public enum FixedRange: Equatable, Sendable {
  /// The largest value on the first photo behind any activation function, where the top hundredth
  /// of each layer's values is left out.
  case largest(Float)
  /// 1, the largest probability.
  case probability

  /// Makes the range for the network that made `trace`.
  public init(_ trace: Trace) {
    let largest =
      trace.layers.indices.filter { trace.layers[$0].isActivated }
      .map { trace.output(at: $0).spread.upperBound }.max() ?? 0
    self = .largest(largest > 0 ? largest : 1)
  }

  /// The end of the scale; signed values reach as far below zero.
  var reach: Float {
    switch self {
    case .largest(let value): value
    case .probability: 1
    }
  }

  /// The name of the range on a colour bar.
  var name: String {
    switch self {
    case .largest: "fixed, 1–99%"
    case .probability: "fixed, 0 to 1"
    }
  }
}

extension ViewSettings {
  /// Returns the settings for `layer`: probabilities have a fixed range of their own.
  func adapted(to layer: Layer) -> ViewSettings {
    var view = self
    if layer.givesProbabilities { view.fixed = .probability }
    return view
  }

  /// Returns the name of the range on a colour bar; of a channel it spans the means of `block`, where a
  /// pixel shows such a mean, and has the number `channel`, where each has a bar of its own.
  func rangeName(_ block: String?, channel: Int? = nil) -> String {
    if range == .fixed, let fixed { return fixed.name }
    guard range == .channel else { return "\(range.rawValue), 1–99%" }
    let number = channel.map { " \($0)" } ?? ""
    return range.rawValue + number + ", " + Self.spanName(block)
  }

  /// Returns the part of what is displayed that a scale spans: the values, or the means of `block`.
  static func spanName(_ block: String?) -> String {
    "1–99%" + (block.map { " of \($0) means" } ?? "")
  }
}

extension Core {
  /// The settings for heatmaps of the selected layer.
  var heatView: ViewSettings { view.adapted(to: layer) }

  /// Sets the end of the fixed range, if that is chosen and the network has run.
  mutating func fixRange() {
    guard view.range == .fixed, view.fixed == nil, let original else {
      return
    }
    view.fixed = FixedRange(original.trace)
  }
}
