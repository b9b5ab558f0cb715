import Images
import Testing

/// Pictures of every kind that the formats have.
struct DecodingTests {
  @Test(arguments: try Fixtures.pictures())
  func decodesToWhatIsInIt(picture: Fixtures.Picture) throws {
    let image = try DecodedImage(decoding: picture.bytes, name: picture.testDescription)
    #expect(image.pixels.difference(from: picture.pixels) <= 1)
    #expect((image.width, image.height) == (picture.pixels.width, picture.pixels.height))
    // libpng remarks upon strange gammas.
    #expect(image.warnings == [] || picture.testDescription.hasPrefix("gamma-"))
    let isPNG = picture.testDescription.hasSuffix(".png")
    #expect(image.format == (isPNG ? .png : .jpeg))
  }

  /// Cameras write the orientation as a short number, some programs as a long one, others as XMP.
  @Test(arguments: [
    [0xFF, 0xE1, 0, 34] + Array("Exif\0\0II*\0".utf8) + [
      8, 0, 0, 0, 1, 0, 0x12, 1, 4, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
    ],
    segment("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation=\"6\"/>"),
    segment(
      "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><tiff:Orientation>6</tiff:Orientation></x:xmpmeta>"),
  ])
  func orientationIsReadWhereverItIs(segment: [UInt8]) throws {
    var bytes = try Fixtures.bytes(of: "large.jpg")
    bytes.insert(contentsOf: segment, at: 2)
    let image = try DecodedImage(decoding: bytes, name: "turned")
    #expect((image.width, image.height) == (389, 403))
  }

  /// An APP1 segment.
  private static func segment(_ text: String) -> [UInt8] {
    let length = text.utf8.count + 2
    return [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + Array(text.utf8)
  }

  @Test func readsAFile() throws {
    let path = Fixtures.folder.appendingPathComponent("baseline.jpg").path
    let picture = try #require(
      try Fixtures.pictures().first { $0.testDescription == "baseline.jpg" })
    #expect(try Pixels(contentsOf: path).difference(from: picture.pixels) <= 1)
  }

  /// Large JPEGs are scaled while they are decoded, however they are turned, and the file's own
  /// pixels stay what places are given in.
  @Test(arguments: 1...8)
  func scaledDecodingStaysWithinTwoGreyLevels(orientation: UInt8) throws {
    var bytes = try Fixtures.bytes(of: "large.jpg")
    // An APP1 segment of 34 bytes right after the start marker: Exif with one entry.
    bytes.insert(contentsOf: [0xFF, 0xE1, 0, 34] + Array("Exif\0\0II*\0".utf8), at: 2)
    bytes.insert(
      contentsOf: [
        8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
      ], at: 16)
    let whole = try DecodedImage(decoding: bytes, name: "whole")
    #expect((whole.width, whole.height) == (orientation < 5 ? (403, 389) : (389, 403)))
    for (side, denominator) in [(8, 8), (17, 4), (35, 2), (36, 1)] {
      let scaled = try DecodedImage(decoding: bytes, name: "scaled", forSide: side)
      #expect(scaled.width == whole.width && scaled.height == whole.height)
      #expect(scaled.pixels.width == (whole.width + denominator - 1) / denominator)
      let box = Box(left: 30.5, top: 20, right: 371, bottom: 360.5)
      let expected = whole.pixels.resized(width: side, height: side, box: box)
      let found = scaled.resized(width: side, height: side, box: box)
      #expect(found.difference(from: expected) <= 2, "side \(side)")
    }
  }
}
