import Tensors

/// The 3×3 kernels and biases of a depthwise layer, in the order in which the kernels read them.
///
/// Channels are divided into groups of as many as a register has lanes. A group holds one bias per
/// channel, then for each of the nine places of the window one weight per channel; missing channels
/// of the last group are zero.
struct DepthwiseWeights: Sendable {
  /// The number of channels.
  let channels: Int
  /// The number of channels of a group.
  let lanes: Int

  private let storage: Storage

  /// Packs nine weights and a bias per channel.
  init(weights: [Float], biases: [Float], lanes: Int) {
    channels = biases.count
    self.lanes = lanes
    let groups = (channels + lanes - 1) / lanes
    storage = Storage(uninitialized: groups * 10 * lanes)
    storage.base.update(repeating: 0, count: storage.count)
    for channel in 0..<channels {
      let first = storage.base + channel / lanes * 10 * lanes + channel % lanes
      first[0] = biases[channel]
      for tap in 0..<9 { first[(1 + tap) * lanes] = weights[channel * 9 + tap] }
    }
  }

  /// The number of groups.
  var groups: Int { (channels + lanes - 1) / lanes }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int { storage.count * MemoryLayout<Float>.stride }

  /// Returns the first float of a group; valid as long as the weights are.
  func group(_ index: Int) -> UnsafePointer<Float> {
    UnsafePointer(storage.base + index * 10 * lanes)
  }
}
