/// Text on its way from a terminal that says where what is pasted begins and ends.
struct PastedText {
  /// What came until now.
  private(set) var text = ""
  private var count = 0
  private var last = ContinuousClock.now

  /// More than any path or word to look for; what comes behind it is dropped.
  private static let limit = 8192
  /// An end that takes longer was lost on the way, and what follows are keys again.
  private static let patience = Duration.seconds(1)

  /// Whether its end should have come long ago.
  var isLate: Bool { ContinuousClock.now - last > Self.patience }

  /// Takes in a Unicode scalar, unless there is none of that number.
  mutating func append(_ value: Int32) {
    last = .now
    guard count < Self.limit, let scalar = Unicode.Scalar(UInt32(bitPattern: value)) else { return }
    text.unicodeScalars.append(scalar)
    count += 1
  }
}
