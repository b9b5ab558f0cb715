import Synchronization

/// Work that threads divide among themselves while they do it.
///
/// Each thread has a share of neighbouring pieces, and takes them one by one. Whoever is done with
/// his share takes what is left of the others': a thread that the system holds up does not hold up
/// the others for more than a piece.
final class Shares: @unchecked Sendable {
  /// The shares, one for each thread.
  let count: Int

  /// The next piece in the lower half, the end of the share in the upper one: whoever takes a piece
  /// sees both as they belong together.
  private struct Share: ~Copyable {
    let state = Atomic<UInt64>(0)
  }

  private let shares: UnsafeMutablePointer<Share>
  /// The shares lie this far apart, so that no two share a cache line.
  private static let step = 128 / MemoryLayout<Share>.stride

  /// `count` shares without any pieces.
  init(count: Int) {
    self.count = count
    shares = .allocate(capacity: count * Self.step)
    for index in 0..<count * Self.step { (shares + index).initialize(to: Share()) }
  }

  deinit {
    shares.deinitialize(count: count * Self.step)
    shares.deallocate()
  }

  /// Makes `pieces` the pieces of one share.
  ///
  /// What was written before is seen by whoever takes one of them.
  func set(_ share: Int, _ pieces: Range<Int>) {
    let state = UInt64(pieces.upperBound) << 32 | UInt64(pieces.lowerBound)
    shares[share * Self.step].state.store(state, ordering: .releasing)
  }

  /// Takes the first piece that is left of one share; nil when none is.
  func take(from share: Int) -> Int? {
    let place = shares + share * Self.step
    // To look is cheaper than to write where nothing is left: all threads do it at the same time.
    guard Self.next(place.pointee.state.load(ordering: .relaxed)) != nil else { return nil }
    return Self.next(place.pointee.state.add(1, ordering: .acquiringAndReleasing).oldValue)
  }

  private static func next(_ state: UInt64) -> Int? {
    let (piece, end) = (Int(state & 0xFFFF_FFFF), Int(state >> 32))
    return piece < end ? piece : nil
  }

  /// Calls `body` with what `taker` takes and the share that it is of: its own share first.
  func takeAll(by taker: Int, _ body: (_ piece: Int, _ share: Int) -> Void) {
    for other in 0..<count {
      let share = (taker + other) % count
      while let piece = take(from: share) { body(piece, share) }
    }
  }
}
