/// A YUV4MPEG2 stream, which `ffmpeg -f yuv4mpegpipe` and the mjpegtools write (yuv4mpeg(5)).
///
/// A line of text states the format of all frames; each frame is a line that begins with FRAME, and
/// the bytes of its planes. A later header, as in concatenated files, holds from there on. Samples
/// have eight bits; interlaced frames are read as they are.
final class Y4MStream: FrameStream {
  let name: String
  let rate: Double?
  var isLive: Bool { !reader.isFile }
  var waited: Double { reader.waited }
  private let reader: StreamReader
  private let matrix: YUVColors.Matrix?
  private var format: FrameFormat
  private var number = 0

  /// The longest line that is read, in bytes.
  private static let longestLine = 1024

  /// Reads the header of the stream.
  init(_ reader: StreamReader, matrix: YUVColors.Matrix?) throws(StreamError) {
    self.reader = reader
    self.matrix = matrix
    name = reader.name
    guard let line = try Self.line(from: reader, frame: 0) else {
      throw .empty(source: reader.name)
    }
    let header = try Self.header(line, reader, frame: 0, matrix)
    format = header.format
    rate = header.rate
  }

  func next(into frame: inout RawFrame?) throws(StreamError) -> Bool {
    guard var line = try Self.line(from: reader, frame: number) else {
      if number == 0 { throw .noFrame(source: name) }
      return false
    }
    if line.hasPrefix("YUV4MPEG2") {
      format = try Self.header(line, reader, frame: number, matrix).format
      guard let next = try Self.line(from: reader, frame: number) else { return false }
      line = next
    }
    guard line == "FRAME" || line.hasPrefix("FRAME ") else {
      throw .badHeader(
        source: name, frame: number, reason: "“\(line.prefix(20))”, expected FRAME")
    }
    var bytes = frame?.bytes ?? []
    frame = nil
    let expected = format.byteCount
    let got = try reader.fill(&bytes, count: expected)
    guard got == expected else {
      throw .halfFrame(source: name, frame: number, bytes: got, expected: expected)
    }
    frame = RawFrame(number: number, format: format, bytes: bytes)
    number += 1
    return true
  }

  /// Reads the text up to the end of the line; returns nil where the stream ends.
  private static func line(from reader: StreamReader, frame: Int) throws(StreamError) -> String? {
    var line: [UInt8] = []
    while let byte = try reader.next() {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
      if line.count > longestLine {
        throw .badHeader(
          source: reader.name, frame: frame,
          reason: "a line of more than \(longestLine) bytes, expected a short one of text")
      }
    }
    guard line.isEmpty else {
      throw .badHeader(source: reader.name, frame: frame, reason: "ends in the middle of a line")
    }
    return nil
  }

  private static func header(
    _ line: String, _ reader: StreamReader, frame: Int, _ matrix: YUVColors.Matrix?
  ) throws(StreamError) -> (format: FrameFormat, rate: Double?) {
    func wrong(_ reason: String) -> StreamError {
      .badHeader(source: reader.name, frame: frame, reason: reason)
    }
    let words = line.split(separator: " ")
    guard words.first == "YUV4MPEG2" else {
      throw wrong("“\(line.prefix(20))”, expected YUV4MPEG2")
    }
    var (width, height): (Int?, Int?)
    var rate: Double?
    var chroma: String?
    var chromaOfExtension: String?
    var isFullRange = false
    for word in words.dropFirst() {
      let value = word.dropFirst()
      switch word.first {
      case "W": width = Int(value)
      case "H": height = Int(value)
      case "F":
        let parts = value.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { continue }
        let stated = Double(parts[0]) / Double(parts[1])
        // Lower rates are mistakes: no stream shows a frame for minutes.
        rate = FrameFormat.rates ~= stated ? stated : nil
      case "C": chroma = String(value)
      case "X":
        let parts = value.uppercased().split(separator: "=")
        if parts == ["COLORRANGE", "FULL"] { isFullRange = true }
        if parts.count == 2, parts[0] == "YSCSS" { chromaOfExtension = parts[1].lowercased() }
      default: break
      }
    }
    guard let width, let height else { throw wrong("without a width W and a height H") }
    if let problem = FrameFormat.problem(width: width, height: height) { throw wrong(problem) }
    let colors = YUVColors(
      matrix: matrix ?? .usual(width: width, height: height), isFullRange: isFullRange)
    // C counts before the older extension; without both the samples are 4:2:0.
    let samples = chroma ?? chromaOfExtension ?? "420jpeg"
    guard let layout = layout(samples, colors) else {
      throw wrong(
        "samples C\(samples), expected C420, C420jpeg, C420mpeg2, C420paldv, C411, C422, C444 or "
          + "Cmono")
    }
    return (FrameFormat(width: width, height: height, layout: layout), rate)
  }

  private static func layout(_ chroma: String, _ colors: YUVColors) -> FrameFormat.Layout? {
    switch chroma {
    // C420paldv has the two kinds of differences on alternating rows; a position between the rows
    // is half a pixel off for each kind, but right for both together.
    case "420", "420jpeg": .yuv(.init(columns: 2, rows: 2, liesLeft: false), colors)
    case "420mpeg2", "420paldv": .yuv(.init(columns: 2, rows: 2, liesLeft: true), colors)
    case "411": .yuv(.init(columns: 4, rows: 1, liesLeft: true), colors)
    case "422": .yuv(.init(columns: 2, rows: 1, liesLeft: true), colors)
    case "444": .yuv(.init(columns: 1, rows: 1, liesLeft: false), colors)
    case "mono": .mono(colors)
    default: nil
    }
  }
}
