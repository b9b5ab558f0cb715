/// A source of frames, one after another.
public protocol FrameStream: AnyObject {
  /// The name of the source for errors and screens.
  var name: String { get }
  /// The frames per second for playing; nil where the stream states none.
  var rate: Double? { get }
  /// Whether frames arrive in real time, as those of a camera do, and not as fast as they are read.
  var isLive: Bool { get }
  /// The total time that `next` has waited for the source, in milliseconds.
  var waited: Double { get }
  /// Waits for the next frame and stores it in `frame`, in the same memory where it fits; returns
  /// whether there was one.
  func next(into frame: inout RawFrame?) throws(StreamError) -> Bool
}

/// Opens streams of all supported kinds.
public enum FrameStreams {
  /// Opens `path`: a folder of numbered pictures, or a file, FIFO or pipe (`-`) with YUV4MPEG2 or
  /// concatenated PPM.
  ///
  /// Waits for the first byte of a pipe. `matrix` is the colour matrix of a YUV4MPEG2 stream, which
  /// its header cannot state; nil chooses it by the size of the frames.
  public static func open(
    _ path: String, matrix: YUVColors.Matrix? = nil
  ) throws(StreamError) -> any FrameStream {
    if path != "-", let pictures = try PictureFolder(path: path) { return pictures }
    return try stream(of: try StreamReader(path: path), matrix: matrix)
  }

  static func stream(
    of reader: StreamReader, matrix: YUVColors.Matrix? = nil
  ) throws(StreamError) -> any FrameStream {
    switch try reader.peek() {
    case UInt8(ascii: "Y"): return try Y4MStream(reader, matrix: matrix)
    case UInt8(ascii: "P"): return PPMStream(reader)
    case nil: throw .empty(source: reader.name)
    case let first?:
      var start = [UInt8]()
      while start.count < 16, let byte = try reader.next() { start.append(byte) }
      if let film = Film.kind(start) { throw .film(source: reader.name, kind: film) }
      let line = start.prefix(8).prefix { $0 != UInt8(ascii: "\n") }
      let text = line.allSatisfy { 0x20..<0x7F ~= $0 }
      let found =
        text && !line.isEmpty
        ? "“\(String(decoding: line, as: UTF8.self))”" : "the byte 0x" + String(first, radix: 16)
      throw .unknownFormat(source: reader.name, looksLike: found)
    }
  }
}
