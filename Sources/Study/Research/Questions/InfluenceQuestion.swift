import MobileNet

/// The influence of each channel of a layer on a class's logit, measured by switching each channel
/// off alone: ablation scores.
///
/// The answer grows channel by channel.
public struct InfluenceQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The number of channels measured at a time; cancelled work stops after them.
  public static let batch = 16
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The position of the layer, from 0.
  public let layer: Int
  /// The class.
  public let classIndex: Int

  /// Asks about class `classIndex` and the channels of the layer at position `layer` of `run`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int, classIndex: Int) {
    self.model = model
    self.run = run
    self.layer = layer
    self.classIndex = classIndex
  }

  /// Replaces the question about the same layer and class of the previous photo.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && layer == older.layer && classIndex == older.classIndex
  }

  /// The number of channels to measure.
  public var channels: Int { model.layers[layer].output.channels }

  /// Switches off one channel after another and runs the later layers; throws an `Unanswerable` if
  /// no class depends on the layer.
  public func answer(_ researcher: Researcher, report: ([Float]) throws -> Void) throws -> [Float] {
    let network = try researcher.network(for: model)
    var values: [Float] = []
    while values.count < channels {
      let next = values.count..<min(values.count + Self.batch, channels)
      guard
        let found = network.influence(
          ofChannels: next, at: layer, onClass: classIndex, of: run.trace)
      else { throw Unanswerable("\(model.layers[layer].name): has no influence on a class") }
      values += found
      try report(values)
    }
    return values
  }
}
