import Cells
import Testing

@testable import Explorer

/// Areas are cut without a rest, and photos are as large as all of them fit.
@Suite struct TilingTests {
  @Test(arguments: [40, 79, 120, 160, 200])
  func columnsThatShareFillTheirArea(width: Int) {
    let area = Rect(x: 3, y: 2, width: width, height: 9)
    let (left, middle, right) = area.columns(.fill, .fill, .fill)
    #expect(left.maxX == middle.x && middle.maxX == right.x && right.maxX == area.maxX)
    #expect(right.width - left.width <= 1)
    let (first, _, last) = area.columns(.fixed(10), .fill, .fill, gap: 2)
    #expect(first.width == 10 && last.maxX == area.maxX)
  }

  @Test(arguments: [1, 2, 5, 12, 30])
  func photosAreAsLargeAsAllFit(total: Int) throws {
    let area = Rect(x: 0, y: 0, width: 158, height: 46)
    let tiles = PhotoTiles(area, of: total)
    #expect(tiles.count >= total)
    // Counted by hand: a photo is 9 columns wide for 4 rows, above two for its caption.
    func fits(_ width: Int) -> Bool {
      (158 + 1) / (width + 1) * (46 / (width * 4 / 9 + 2)) >= total
    }
    let widest = try #require((18...158).last(where: fits))
    #expect(tiles.across == 159 / (widest + 1))
    #expect(PhotoTiles(area).across == 159 / 19)
  }
}
