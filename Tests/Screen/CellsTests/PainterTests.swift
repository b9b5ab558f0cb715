import Testing

@testable import Cells

/// The bytes for a terminal, put together again by one that does not know how they were found.
@Suite struct PainterTests {
  /// A photo's colours change slowly; those of a map stand for values.
  @Test func ofAPhotoColoursAreSentThatSomebodySees() {
    func cells(_ rendering: PixelPicture.Rendering) -> CellBuffer {
      var picture = PixelPicture(width: 64, height: 8)
      picture.rendering = rendering
      picture.fill { x, y in Color(UInt8(x), UInt8(90 + y), 20) }
      var cells = CellBuffer(size: Size(width: 64, height: 4))
      cells.draw(picture, x: 0, y: 0)
      return cells
    }
    func bytes(_ cells: CellBuffer) -> Int {
      var painter = Painter(TerminalSequences { _, _ in [] }, colors: .trueColor)
      var count = 0
      _ = painter.show(cells) {
        count += $0.count
        return true
      }
      return count
    }
    let (map, photo) = (cells(.nearest), cells(.dithered))
    #expect(bytes(photo) < bytes(map) / 2)
    for x in 0..<64 {
      for y in 0..<4 {
        #expect(map[x, y].style.foreground == Color(UInt8(x), UInt8(90 + 2 * y), 20))
        let red = photo[x, y].style.foreground.map { Int($0.red) } ?? -9
        #expect(red <= x && x - red <= 3)
      }
    }
  }

  private static func sequences(_ depth: Capabilities.ColorDepth) -> TerminalSequences {
    var sequences = TerminalSequences { x, y in Array("\u{1B}[\(y + 1);\(x + 1)H".utf8) }
    func code(_ text: String) -> [UInt8] { Array("\u{1B}[\(text)".utf8) }
    (sequences.clear, sequences.plain) = (code("2J"), code("0m"))
    (sequences.bold, sequences.dim) = (code("1m"), code("2m"))
    (sequences.underline, sequences.reverse) = (code("4m"), code("7m"))
    if depth == .palette256 {
      sequences.foregrounds = (0..<256).map { code("38;5;\($0)m") }
      sequences.backgrounds = (0..<256).map { code("48;5;\($0)m") }
    }
    return sequences
  }

