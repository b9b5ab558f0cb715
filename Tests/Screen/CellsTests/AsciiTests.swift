import Foundation
import Testing

@testable import Cells

@Suite struct AsciiTests {
  @Test func formulasStayRight() {
    for (text, ascii) in [
      ("112·112 · 3·3·32 = 3.6 M", "112*112 * 3*3*32 = 3.6 M"),
      ("48×48×96 → 24×24×192", "48x48x96 -> 24x24x192"),
      ("w' = w·γ/√(σ²+ε)", "w' = w*gamma/sqrt(sigma^2+eps)"),
      ("b' = β + (b-μ)", "b' = beta + (b-mu)"), ("(x − 127.5)", "(x - 127.5)"),
      ("fc7 ← conv6_sep", "fc7 <- conv6_sep"), ("↑↓←→ cell", "Arrows cell"),
      ("←→ step", "Left/Right step"), ("↑↓ layer", "Up/Down layer"),
      ("Really?  (→ answers)", "Really?  (Right answers)"), ("folder, ↓ into", "folder, Down into"),
      ("opening a.png …", "opening a.png ..."), ("… ← fc7", "~ <- fc7"), ("▶ playing", "> playing"),
      ("猫.png", "?.png"),
    ] { #expect(Ascii.text(text) == ascii) }
  }

  /// The room for a drawn formula beyond its columns is there before anything is laid out.
  @Test func aScreenSpellsOutWhatItWrites() {
    var cells = CellBuffer(size: Size(width: 12, height: 1))
    cells.capabilities.unicode = false
    #expect(cells.write("a → √b", x: 0, y: 0) == 10)
    #expect(cells.lines == ["a -> sqrtb"])
  }

  /// Every sign that a string in the sources has, for the screen or for the terminal's other texts.
  @Test func everySignOfTheProgramHasAReplacement() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var signs: [Character: String] = [:]
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        for sign in code where !sign.isASCII { signs[sign] = file }
      }
    }
    #expect(signs.count > 30)
    for (sign, file) in signs {
      let ascii = Ascii.text(String(sign))
      #expect(ascii.allSatisfy(\.isASCII) && ascii != "?" && ascii != " ", "\(sign) in \(file)")
    }
  }
}
