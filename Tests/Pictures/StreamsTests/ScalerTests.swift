import Images
import Testing

@testable import Streams

@Suite("Frames to pictures")
struct ScalerTests {
  /// The second frame of a fixture, whole.
  private func picture(
    _ name: String, matrix: YUVColors.Matrix? = nil, box: Box? = nil, width: Int = 48,
    height: Int = 32
  ) throws -> Pixels {
    let stream = try stream(try fixture(name), matrix: matrix)
    var frame: RawFrame?
    for _ in 0..<2 { #expect(try stream.next(into: &frame)) }
    let second = try #require(frame)
    let whole = Box(left: 0, top: 0, right: 48, bottom: 32)
    let scaler = FrameScaler(second.format, box: box ?? whole, width: width, height: height)
    return scaler.pixels(of: second)
  }

  private func largestDifference(_ first: [UInt8], _ second: [UInt8]) -> Int {
    #expect(first.count == second.count)
    return zip(first, second).map { abs(Int($0) - Int($1)) }.max() ?? 255
  }

  @Test(
    "Colours are those of ffmpeg, or of Pillow and NumPy, to one grey level",
    arguments: [
      "yuv420-limited", "yuv422-limited", "yuv444-limited", "yuv444-full", "yuv444-bt709", "mono",
    ])
  func colors(_ name: String) throws {
    let matrix: YUVColors.Matrix = name.hasSuffix("bt709") ? .bt709 : .bt601
    let found = try picture("\(name).y4m", matrix: matrix)
    // Samples between two of a plane are rounded before they are converted, which can cost two.
    let allowed = name.hasPrefix("yuv444") || name == "mono" ? 1 : 2
    #expect(largestDifference(found.bytes, try fixture("\(name).rgb")) <= allowed)
  }

  @Test("The matrices differ by more than the tolerance")
  func matrices() throws {
    let wrong = try picture("yuv444-bt709.y4m", matrix: .bt601)
    #expect(largestDifference(wrong.bytes, try fixture("yuv444-bt709.rgb")) > 20)
  }

  @Test("A part is resized as Pillow does it")
  func part() throws {
    let box = Box(left: 8.5, top: 1.25, right: 39.5, bottom: 30.75)
    let found = try picture("frames.ppm", box: box, width: 17, height: 13)
    #expect(largestDifference(found.bytes, try fixture("frames.rgb")) <= 1)
  }

  @Test("Colours as the standards have them")
  func knownColors() {
    let limited = YUVColors(matrix: .bt601, isFullRange: false).factors
    #expect(limited.color(y: 16, u: 128, v: 128) == (0, 0, 0))
    #expect(limited.color(y: 235, u: 128, v: 128) == (255, 255, 255))
    // Pure red: Y = 16 + 219·0.299, V at its largest.
    #expect(limited.color(y: 81, u: 90, v: 240) == (254, 0, 0))
    let high = YUVColors(matrix: .bt709, isFullRange: false).factors
    #expect(high.color(y: 63, u: 102, v: 240) == (255, 1, 0))
    #expect(YUVColors.Matrix.usual(width: 1920, height: 1080) == .bt709)
    #expect(YUVColors.Matrix.usual(width: 720, height: 576) == .bt601)
  }
}
