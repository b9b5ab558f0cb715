/// An error from fetching a published file.
public enum DownloadError: Error, Equatable, CustomStringConvertible {
  /// The catalogue's file is not usable.
  case catalogue(path: String, problem: String)
  /// The catalogue has no entry of this name.
  case unknownName(String)
  /// curl is not installed.
  case noCurl(url: String)
  /// The server can't be reached, or refuses the file.
  case refused(url: String, reason: String)
  /// No bytes came for some time.
  case stalled(url: String, received: Int, seconds: Int)
  /// The connection broke before the end, repeatedly.
  case cutOff(url: String, received: Int, expected: Int?)
  /// The file has another size than the catalogue states.
  case length(url: String, received: Int, expected: Int)
  /// The file's checksum is not the catalogue's.
  case checksum(url: String, received: String, expected: String)
  /// The file's checksum is not that of the first download, which the file at `receipt` holds.
  case changed(url: String, received: String, expected: String, receipt: String)
  /// The file is no checkpoint of a MobileNet v1.
  case unusable(url: String, problem: String)
  /// The catalogue has no checksum, and the person does not trust the file.
  case notTrusted(url: String)
  /// The cache is not writable.
  case cannotWrite(path: String, reason: String)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .catalogue(let path, let problem): "\(path): \(problem)"
    case .unknownName(let name): "\(name): not in the catalogue of published checkpoints"
    case .noCurl(let url):
      "downloading needs curl, which is not installed; "
        + "\(url) can be fetched in any other way and opened as a file"
    case .refused(let url, let reason): "\(url): \(reason)"
    case .stalled(let url, let received, let seconds):
      "\(url): nothing came for \(seconds) s after \(received) bytes; "
        + "the same command goes on from there"
    case .cutOff(let url, let received, let expected):
      "\(url): cut off after \(received)\(expected.map { " of \($0)" } ?? "") bytes; "
        + "the same command goes on from there"
    case .length(let url, let received, let expected):
      "\(url): \(received) bytes came, expected \(expected); nothing was kept"
    case .checksum(let url, let received, let expected):
      "\(url): its SHA-256 is \(received), expected \(expected); nothing was kept"
    case .changed(let url, let received, let expected, let receipt):
      "\(url): its SHA-256 is \(received), the first time it was \(expected); nothing was kept "
        + "(\(receipt) remembers the first time)"
    case .unusable(let url, let problem): "\(url): \(problem); nothing was kept"
    case .notTrusted(let url):
      "\(url): nobody wrote down its checksum, and it was not trusted; nothing was kept"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
