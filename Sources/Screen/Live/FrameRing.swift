import Streams

/// The last frames of a stream, as many as a bounded memory holds, and which of them is looked at.
struct FrameRing {
  /// The most frames that are kept.
  static let most = 600
  private let byteLimit: Int
  private var frames: [RawFrame] = []
  private var byteCount = 0
  /// How many frames before the newest the one lies that is looked at.
  private(set) var age = 0

  /// Keeps frames of up to `byteLimit` bytes together, and at least one.
  init(byteLimit: Int) {
    self.byteLimit = byteLimit
  }

  /// How many frames are kept.
  var count: Int { frames.count }

  /// The frame that is looked at; nil before the first.
  var current: RawFrame? { frames.isEmpty ? nil : frames[frames.count - 1 - age] }

  /// Keeps `frame` and looks at it; answers a frame that had to make room, for its memory.
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

  /// Looks at the frame before, or after; false where there is none.
  mutating func step(back isBack: Bool) -> Bool {
    let next = age + (isBack ? 1 : -1)
    guard frames.indices.contains(frames.count - 1 - next) else { return false }
    age = next
    return true
  }
}
