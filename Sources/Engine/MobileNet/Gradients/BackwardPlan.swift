import Synchronization

/// The backward passes of a network's stages, packed at the first request for a gradient.
///
/// Most uses of a network need no gradient, and the transposed weights take as much memory as the
/// others.
final class BackwardPlan: Sendable {
  private let packed = Mutex<[BackwardStage]?>(nil)

  /// Returns the stages; calls `pack` the first time.
  func stages(_ pack: () -> [BackwardStage]) -> [BackwardStage] {
    packed.withLock { packed in
      let stages = packed ?? pack()
      packed = stages
      return stages
    }
  }
}
