import Images
import Testing

@Suite struct PixelsTests {
  @Test func aPartHasItsPixels() {
    let pixels = Pixels(width: 4, height: 3, bytes: (0..<36).map { UInt8($0) })
    let part = pixels.part(columns: 1..<3, rows: 1..<3)
    #expect((part.width, part.height) == (2, 2))
    for y in 0..<2 {
      for x in 0..<2 { #expect(part[x, y] == pixels[x + 1, y + 1]) }
    }
  }
}
