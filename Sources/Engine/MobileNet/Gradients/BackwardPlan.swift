import Synchronization

/// The backward passes of a network's stages, packed when a gradient is asked for the first time.
///
/// Most uses of a network never ask, and the transposed weights take as much memory as the others.
final class BackwardPlan: Sendable {
  private let packed = Mutex<[BackwardStage]?>(nil)

  /// The stages; `pack` makes them the first time.
  func stages(_ pack: () -> [BackwardStage]) -> [BackwardStage] {
    packed.withLock { packed in
      let stages = packed ?? pack()
      packed = stages
      return stages
    }
  }
}
