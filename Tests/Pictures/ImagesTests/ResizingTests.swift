import Images
import Testing

struct ResizingTests {
  /// A case of make_fixtures.py: what Pillow makes of a picture that both sides compute.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let source: Pixels
    let box: Box
    let expected: Pixels
  }

  static func cases() throws -> [Case] {
    try Fixtures.lines(of: "resized.txt").map { words in
      let sizes = try words[..<4].map { try #require(Int($0)) }
      let edges = try words[4..<8].map { try #require(Double($0)) }
      return Case(
        testDescription: words[..<8].joined(separator: " "),
        source: source(width: sizes[0], height: sizes[1]),
        box: Box(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3]),
        expected: Pixels(
          width: sizes[2], height: sizes[3], bytes: try Fixtures.bytes(hex: words[8])))
    }
  }

  static func source(width: Int, height: Int) -> Pixels {
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 {
          bytes.append(UInt8((x * x * 3 + y * y * 5 + x * y * 7 + channel * 331) / 8 % 256))
        }
      }
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  @Test(arguments: try Self.cases())
  func givesTheSameNumbersAsPillow(example: Case) {
    let (width, height) = (example.expected.width, example.expected.height)
    #expect(
      example.source.resized(width: width, height: height, box: example.box) == example.expected)
  }

  @Test func withoutABoxEverythingIsTaken() {
    let source = Self.source(width: 20, height: 30)
    let everything = Box(left: 0, top: 0, right: 20, bottom: 30)
    #expect(
      source.resized(width: 7, height: 9)
        == source.resized(width: 7, height: 9, box: everything))
  }

  @Test(arguments: [
    Box(left: -5, top: -5, right: 25, bottom: 35),
    Box(left: 30, top: 40, right: 50, bottom: 60),
    Box(left: -9, top: -9, right: -1, bottom: -1),
    Box(left: 5, top: 5, right: 5, bottom: 5),
    Box(left: 8, top: 8, right: 3, bottom: 3),
    Box(left: .nan, top: 0, right: .infinity, bottom: .nan),
    Box(left: 1e300, top: -1e300, right: 1e301, bottom: 1e300),
  ])
  func boxesThatAreNotInsideAreCutToThePicture(box: Box) {
    let source = Pixels(width: 20, height: 30, bytes: Array(repeating: 77, count: 1800))
    #expect(source.resized(width: 4, height: 4, box: box).bytes.allSatisfy { $0 == 77 })
  }
}
