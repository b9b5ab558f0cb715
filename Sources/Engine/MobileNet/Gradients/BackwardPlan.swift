import Synchronization

/// The backward passes of a network's stages, packed when a gradient through them is asked for the
/// first time.
///
/// Most uses of a network never ask, and the transposed weights take as much memory as the others.
final class BackwardPlan: Sendable {
  private let packed = Mutex<[BackwardStage]>([])

  /// The first `count` stages; `pack` makes those that are missing.
  func stages(_ count: Int, pack: (Int) -> BackwardStage) -> ArraySlice<BackwardStage> {
    packed.withLock { packed in
      while packed.count < count { packed.append(pack(packed.count)) }
      return packed[..<count]
    }
  }
}
