import CTerminal
import Cells
import Images

extension TerminalSequences {
  /// Reads the sequences of the open terminal, for `colors`.
  init(colors: Capabilities.ColorDepth) {
    self.init { x, y in Self.sequence(MBX_MOVE, y, x) }
    clear = Self.sequence(MBX_CLEAR)
    plain = Self.sequence(MBX_PLAIN)
    bold = Self.sequence(MBX_BOLD)
    dim = Self.sequence(MBX_DIM)
    underline = Self.sequence(MBX_UNDERLINE)
    reverse = Self.sequence(MBX_REVERSE)
    scrollsAtTheEnd = mbx_terminal_scrolls_at_the_end() == 1
    guard colors == .ansi16 || colors == .palette256 else { return }
    let numbers = 0..<min(Int(mbx_terminal_colors()), colors.rawValue)
    foregrounds = numbers.map { Self.sequence(MBX_FOREGROUND, $0) }
    backgrounds = numbers.map { Self.sequence(MBX_BACKGROUND, $0) }
  }

  /// Adds the sequences for pixel pictures in the protocol of `capabilities`, if there is one.
  mutating func sendPictures(_ capabilities: Capabilities, throughTmux isInTmux: Bool) {
    let (cell, ground) = (capabilities.cell, capabilities.scheme.background)
    switch capabilities.pixels {
    case nil: break
    case .kitty:
      let wrap: @Sendable ([[UInt8]]) -> [UInt8] = { commands in
        (isInTmux ? commands.map(TerminalQueries.throughTmux) : commands).reduce(into: []) {
          $0 += $1
        }
      }
      pictureIsInCells = true
      picture = { wrap(KittyGraphics.transmit($0, on: ground)) }
      forgetPictures = { wrap(KittyGraphics.delete(count: $0)) }
    case .sixel: picture = { Sixels.encode($0, cell: cell, on: ground) }
    case .iterm2:
      picture = { placed in
        let pixels = Pixels(
          width: placed.picture.width, height: placed.picture.height,
          bytes: placed.bytes(on: ground))
        guard let file = try? PNGFile.bytes(of: pixels) else { return [] }
        return InlineImage.encode(
          file, columns: placed.area.width, rows: placed.area.height)
      }
    }
  }

  private static func sequence(_ what: Int, _ first: Int = 0, _ second: Int = 0) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = mbx_terminal_sequence(
        Int32(what), Int32(first), Int32(second), buffer.baseAddress, buffer.count)
    }
  }
}
