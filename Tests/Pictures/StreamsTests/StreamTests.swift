import Foundation
import Images
import Testing

@testable import Streams

/// The bytes of a fixture beside this file.
func fixture(_ name: String) throws -> [UInt8] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)")))
}

/// A stream whose bytes come through a pipe, a few at a time.
func stream(
  _ bytes: [UInt8], matrix: YUVColors.Matrix? = nil
) throws -> any FrameStream {
  var ends: [Int32] = [0, 0]
  #expect(pipe(&ends) == 0)
  signal(SIGPIPE, SIG_IGN)
  let (input, output) = (ends[0], ends[1])
  Thread.detachNewThread {
    for start in stride(from: 0, to: bytes.count, by: 1000) {
      let part = Array(bytes[start..<min(start + 1000, bytes.count)])
      // Whoever reads may have had enough.
      if write(output, part, part.count) < 0 { break }
    }
    close(output)
  }
  return try FrameStreams.stream(
    of: StreamReader(descriptor: input, name: "pipe"), matrix: matrix)
}

/// All frames of a stream, and the error that ended it.
func frames(_ bytes: [UInt8]) throws -> (frames: [RawFrame], error: StreamError?) {
  var frames: [RawFrame] = []
  do {
    let stream = try stream(bytes)
    var frame: RawFrame?
    while try stream.next(into: &frame) { if let frame { frames.append(frame) } }
    return (frames, nil)
  } catch let error as StreamError {
    return (frames, error)
  }
}

@Suite("Streams")
struct StreamTests {
  private let header = "YUV4MPEG2 W4 H2 F30:1 C444"

  private func y4m(_ lines: String..., samples: Int = 24) -> [UInt8] {
    lines.flatMap { line in
      Array("\(line)\n".utf8)
        + (line.hasPrefix("FRAME") ? [UInt8](repeating: 100, count: samples) : [])
    }
  }

  @Test("Frames come in order, numbered, until the stream ends")
  func order() throws {
    let found = try frames(y4m(header, "FRAME", "FRAME Ip", "FRAME"))
    #expect(found.error == nil)
    #expect(found.frames.map(\.number) == [0, 1, 2])
    #expect(found.frames.allSatisfy { $0.bytes == [UInt8](repeating: 100, count: 24) })
  }

  @Test("Planes of odd sides are rounded up")
  func oddSides() throws {
    let bytes = y4m("YUV4MPEG2 W5 H3 C420", "FRAME", "FRAME", samples: 15 + 2 * 6)
    #expect(try frames(bytes).frames.count == 2)
  }

  @Test("Where C is missing, XYSCSS says how many pixels share a colour")
  func oldTag() throws {
    func columns(_ frames: [RawFrame]) -> [Int] {
      frames.compactMap { frame in
        if case .yuv(let subsampling, _) = frame.format.layout { subsampling.columns } else { nil }
      }
    }
    let old = y4m("YUV4MPEG2 W8 H2 XYSCSS=411", "FRAME", "FRAME", samples: 16 + 2 * 4)
    #expect(columns(try frames(old).frames) == [4, 4])
    let both = y4m("YUV4MPEG2 W8 H2 C444 XYSCSS=411", "FRAME", samples: 3 * 16)
    #expect(columns(try frames(both).frames) == [1])
  }

  @Test("Concatenated streams go on with the other size")
  func otherSize() throws {
    let bytes = y4m(header, "FRAME") + y4m("YUV4MPEG2 W2 H2 Cmono", "FRAME", samples: 4)
    let found = try frames(bytes)
    #expect(found.error == nil)
    #expect(found.frames.map(\.format.width) == [4, 2])
    #expect(found.frames.map(\.number) == [0, 1])
  }

