import Testing

@testable import Cells

@Suite struct ColumnsTests {
  @Test func textIsCutToTheColumnsThereAre() {
    for (text, columns, beginning, ending) in [
      ("photo.png", 9, "photo.png", "photo.png"), ("photo.png", 8, "photo.p…", "…oto.png"),
      ("日本語.png", 10, "日本語.png", "日本語.png"), ("日本語.png", 9, "日本語.p…", "…本語.png"),
      // Where half a character would fit there is nothing.
      ("日本語.png", 8, "日本語.…", "…語.png"), ("日本語", 4, "日…", "…語"), ("日本語", 0, "…", "…"),
      ("e\u{301}e\u{301}e", 2, "e\u{301}…", "…e"),
    ] {
      #expect(text.beginning(columns: columns) == beginning)
      #expect(text.ending(columns: columns) == ending)
    }
  }
}
