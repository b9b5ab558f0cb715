/// Text that is being pasted, between the terminal's marks for beginning and end.
struct PastedText {
  /// The text so far.
  private(set) var text = ""
  private var count = 0
  private var last = ContinuousClock.now

  /// The largest number of characters: more than any path or search text; the rest is dropped.
  private static let limit = 8192
  /// The time after which the end mark counts as lost, and characters are keys again.
  private static let patience = Duration.seconds(1)

  /// Whether the end mark counts as lost.
  var isLate: Bool { ContinuousClock.now - last > Self.patience }

  /// Appends the Unicode scalar with this number, if it is one.
  mutating func append(_ value: Int32) {
    last = .now
    guard count < Self.limit, let scalar = Unicode.Scalar(UInt32(bitPattern: value)) else { return }
    text.unicodeScalars.append(scalar)
    count += 1
  }
}
