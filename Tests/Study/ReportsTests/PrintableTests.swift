import Reports
import Testing

/// Texts of strangers don't reach the terminal as orders.
struct PrintableTests {
  @Test func whatATerminalObeysIsReplaced() {
    #expect("tabby\u{1B}[2J cat\u{7F}".printable == "tabby\u{FFFD}[2J cat\u{FFFD}")
    #expect("\u{9B}31m\r\u{202E}tac".printable == "\u{FFFD}31m\u{FFFD}\u{FFFD}tac")
  }

  @Test func everythingElseStays() {
    let text = "Größe 3×3\t– 猫\n"
    #expect(text.printable == text)
  }
}
