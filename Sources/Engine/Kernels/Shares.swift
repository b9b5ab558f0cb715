import Synchronization

/// Pieces of work that threads divide among themselves as they go: work stealing.
///
/// Each thread has a share of neighbouring pieces and takes them one by one. A thread that has
/// finished its share takes pieces of the other shares, so a thread that the system suspends delays
/// the others by one piece at most.
final class Shares: @unchecked Sendable {
  /// The number of shares, one for each thread.
  let count: Int

  /// The next piece in the lower half, the end of the share in the upper half: one atomic operation
  /// reads both.
  private struct Share: ~Copyable {
    let state = Atomic<UInt64>(0)
  }

  private let shares: UnsafeMutablePointer<Share>
  /// The distance between shares, so large that no two share a cache line.
  private static let step = 128 / MemoryLayout<Share>.stride

  /// Creates `count` shares without any pieces.
  init(count: Int) {
    self.count = count
    shares = .allocate(capacity: count * Self.step)
    for index in 0..<count * Self.step { (shares + index).initialize(to: Share()) }
  }

  deinit {
    shares.deinitialize(count: count * Self.step)
    shares.deallocate()
  }

  /// Sets the pieces of one share.
  ///
  /// A thread that takes one of the pieces sees all earlier writes.
  func set(_ share: Int, _ pieces: Range<Int>) {
    let state = UInt64(pieces.upperBound) << 32 | UInt64(pieces.lowerBound)
    shares[share * Self.step].state.store(state, ordering: .releasing)
  }

  /// Takes the next piece of one share; nil when none is left.
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

  /// Calls `body` with each piece that `taker` takes and the piece's share, beginning with the
  /// taker's own.
  func takeAll(by taker: Int, _ body: (_ piece: Int, _ share: Int) -> Void) {
    for other in 0..<count {
      let share = (taker + other) % count
      while let piece = take(from: share) { body(piece, share) }
    }
  }
}
