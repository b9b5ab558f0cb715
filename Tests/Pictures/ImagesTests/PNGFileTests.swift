import Images
import Testing

struct PNGFileTests {
  @Test func colourComesBackAsItWas() throws {
    let pixels = Pixels(width: 5, height: 3, bytes: (0..<45).map { UInt8(5 * $0) })
    let bytes = try PNGFile.bytes(of: pixels)
    #expect(try Pixels(decoding: bytes, name: "written") == pixels)
  }

  @Test func greyComesBackInThreeColours() throws {
    let bytes = try PNGFile.bytes(ofGray: [0, 100, 200, 255, 1, 77], width: 2, height: 3)
    // Colour type 0 of the header, and so a third of the bytes.
    #expect(bytes[25] == 0)
    let expected: [UInt8] = [0, 100, 200, 255, 1, 77]
    #expect(
      try Pixels(decoding: bytes, name: "written").bytes == expected.flatMap { [$0, $0, $0] })
  }
}