  @Test("Half a frame is an error that counts, after the whole ones")
  func halfFrame() throws {
    let found = try frames(y4m(header, "FRAME") + y4m("FRAME").dropLast(14))
    #expect(found.frames.count == 1)
    #expect(found.error == .halfFrame(source: "pipe", frame: 1, bytes: 10, expected: 24))
    let picture = try fixture("frames.ppm").dropLast(8)
    #expect(
      try frames(Array(picture)).error
        == .halfFrame(source: "pipe", frame: 1, bytes: 4600, expected: 4608))
  }

  @Test("Nothing at all is an error, and so is a header without frames")
  func nothing() throws {
    #expect(try frames([]).error == .empty(source: "pipe"))
    let found = try frames(y4m(header))
    #expect(found.error == .noFrame(source: "pipe") && found.frames.isEmpty)
  }

  @Test(
    "A rate that nobody can mean is none",
    arguments: [
      ("30:1", 30), ("30000:1001", 30_000.0 / 1001), ("0:0", nil), ("1:1000000000", nil),
      ("1e-300:1e300", nil), ("9:-1", nil),
    ])
  func rates(_ text: String, _ rate: Double?) throws {
    #expect(try stream(y4m("YUV4MPEG2 W4 H2 F\(text) C444")).rate == rate)
  }

  @Test(
    "Wrong headers are named",
    arguments: [
      ("YUV4MPEG2 W4 C444\n", "without a width W and a height H"),
      ("YUV4MPEG2 W4 H99999 C444\n", "4×99999 pixels"),
      ("YUV4MPEG2 W0 H4\n", "0×4 pixels"),
      ("YUV4MPEG2 W4 H4 C420p10\n", "C420p10, expected"),
      ("YUV4MPEG3 W4 H4\n", "expected YUV4MPEG2"),
      ("YUV4MPEG2 W4 H2 C444\nFRAMES\n", "“FRAMES”, expected FRAME"),
      ("YUV4MPEG2 W4 H4", "ends in the middle of a line"),
      ("P5 4 4 255 ", "expected P6"),
      ("P6 4 4 65535 ", "a maximum of 65535, expected 255"),
      ("P6 4 99999999999999999999 255 ", "4×1000000 pixels"),
      ("P6 4 x", "the byte 0x78 in the height"),
      ("P6 4", "ends before the width"),
      ("\u{7F}ELF", "begins with the byte 0x7f"),
      ("RIFFabcdefgh", "begins with “RIFFabcd”"),
    ])
  func wrongHeaders(_ text: String, _ problem: String) throws {
    let error = try #require(try frames(Array(text.utf8)).error)
    #expect("\(error)".contains(problem))
  }

  @Test("A line that never ends is not read to its end")
  func longLine() throws {
    let error = try frames([UInt8](repeating: UInt8(ascii: "Y"), count: 100_000)).error
    #expect("\(try #require(error))".contains("more than 1024 bytes"))
  }

  @Test("A PPM's header may have comments")
  func comments() throws {
    let bytes = Array("P6 # 9 9\n2 # wide\n1\n255\n".utf8) + [1, 2, 3, 4, 5, 6]
    let found = try frames(bytes)
    #expect(found.frames.first?.bytes == [1, 2, 3, 4, 5, 6])
    #expect(found.frames.first?.format.width == 2)
  }

  @Test("A folder's pictures come in the order of their numbers")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "streams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, width) in [9: 1, 10: 2, 100: 3] {
      let picture = Pixels(width: width, height: 1, bytes: [UInt8](repeating: 7, count: 3 * width))
      let file = folder.appendingPathComponent("frame-\(number).png")
      try Data(try PNGFile.bytes(of: picture)).write(to: file)
    }
    let stream = try FrameStreams.open(folder.path)
    var frame: RawFrame?
    for width in 1...3 {
      #expect(try stream.next(into: &frame))
      #expect(frame?.format.width == width)
    }
    #expect(try !stream.next(into: &frame))
    #expect(throws: StreamError.self) { try FrameStreams.open("/dev/null/nowhere") }
  }

  @Test("A file plays at its own rate, and so does a pipe that says it")
  func rates() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = try FrameStreams.open(folder.appendingPathComponent("Fixtures/mono.y4m").path)
    #expect(file.rate == 25 && !file.isLive)
    let pipe = try stream(try fixture("mono.y4m"))
    #expect(pipe.rate == 25 && pipe.isLive)
    #expect(try stream(try fixture("frames.ppm")).rate == nil)
  }
}
