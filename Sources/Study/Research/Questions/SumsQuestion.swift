import MobileNet
import Tensors

/// The sums of a layer of a run before its activation function.
public struct SumsQuestion: Question {
  /// The sums, in the shape of the layer's output, with their statistics.
  public struct Answer: Sendable {
    /// The sums, before the activation function.
    public let sums: Numbered<Tensor>
    /// The statistics of the sums.
    public let statistics: ChannelStatistics

    /// Creates the answer for `sums`.
    public init(_ sums: Numbered<Tensor>) {
      self.sums = sums
      statistics = ChannelStatistics(sums.value)
    }
  }

  /// The work is a run or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The position of the layer, from 0.
  public let layer: Int

  /// Asks for the sums of the layer at position `layer` of `run`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int) {
    self.model = model
    self.run = run
    self.layer = layer
  }

  /// Computes the layer again, without its activation function.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let network = try researcher.network(for: model)
    return Answer(researcher.number(network.preactivation(at: layer, of: run.trace)))
  }
}
