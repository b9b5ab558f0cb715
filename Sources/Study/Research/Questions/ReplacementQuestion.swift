import MobileNet

/// The times of a depthwise separable pair of layers and of the standard convolution that it
/// replaces.
public struct ReplacementQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network.
  public let model: Numbered<Model>
  /// A run of the network, which provides an input; nil once it is answered.
  private var run: Numbered<Run>?
  /// The position of the depthwise layer, from 0.
  public let layer: Int

  /// Asks about the pair that begins at position `layer`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int) {
    self.model = model
    self.run = run
    self.layer = layer
  }

  /// The question without its run.
  public var answered: Self {
    var question = self
    question.run = nil
    return question
  }

  /// Whether network and layer are equal: the times do not depend on the photo.
  public static func == (first: Self, second: Self) -> Bool {
    first.model == second.model && first.layer == second.layer
  }

  /// Hashes what the times depend on.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(model)
    hasher.combine(layer)
  }

  /// The number of the network.
  public var modelNumber: Int? { model.number }

  /// Runs both in turns; throws an `Unanswerable` for a layer that belongs to no pair.
  public func answer(
    _ researcher: Researcher, report: (ReplacementTimes) throws -> Void
  ) throws -> ReplacementTimes {
    let times = try run.flatMap {
      try researcher.ownNetwork(for: model).measureReplacement(at: layer, of: $0.trace)
    }
    guard let times else {
      throw Unanswerable("\(model.layers[layer].name): belongs to no pair of layers")
    }
    return times
  }
}
