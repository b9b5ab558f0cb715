import MobileNet
import Tensors

/// Where the colours end that stay the same for all layers and photos, and why there.
public enum FixedRange: Equatable, Sendable {
  /// The largest value of any layer on the photo that was shown first, leaving out the hundredth part
  /// of each layer's values that is larger.
  case largest(Float)
  /// Probabilities have an end of their own, 1.
  case probability

  /// The range for the network that made `trace`.
  public init(_ trace: Trace) {
    let largest =
      trace.layers.indices.filter { trace.layers[$0].isActivated }
      .map { trace.output(at: $0).spread.upperBound }.max() ?? 0
    self = .largest(largest > 0 ? largest : 1)
  }

  /// The largest value; signed values reach as far below zero.
  var reach: Float {
    switch self {
    case .largest(let value): value
    case .probability: 1
    }
  }

  /// What a colour bar says.
  var name: String {
    switch self {
    case .largest: "fixed, 1–99%"
    case .probability: "fixed, 0 to 1"
    }
  }
}

extension ViewSettings {
  /// The same settings for `layer`.
  func adapted(to layer: Layer) -> ViewSettings {
    var view = self
    if layer.givesProbabilities { view.fixed = .probability }
    return view
  }

  /// What a colour bar says of the range.
  var rangeName: String {
    (range == .fixed ? fixed?.name : nil) ?? "\(range.rawValue), 1–99%"
  }
}

extension Core {
  /// How heatmaps of the selected layer look.
  var heatView: ViewSettings { view.adapted(to: layer) }

  /// Finds out where the range ends that stays the same, when somebody wants it.
  mutating func fixRange() {
    guard view.range == .fixed, view.fixed == nil, let original else {
      return
    }
    view.fixed = FixedRange(original.trace)
  }
}
