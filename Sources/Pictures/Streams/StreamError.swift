/// An error from a stream of frames: the source, the fault, its place, and what was expected.
public enum StreamError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The source cannot be read; `reason` is the system's, or states that the source is a terminal.
  case unreadable(source: String, reason: String)
  /// The source ended without a byte.
  case empty(source: String)
  /// The source ended behind its header, without a frame.
  case noFrame(source: String)
  /// The first bytes are those of no supported kind of stream.
  case unknownFormat(source: String, looksLike: String)
  /// The source is a compressed film, which another program has to decode.
  case film(source: String, kind: String)
  /// A header breaks its format's rules; `frame` counts from 0.
  case badHeader(source: String, frame: Int, reason: String)
  /// The source ended in the middle of a frame; `frame` counts from 0.
  case halfFrame(source: String, frame: Int, bytes: Int, expected: Int)
  /// A file of a folder is no picture; `reason` states which file and why.
  case badPicture(reason: String)

  /// One line for a person to read.
  public var description: String {
    switch self {
    case .unreadable(let source, let reason): "\(source): \(reason)"
    case .empty(let source):
      "\(source): ended without a frame, expected YUV4MPEG2 or PPM (P6)"
    case .noFrame(let source): "\(source): ended behind its header, before the first frame"
    case .unknownFormat(let source, let looksLike):
      "\(source): neither YUV4MPEG2 nor PPM (P6): it begins with \(looksLike)"
    case .film(let source, let kind):
      "\(source): \(kind); ffmpeg makes frames of it: ffmpeg -nostdin -v error -i "
        + "\(source == "standard input" ? "FILE" : Self.quoted(source)) -f yuv4mpegpipe - | "
        + "mobilenet-explorer live -"
    case .badHeader(let source, let frame, let reason):
      "\(source): the header of frame \(frame): \(reason)"
    case .halfFrame(let source, let frame, let bytes, let expected):
      "\(source): ended in the middle of frame \(frame), after \(bytes) of \(expected) bytes"
    case .badPicture(let reason): reason
    }
  }

  /// Returns a name, quoted for a shell if necessary.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
    return isPlain ? name : "'" + name.replacing("'", with: "'\\''") + "'"
  }
}
