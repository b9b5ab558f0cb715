/// Pictures in binary PPM (P6, 8 bits), one after another, as `ffmpeg -f image2pipe -c:v ppm`
/// writes them (ppm(5)).
final class PPMStream: FrameStream {
  let name: String
  let rate: Double?
  var isLive: Bool { !reader.isFile }
  var waited: Double { reader.waited }
  private let reader: StreamReader
  private var number = 0

  /// The frames per second of a file, which states none: those of television.
  static let usualRate = 25.0

  /// Reads from `reader`.
  init(_ reader: StreamReader) {
    self.reader = reader
    name = reader.name
    rate = reader.isFile ? Self.usualRate : nil
  }

  func next(into frame: inout RawFrame?) throws(StreamError) -> Bool {
    guard let first = try reader.next() else { return false }
    guard first == UInt8(ascii: "P"), try reader.next() == UInt8(ascii: "6") else {
      throw wrong("expected P6")
    }
    let (width, height, largest) = (try value("width"), try value("height"), try value("maximum"))
    if let problem = FrameFormat.problem(width: width, height: height) { throw wrong(problem) }
    guard largest == 255 else { throw wrong("a maximum of \(largest), expected 255") }
    let format = FrameFormat(width: width, height: height, layout: .rgb)
    var bytes = frame?.bytes ?? []
    frame = nil
    let got = try reader.fill(&bytes, count: format.byteCount)
    guard got == format.byteCount else {
      throw .halfFrame(source: name, frame: number, bytes: got, expected: format.byteCount)
    }
    frame = RawFrame(number: number, format: format, bytes: bytes)
    number += 1
    return true
  }

  /// Skips spaces and comments, and reads a number with the one space behind it.
  private func value(_ what: String) throws(StreamError) -> Int {
    var value: Int?
    var isComment = false
    // Comments may be long, but a header must end.
    for _ in 0..<4096 {
      guard let byte = try reader.next() else { throw wrong("ends before the \(what)") }
      switch byte {
      case UInt8(ascii: "\n") where isComment: isComment = false
      case _ where isComment: break
      case UInt8(ascii: "#") where value == nil: isComment = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = min((value ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000)
      case 0x09...0x0D, 0x20: if let value { return value }
      default: throw wrong("the byte 0x\(String(byte, radix: 16)) in the \(what)")
      }
    }
    throw wrong("no \(what) within 4096 bytes")
  }

  private func wrong(_ reason: String) -> StreamError {
    .badHeader(source: name, frame: number, reason: reason)
  }
}
