import Cells
import Testing

@testable import Terminal

/// The answers of terminals, as they send them, without the escape characters.
@Suite struct ReplyTests {
  @Test(arguments: [
    ("]11;rgb:0000/2b2b/3636", TerminalReply.background(Color(0, 0x2B, 0x36))),
    ("]11;rgb:f/F/f", .background(Color(255, 255, 255))),
    ("]11;rgba:1000/2000/3000/ffff", .background(Color(0x0F, 0x1F, 0x2F))),
    ("P>|foot(1.13.1)", .name("foot(1.13.1)")),
    ("[6;20;9t", .cell(Size(width: 9, height: 20))),
    ("[?2026;2$y", .synchronised(true)),
    ("[?2026;0$y", .synchronised(false)),
    ("_Gi=31;OK", .takes(.kitty)),
    ("]1337;ReportCellSize=17.5;8.0;2.0", .takes(.iterm2)),
    ("[?997;1n", .schemeChanged),
    ("[?62;4;22c", .attributes([62, 4, 22])),
  ])
  func answersAreUnderstood(text: String, expected: TerminalReply) {
    #expect(TerminalReply(text) == expected)
  }

  @Test(arguments: [
    "", "[", "]11;blue", "]11;rgb:00/11", "]11;rgb:12345/0/0", "_Gi=31;EINVAL:no", "[6;0;9t",
    "[8;24;80t", "[1;5A", "Pfoo", "]52;c;AAAA",
  ])
  func anythingElseIsNone(text: String) {
    #expect(TerminalReply(text) == nil)
  }

  @Test func theLastAnswerIsTheOneThatAllGive() {
    var answers = TerminalReplies()
    let replies: [TerminalReply] = [
      .name("foot(1.13.1)"), .cell(Size(width: 9, height: 20)), .attributes([62, 4]),
    ]
    let isLast = replies.map { answers.take($0) }
    #expect(isLast == [false, false, true])
    #expect(answers.pixels == [.sixel] && answers.name == "foot(1.13.1)")
  }

  @Test func theTerminalsAnswersDecideUnlessThePersonDoes() {
    let known = Capabilities(colors: .trueColor, unicode: true)
    var answers = TerminalReplies()
    func found(
      _ change: (inout Preferences) -> Void = { _ in }, _ environment: [String: String] = [:]
    ) -> Capabilities {
      var preferences = Preferences()
      change(&preferences)
      return preferences.capabilities(known, answers, environment: environment)
    }
    #expect(found().glyphs == .quadrants && found().pixels == nil && !found().scheme.isLight)
    #expect(found({ _ in }, ["TERM": "linux"]).glyphs == .half)
    #expect(found({ _ in }, ["COLORFGBG": "0;default;15"]).scheme == .light)
    #expect(found({ _ in }, ["COLORFGBG": "15;0"]).scheme == .dark)
    #expect(found { $0.theme = .contrast }.scheme == .contrast)

    answers.background = Color(250, 250, 240)
    answers.name = "foot(1.13.1)"
    answers.pixels = [.sixel]
    #expect(found().scheme.isLight && found().glyphs == .sextants)
    #expect(!found { $0.theme = .dark }.scheme.isLight)
    // Without the size of a cell nobody knows how large a picture of sixels is.
    #expect(found().pixels == nil)
    answers.cell = Size(width: 9, height: 18)
    #expect(found().pixels == .sixel && found().cell == Size(width: 9, height: 18))
    #expect(found { $0.pixels = .off }.pixels == nil)
    #expect(found { $0.glyphs = .braille }.pixels == nil)
    #expect(found { $0.pixels = .iterm2 }.pixels == .iterm2)

    // kitty's pictures are shown by placeholders, which WezTerm does not know.
    answers.pixels = [.kitty, .iterm2]
    answers.name = "WezTerm 20240203-110809-5046fc22"
    #expect(found().pixels == .iterm2 && found().glyphs == .sextants)
    answers.name = "kitty(0.26.5)"
    #expect(found().pixels == .iterm2 && found().glyphs == .sextants)
    answers.name = "kitty(0.42.1)"
    #expect(found().pixels == .kitty && found().glyphs == .octants)
  }

  @Test func tmuxHandsOnWhatIsWrapped() {
    let wrapped = TerminalQueries.throughTmux(Array("\u{1B}_Ga\u{1B}\\".utf8))
    #expect(
      String(decoding: wrapped, as: UTF8.self)
        == "\u{1B}Ptmux;\u{1B}\u{1B}_Ga\u{1B}\u{1B}\\\u{1B}\\")
  }
}
