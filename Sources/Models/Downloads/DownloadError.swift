/// Why a published file could not be fetched.
public enum DownloadError: Error, Equatable, CustomStringConvertible {
  /// The catalogue's file is not usable.
  case catalogue(path: String, problem: String)
  /// Nothing in the catalogue is called that.
  case unknownName(String)
  /// The program that downloads is not installed.
  case noCurl(url: String)
  /// The server can't be reached, or does not give the file away.
  case refused(url: String, reason: String)
  /// Nothing came for some time.
  case stalled(url: String, received: Int, seconds: Int)
  /// The connection broke before the end, again and again.
  case cutOff(url: String, received: Int, expected: Int?)
  /// What came has another length than it should.
  case length(url: String, received: Int, expected: Int)
  /// What came is not what was published.
  case checksum(url: String, received: String, expected: String)
  /// What came is not what came the first time, which the file at `receipt` remembers.
  case changed(url: String, received: String, expected: String, receipt: String)
  /// What came is no checkpoint of a MobileNet v1.
  case unusable(url: String, problem: String)
  /// Nobody knows the file's checksum, and the person doesn't trust what came.
  case notTrusted(url: String)
  /// The cache can't be written.
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
