import MobileNet

/// How much each channel of a layer adds to the sum of a class before softmax, measured by switching
/// each off alone: ablation scores.
///
/// The answer grows channel by channel.
public struct InfluenceQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The channels that are measured at a time; who goes elsewhere waits for no more.
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

  /// The same layer and class of the photo before.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && layer == older.layer && classIndex == older.classIndex
  }

  /// How many channels are to be measured.
  public var channels: Int { model.layers[layer].output.channels }

  /// Switches off channel after channel, and runs the layers behind; throws where no class follows.
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
