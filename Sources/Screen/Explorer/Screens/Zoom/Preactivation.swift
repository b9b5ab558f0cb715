import MobileNet
import Tensors

/// The sums of a layer before its activation function, computed when a person asks for them.
public struct Preactivation: Equatable, Sendable {
  /// The number of the run that they belong to.
  let run: Int
  /// The layer, counted from 0.
  let layer: Int
  /// The sums, in the shape of the layer's output.
  let sums: Numbered<Tensor>
  /// What they say about themselves in numbers.
  let statistics: ChannelStatistics

  /// Keeps what was computed for a layer of the run called `run`.
  init(run: Int, layer: Int, sums: Numbered<Tensor>) {
    self.run = run
    self.layer = layer
    self.sums = sums
    statistics = ChannelStatistics(sums.value)
  }
}

extension ExplorerState {
  /// The selected layer's sums, if they are there.
  var sums: Preactivation? {
    guard let found = zoom.preactivation, found.run == run?.number, found.layer == place.layer
    else { return nil }
    return found
  }

  /// The selected layer's sums, if the person wants to see them instead of the output.
  var preactivation: Preactivation? { zoom.wantsPreactivation ? sums : nil }

  /// The effect that computes the selected layer's sums, if they are wanted and not there.
  var missingPreactivation: [Effect] {
    let areWanted = zoom.wantsPreactivation || (screen == .lesson && lesson.topic.needsSums)
    guard areWanted, layer.isActivated, sums == nil, let run else { return [] }
    return [.preactivate(model, run, layer: place.layer)]
  }
}