  /// For people who hear the screen, the terminal's own cursor stands where something changed.
  @Test func theTerminalsCursorIsShownWhereTheScreenSaysAndHiddenAgain() {
    var painter = Painter(Self.sequences(.none), colors: .none)
    func sent(_ cells: CellBuffer) -> String {
      var bytes: [UInt8] = []
      _ = painter.show(cells) {
        bytes += $0
        return true
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    var cells = CellBuffer(size: Size(width: 20, height: 4))
    cells.write("Layer 1.", x: 0, y: 0)
    #expect(!sent(cells).contains("[?25"))
    cells.cursor = CellPoint(x: 0, y: 2)
    #expect(sent(cells) == "\u{1B}[3;1H\u{1B}[?25h")
    #expect(sent(cells).isEmpty)
    cells.write("Layer 2.", x: 0, y: 0)
    // It goes back to its place after what was written elsewhere.
    #expect(sent(cells).hasSuffix("2\u{1B}[3;1H\u{1B}[?25h"))
    cells.cursor = nil
    #expect(sent(cells) == "\u{1B}[?25l")
  }

  /// A screen of words, wide characters and pictures, in which much of the one before stays.
  private func change(_ cells: inout CellBuffer, _ random: inout SystemRandomNumberGenerator) {
    let colors = [Color(255, 0, 0), Color(0, 0, 255), Color(0, 215, 175), Color(1, 2, 3)]
    let words = ["layer", "e\u{301}a", "  ", "─█▌", "x"]
    let wide = ["猫e\u{301}", "a 猫", "👩 ok"]
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      // Pictures are not drawn over half a wide character.
      let isPicture = Bool.random(using: &random)
      let x = Int.random(in: isPicture ? 0..<5 : -1..<cells.width, using: &random)
      let y = Int.random(in: 0..<cells.height, using: &random)
      if !isPicture {
        let style = Style(
          foreground: colors.randomElement(using: &random),
          background: Bool.random(using: &random) ? colors.randomElement(using: &random) : nil,
          bold: Bool.random(using: &random), dim: Bool.random(using: &random),
          reverse: Bool.random(using: &random), underline: Bool.random(using: &random))
        let text = (x < 11 ? words : words + wide).randomElement(using: &random) ?? ""
        cells.write(text, x: x, y: y, style: style)
      } else {
        var picture = PixelPicture(width: 6, height: 4)
        for row in 0..<4 {
          for column in 0..<6 { picture[column, row] = colors.randomElement(using: &random) }
        }
        picture[0, 0] = nil
        cells.draw(picture, x: x, y: y)
      }
    }
  }

  @Test(arguments: [Capabilities.ColorDepth.trueColor, .palette256])
  func theTerminalShowsEveryScreen(depth: Capabilities.ColorDepth) {
    var random = SystemRandomNumberGenerator()
    var painter = Painter(Self.sequences(depth), colors: depth)
    var terminal = Emulator(width: 0, height: 0)
    for round in 0..<20 {
      let size = Size(width: 20 + round % 3, height: 9)
      // A terminal with another size begins anew.
      if round % 5 == 0 {
        terminal = Emulator(width: size.width, height: size.height)
        painter.forget()
      }
      var cells = CellBuffer(size: Size(width: terminal.width, height: terminal.height))
      for _ in 0..<10 {
        change(&cells, &random)
        let isWhole = painter.show(cells) { bytes in
          terminal.receive(bytes)
          return true
        }
        let isSame = terminal.looks == cells.looks(depth)
        #expect(isWhole && isSame)
      }
    }
  }

  @Test func nothingIsSentForWhatIsThere() {
    var cells = CellBuffer(size: Size(width: 8, height: 2))
    cells.write("layer", x: 1, y: 1, style: Style(bold: true))
    var painter = Painter(Self.sequences(.trueColor), colors: .trueColor)
    var sent: [String] = []
    func show() {
      _ = painter.show(cells) { bytes in
        sent.append(String(decoding: bytes, as: UTF8.self))
        return true
      }
    }
    show()
    show()
    cells.write("w", x: 3, y: 1)
    show()
    #expect(
      sent == ["\u{1B}[0m\u{1B}[2J\u{1B}[2;2H\u{1B}[1mlayer", "\u{1B}[2;4H\u{1B}[0mw"])
  }

  @Test func coloursThatAreSetAlreadyAreNotSetAgain() {
    let (red, blue) = (Color(255, 0, 0), Color(0, 0, 255))
    var picture = PixelPicture(width: 5, height: 2)
    let pairs = [(red, blue), (red, blue), (blue, red), (blue, blue), (red, red)]
    for (x, pair) in pairs.enumerated() { (picture[x, 0], picture[x, 1]) = pair }
    var cells = CellBuffer(size: Size(width: 5, height: 1))
    cells.draw(picture, x: 0, y: 0)
    var painter = Painter(Self.sequences(.trueColor), colors: .trueColor)
    var sent = ""
    _ = painter.show(cells) { bytes in
      sent += String(decoding: bytes, as: UTF8.self)
      return true
    }
    let colors = "\u{1B}[38;2;255;0;0;48;2;0;0;255m"
    #expect(sent == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H" + colors + "▀▀▄ \u{1B}[48;2;255;0;0m ")
  }

  @Test func aScreenThatIsGivenUpIsMadeGoodByTheNext() {
    var random = SystemRandomNumberGenerator()
    var painter = Painter(Self.sequences(.trueColor), colors: .trueColor)
    var terminal = Emulator(width: 150, height: 12)
    var cells = CellBuffer(size: Size(width: 150, height: 12))
    var givenUp = 0
    for round in 0..<10 {
      var picture = PixelPicture(width: 150, height: 24)
      for y in 0..<24 {
        for x in 0..<150 { picture[x, y] = Color(.random(in: 0...255), UInt8(x), UInt8(y)) }
      }
      cells.draw(picture, x: 0, y: 0)
      change(&cells, &random)
      let isWhole = painter.show(cells) { bytes in
        terminal.receive(bytes)
        return round == 9
      }
      givenUp += isWhole ? 0 : 1
    }
    #expect(givenUp == 9)
    let isSame = terminal.looks == cells.looks(.trueColor)
    #expect(isSame)
  }

