import MobileNet
import Research

/// The contribution of each input channel to one channel of a pointwise or fully connected layer.
///
/// Such a layer sums over its input channels at every place. The mean of its sums over all places
/// is therefore exactly the bias plus the sum of weight × mean input.
struct InputContributions {
  /// An input channel with its contribution.
  struct Entry: Equatable {
    /// The channel of the layer before.
    let channel: Int
    /// The weight of the input channel.
    let weight: Float
    /// The input channel's mean over all places.
    let mean: Double
    /// The contribution to the mean of the sums.
    var contribution: Double { Double(weight) * mean }
  }

  /// The input channels, in the chosen order.
  let entries: [Entry]
  /// The layer's bias for the channel.
  let bias: Float

  /// The mean of the sums before the activation function.
  var sum: Double { entries.reduce(Double(bias)) { $0 + $1.contribution } }

  /// Splits `channel` of the layer at `position` of `run`, sorted by `order`.
  ///
  /// Nil for a layer that does not mix its input channels.
  init?(
    _ run: Run, checkpoint: Checkpoint, position: Int, channel: Int,
    order: KernelsScreen.Order
  ) {
    let layer = run.layers[position]
    guard position > 0, layer.kind == .pointwise || layer.kind == .fullyConnected,
      let weights = checkpoint.weights(of: layer)
    else { return nil }
    let means = run.statistics(at: position - 1).channels.map(\.mean)
    let all = zip(weights.weights(of: channel), means).enumerated().map { input, pair in
      Entry(channel: input, weight: pair.0, mean: pair.1)
    }
    let sizes =
      switch order {
      case .contribution: all.map(\.contribution.magnitude)
      case .weight: all.map { Double($0.weight.magnitude) }
      }
    entries = descending(sizes).map { all[$0] }
    bias = weights.biases[channel]
  }
}
