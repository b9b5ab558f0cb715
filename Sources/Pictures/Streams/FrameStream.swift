/// A source of frames, one after another.
public protocol FrameStream: AnyObject {
  /// What errors and screens call it.
  var name: String { get }
  /// Frames a second at which it is meant to be seen; nil where it doesn't say.
  var rate: Double? { get }
  /// Whether frames come when they come, as those of a camera do, and not as fast as they are read.
  var isLive: Bool { get }
  /// How long `next` has waited for the source until now, in milliseconds.
  var waited: Double { get }
  /// Waits for the next frame and puts it into `frame`, in the same memory where it fits; answers
  /// whether there was one.
  func next(into frame: inout RawFrame?) throws(StreamError) -> Bool
}

/// The kinds of streams there are.
public enum FrameStreams {
  /// Opens `path`: a folder of numbered pictures, or a file, FIFO or pipe (`-`) with YUV4MPEG2 or
  /// concatenated PPM.
  ///
  /// Waits for the first byte of a pipe. `matrix` is what a YUV4MPEG2 stream cannot say; nil goes
  /// by the size of its frames.
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