  @Test func theLastPlaceIsLeftOutWhereTheScreenWouldMove() {
    var sequences = Self.sequences(.none)
    sequences.scrollsAtTheEnd = true
    var painter = Painter(sequences, colors: .none)
    var cells = CellBuffer(size: Size(width: 2, height: 2))
    for y in 0..<2 { cells.write("ab", x: 0, y: y) }
    var terminal = Emulator(width: 2, height: 2)
    _ = painter.show(cells) {
      terminal.receive($0); return true
    }
    #expect(terminal.looks.map { $0.map(\.text) } == [["a", "b"], ["a", " "]])
  }
}

/// The visible part of a cell.
private struct Look: Equatable {
  var text = " "
  var foreground: String?
  var background: String?
  var marks = ""

  /// The same for all ways to fill a place with one or two colours.
  init(_ text: String, foreground: String?, background: String?, marks: String) {
    let (upper, lower): (String?, String?)
    switch text {
    case " " where !marks.contains("4") && !marks.contains("7"):
      (upper, lower) = (background, background)
    case "▀" where foreground != nil && background != nil && !marks.contains { "247".contains($0) }:
      (upper, lower) = (foreground, background)
    case "▄" where foreground != nil && background != nil && !marks.contains { "247".contains($0) }:
      (upper, lower) = (background, foreground)
    default:
      (self.text, self.foreground, self.background, self.marks) = (
        text, foreground, background, marks
      )
      return
    }
    (self.text, self.foreground, self.background) = (upper == lower ? " " : "▀", upper, lower)
  }
}

extension CellBuffer {
  fileprivate func looks(_ depth: Capabilities.ColorDepth) -> [[Look]] {
    func name(_ color: Color?) -> String? {
      color.map {
        depth == .palette256 ? "5;\($0.palette256)" : "2;\($0.red);\($0.green);\($0.blue)"
      }
    }
    return (0..<height).map { y in
      (0..<width).map { x in
        let style = self[x, y].style
        let marks = [
          (style.bold, "1"), (style.dim, "2"), (style.underline, "4"), (style.reverse, "7"),
        ]
        return Look(
          self[x, y].text, foreground: name(style.foreground), background: name(style.background),
          marks: marks.filter(\.0).map(\.1).joined())
      }
    }
  }
}

/// As much of a terminal as is asked for here.
private struct Emulator {
  let width: Int
  let height: Int
  private var rows: [[(text: String, pen: [String: String])]]
  private var (x, y) = (0, 0)
  private var pen: [String: String] = [:]

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    rows = Array(repeating: Array(repeating: (" ", [:]), count: width), count: height)
  }

  var looks: [[Look]] {
    rows.map { row in
      row.map { place in
        let marks = ["1", "2", "4", "7"].filter { place.pen[$0] != nil }.joined()
        return Look(
          place.text, foreground: place.pen["38"], background: place.pen["48"], marks: marks)
      }
    }
  }

  mutating func receive(_ bytes: [UInt8]) {
    var text = Substring(String(decoding: bytes, as: UTF8.self))
    while let character = text.popFirst() {
      if character == "\u{1B}" {
        let end = text.firstIndex { "HmJ".contains($0) } ?? text.startIndex
        obey(text[end], text[..<end].dropFirst().split(separator: ";").map(String.init))
        text = text[text.index(after: end)...]
      } else {
        put(character)
      }
    }
  }

  private mutating func obey(_ command: Character, _ numbers: [String]) {
    switch command {
    case "H": (x, y) = ((Int(numbers[1]) ?? 0) - 1, (Int(numbers[0]) ?? 0) - 1)
    case "J": self = Emulator(width: width, height: height)
    default:
      var numbers = numbers[...]
      while let code = numbers.popFirst() {
        switch code {
        case "0": pen = [:]
        case "38", "48":
          let count = numbers.first == "5" ? 2 : 4
          pen[code] = numbers.prefix(count).joined(separator: ";")
          numbers = numbers.dropFirst(count)
        default: pen[code] = code
        }
      }
    }
  }

  private mutating func put(_ character: Character) {
    let isWide = "猫👩".unicodeScalars.contains(character.unicodeScalars.first ?? " ")
    // Half a wide character cannot stay.
    for place in isWide ? [x, x + 1] : [x] where place < width {
      if rows[y][place].text.isEmpty, place > 0 { rows[y][place - 1].text = " " }
      if place + 1 < width, rows[y][place + 1].text.isEmpty { rows[y][place + 1].text = " " }
    }
    rows[y][x] = (String(character), pen)
    if isWide, x + 1 < width { rows[y][x + 1] = ("", pen) }
    x += isWide ? 2 : 1
  }
}
