import Foundation
import Synchronization
import Testing

@testable import Cells

/// Pictures as pixels, read back from what is sent.
@Suite struct PixelStreamTests {
  private static func placed(_ picture: PixelPicture) -> PlacedPicture {
    PlacedPicture(
      picture: picture,
      area: Rect(x: 1, y: 1, width: picture.size.width, height: picture.size.height), number: 2)
  }

  private static func gradient(width: Int, height: Int) -> PixelPicture {
    var picture = PixelPicture(
      width: width, height: height, density: Size(width: 4, height: 8))
    picture.fill { x, y in Color(UInt8(x * 255 / width), UInt8(y * 255 / height), 77) }
    return picture
  }

  @Test func sixelsHaveTheColoursOfThePicture() throws {
    var picture = PixelPicture(width: 8, height: 16, density: Size(width: 4, height: 8))
    let colors = [Color(255, 0, 0), Color(0, 255, 0), Color(51, 102, 153), Color(0, 0, 0)]
    picture.fill { x, y in x == 5 && y == 9 ? nil : colors[(x / 2 + y / 3) % 4] }
    let cell = Size(width: 8, height: 16)
    let decoded = try SixelDecoder(
      Sixels.encode(Self.placed(picture), cell: cell, on: Color(255, 255, 255)))
    #expect((decoded.width, decoded.height) == (16, 32))
    for y in 0..<32 {
      for x in 0..<16 {
        let expected = picture[x / 2, y / 2] ?? Color(255, 255, 255)
        #expect(decoded[x, y] == expected)
      }
    }
  }

  /// Where a pixel covers several, bands repeat, and columns are of different widths.
  @Test(arguments: [Size(width: 8, height: 16), Size(width: 10, height: 21)])
  func sixelsOfAnEnlargedPictureAreItsPixels(cell: Size) throws {
    var picture = PixelPicture(width: 40, height: 48, density: Size(width: 4, height: 8))
    picture.fill { x, y in
      y < 24 ? Color(UInt8(x / 9 * 51), 0, 0) : Color(0, UInt8(y / 9 * 51), UInt8(x / 30 * 51))
    }
    let decoded = try SixelDecoder(
      Sixels.encode(Self.placed(picture), cell: cell, on: Color(0, 0, 0)))
    #expect((decoded.width, decoded.height) == (10 * cell.width, 6 * cell.height))
    for y in 0..<decoded.height {
      for x in 0..<decoded.width {
        #expect(decoded[x, y] == picture[x * 40 / decoded.width, y * 48 / decoded.height])
      }
    }
  }

  @Test func sixelsOfManyColoursAreAboutTheSame() throws {
    let picture = Self.gradient(width: 80, height: 80)
    let decoded = try SixelDecoder(
      Sixels.encode(
        Self.placed(picture), cell: Size(width: 4, height: 8), on: Color(0, 0, 0)))
    #expect((decoded.width, decoded.height) == (80, 80))
    for (x, y) in [(8, 8), (40, 20), (70, 70), (20, 64)] {
      var sums = (0, 0, 0)
      for dy in -4..<4 {
        for dx in -4..<4 {
          let color = try #require(decoded[x + dx, y + dy])
          sums = (sums.0 + Int(color.red), sums.1 + Int(color.green), sums.2 + Int(color.blue))
        }
      }
      let wanted = try #require(picture[x, y])
      #expect(abs(sums.0 / 64 - Int(wanted.red)) < 14)
      #expect(abs(sums.1 / 64 - Int(wanted.green)) < 14)
      #expect(abs(sums.2 / 64 - Int(wanted.blue)) < 14)
    }
  }

  @Test func kittyGetsEveryPixelInPieces() throws {
    let picture = Self.gradient(width: 40, height: 40)
    let commands = KittyGraphics.transmit(Self.placed(picture), on: Color(0, 0, 0))
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(commands.count == 2)
    var text = ""
    for (index, command) in commands.enumerated() {
      #expect(command.hasPrefix("\u{1B}_G") && command.hasSuffix("\u{1B}\\"))
      let parts = command.dropFirst(3).dropLast(2).split(separator: ";")
      #expect(parts[1].count <= 4096)
      #expect(parts[0].hasSuffix(index == 0 ? "m=1" : "m=0"))
      text += parts[1]
    }
    #expect(commands[0].contains("f=24,i=\(0x6D6E03),s=40,v=40,c=10,r=5"))
    let bytes = try #require(Data(base64Encoded: text))
    #expect(Array(bytes) == picture.pixels.flatMap { [$0!.red, $0!.green, $0!.blue] })
  }

  @Test func kittysCellsSayWhichPartTheyShow() throws {
    var cells = CellBuffer(size: Size(width: 12, height: 7))
    cells.capabilities.pixels = .kitty
    cells.draw(Self.gradient(width: 40, height: 40), x: 1, y: 1)
    // The first two rows' and columns' marks of the protocol's table.
    #expect(cells[1, 1].text == "\u{10EEEE}\u{305}\u{305}")
    #expect(cells[3, 2].text == "\u{10EEEE}\u{30D}\u{30E}")
    #expect(cells[3, 2].style.foreground == Color(0x6D, 0x6E, 0x01))
    #expect(cells[0, 0] == Cell() && cells.pictures.count == 1)
    // The 256th mark, for which there is none any more, is none of the table's.
    #expect(KittyGraphics.marks(row: 0, column: 230) != 0)
  }

