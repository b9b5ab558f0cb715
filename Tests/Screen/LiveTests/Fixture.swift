import Foundation
import Images
import MobileNet
import Streams
import Tensors

@testable import Live

/// A small network and streams for it.
enum Fixture {
  static let side = 32

  static func network(seed: Int = 0) throws -> Network {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    return try Network(
      checkpoint, resolution: Resolution(side: side), threads: 1, instructionSet: .portable)
  }

  /// A grey YUV4MPEG2 stream of frames of `width` × `height`, each of one value: 50 and its number.
  static func y4m(_ numbers: Range<Int>, width: Int = side, height: Int = side) -> [UInt8] {
    Array("YUV4MPEG2 W\(width) H\(height) F1000:1 Cmono\n".utf8) + frames(numbers, width * height)
  }

  static func frames(_ numbers: Range<Int>, _ samples: Int) -> [UInt8] {
    numbers.flatMap { number in
      Array("FRAME\n".utf8) + [UInt8](repeating: UInt8((50 + number) % 256), count: samples)
    }
  }

  /// A FIFO in the temporary folder, which is removed when `body` is done.
  static func withFIFO(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("live-\(UUID().uuidString)").path
    mkfifo(path, 0o600)
    defer { unlink(path) }
    try body(path)
  }

  /// A file in the temporary folder, which is removed when `body` is done.
  static func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("live-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    try body(path)
  }
}
