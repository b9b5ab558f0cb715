import Streams

/// The latest frames of a stream within a memory limit, and which of them is current.
struct FrameRing {
  /// The largest number of frames kept.
  static let most = 600
  private let byteLimit: Int
  private var frames: [RawFrame] = []
  private var byteCount = 0
  /// The number of frames by which the current one is older than the newest.
  private(set) var age = 0

  /// Keeps frames of up to `byteLimit` bytes in all, and at least one frame.
  init(byteLimit: Int) {
    self.byteLimit = byteLimit
  }

  /// The number of frames kept.
  var count: Int { frames.count }

  /// The current frame; nil before the first.
  var current: RawFrame? { frames.isEmpty ? nil : frames[frames.count - 1 - age] }

  /// Adds `frame` and makes it current; returns a frame that was dropped, for reuse of its memory.
  mutating func append(_ frame: RawFrame) -> RawFrame? {
    frames.append(frame)
    byteCount += frame.bytes.count
    age = 0
    var last: RawFrame?
    while frames.count > Self.most || (byteCount > byteLimit && frames.count > 1) {
      let oldest = frames.removeFirst()
      byteCount -= oldest.bytes.count
      last = oldest
    }
    return last
  }

  /// Makes the frame before or after current; returns false if there is none.
  mutating func step(back isBack: Bool) -> Bool {
    let next = age + (isBack ? 1 : -1)
    guard frames.indices.contains(frames.count - 1 - next) else { return false }
    age = next
    return true
  }
}