  @Test func aPictureIsSentAgainOnlyWhenItChangedOrWasCovered() {
    var sequences = TerminalSequences { x, y in Array("\u{1B}[\(y + 1);\(x + 1)H".utf8) }
    sequences.clear = Array("\u{1B}[2J".utf8)
    sequences.beginUpdate = Array("<".utf8)
    sequences.endUpdate = Array(">".utf8)
    sequences.picture = { _ in Array("PICTURE".utf8) }
    var painter = Painter(sequences, colors: .trueColor)
    func sent(_ cells: CellBuffer) -> String {
      var text = ""
      _ = painter.show(cells) {
        text += String(decoding: $0, as: UTF8.self)
        return true
      }
      return text
    }
    var cells = CellBuffer(size: Size(width: 14, height: 8))
    cells.capabilities.pixels = .sixel
    cells.draw(Self.gradient(width: 40, height: 40), x: 1, y: 1)
    #expect(sent(cells) == "<\u{1B}[2J\u{1B}[2;2HPICTURE>")
    #expect(sent(cells) == "")
    // A box over it is written behind the picture, and nothing of it stays.
    var covered = cells
    covered.write("box", x: 3, y: 3)
    #expect(sent(covered) == "<\u{1B}[4;4Hbox>")
    #expect(sent(cells) == "<\u{1B}[2;2HPICTURE>")
    var other = CellBuffer(size: cells.size)
    other.capabilities = cells.capabilities
    other.draw(Self.gradient(width: 40, height: 32), x: 1, y: 1)
    // The row that no picture covers any more is emptied.
    #expect(sent(other).hasPrefix("<\u{1B}[2;2HPICTURE\u{1B}[6;2H          "))
    let none = CellBuffer(size: cells.size)
    #expect(sent(none).filter { $0 == " " }.count == 40)
  }
}

extension PixelStreamTests {
  @Test func aPictureThatComesBackIsNotEncodedAgain() {
    let count = Atomic(0)
    var sequences = TerminalSequences { x, y in Array("\u{1B}[\(y + 1);\(x + 1)H".utf8) }
    sequences.picture = { placed in
      count.add(1, ordering: .relaxed)
      return Array("PICTURE\(placed.picture.height)".utf8)
    }
    var painter = Painter(sequences, colors: .trueColor)
    func sent(height: Int) -> String {
      var cells = CellBuffer(size: Size(width: 14, height: 8))
      cells.capabilities.pixels = .sixel
      cells.draw(Self.gradient(width: 40, height: height), x: 1, y: 1)
      var text = ""
      _ = painter.show(cells) {
        text += String(decoding: $0, as: UTF8.self)
        return true
      }
      return text
    }
    for _ in 0..<3 {
      #expect(sent(height: 40).contains("PICTURE40"))
      #expect(sent(height: 32).contains("PICTURE32"))
    }
    #expect(count.load(ordering: .relaxed) == 2)
    // Other sequences may encode otherwise.
    painter.use(sequences, colors: .trueColor)
    #expect(sent(height: 40).contains("PICTURE40"))
    #expect(count.load(ordering: .relaxed) == 3)
  }
}

/// As much of a VT340 as is asked for here.
private struct SixelDecoder {
  let width: Int
  let height: Int
  private var pixels: [Color?]

  private struct Problem: Error { let text: String }

  subscript(x: Int, y: Int) -> Color? { pixels[y * width + x] }

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("\u{1B}P"), text.hasSuffix("\u{1B}\\"),
      let start = text.firstIndex(of: "q")
    else { throw Problem(text: "no sixels") }
    var rest = text[text.index(after: start)...].dropLast(2)
    func numbers() -> [Int] {
      let end = rest.firstIndex { !"0123456789;".contains($0) } ?? rest.endIndex
      defer { rest = rest[end...] }
      return rest[..<end].split(separator: ";").compactMap { Int($0) }
    }
    guard rest.popFirst() == "\"" else { throw Problem(text: "no size") }
    let size = numbers()
    (width, height) = (size[2], size[3])
    pixels = Array(repeating: nil, count: width * height)
    var colors: [Int: Color] = [:]
    var (x, y, color) = (0, 0, 0)
    while let sign = rest.popFirst() {
      switch sign {
      case "#":
        let found = numbers()
        if found.count == 5 {
          let parts = found[2...].map { UInt8(($0 * 255 + 50) / 100) }
          colors[found[0]] = Color(parts[0], parts[1], parts[2])
        } else {
          color = found[0]
        }
      case "$": x = 0
      case "-": (x, y) = (0, y + 6)
      default:
        var count = 1
        var value = sign
        if sign == "!" {
          count = numbers()[0]
          value = rest.removeFirst()
        }
        let bits = Int(value.asciiValue ?? 63) - 63
        for _ in 0..<count {
          for bit in 0..<6 where bits >> bit & 1 == 1 {
            guard x < width, y + bit < height else { throw Problem(text: "outside \(x) \(y)") }
            pixels[(y + bit) * width + x] = colors[color]
          }
          x += 1
        }
      }
    }
  }
}
