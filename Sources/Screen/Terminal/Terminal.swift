import CTerminal
import Cells
import Foundation

/// The terminal that the program runs in: cells go out, keys and the mouse come in.
///
/// There is one, it belongs to one thread, and it is given back when this is closed. Whatever ends
/// the program, a crash included, leaves the terminal as it was.
public final class Terminal {
  /// What it can show.
  public let capabilities: Capabilities
  private var painter: Painter
  private let plain: [UInt8]
  /// Whether it shows nothing of what was drawn, as after the program was stopped.
  public private(set) var isBlank = true
  private var pasted: PastedText?
  private var isClosed = false

  /// Takes the terminal over, showing as much as `capabilities`; hears the mouse if `mouse`.
  public init(capabilities: Capabilities, mouse: Bool = true, name: String) throws(TerminalError) {
    switch Int(mbx_terminal_open()) {
    case MBX_OPENED: break
    case MBX_UNKNOWN_TERMINAL: throw .unknown(name)
    case MBX_POOR_TERMINAL: throw .poor(name)
    default: throw .noTerminal
    }
    var actual = capabilities
    // The database may speak of fewer colours than were hoped for.
    if actual.colors < .trueColor {
      actual.colors = min(actual.colors, Self.depth(of: Int(mbx_terminal_colors())))
    }
    self.capabilities = actual
    let sequences = TerminalSequences(colors: actual.colors)
    plain = sequences.plain
    painter = Painter(sequences, colors: actual.colors)
    mbx_terminal_mouse(mouse ? 1 : 0)
  }

  deinit {
    close()
  }

  /// Columns and rows.
  public var size: Size {
    var (columns, rows): (Int32, Int32) = (0, 0)
    mbx_terminal_size(&columns, &rows)
    return Size(width: Int(columns), height: Int(rows))
  }

  /// Sends the cells that differ from what is shown; answers whether all were sent.
  ///
  /// At the end of a slow line the rest of a screen gives way to a key.
  public func draw(_ cells: CellBuffer) -> Bool {
    isBlank = false
    return painter.show(cells.downgraded(to: capabilities)) { bytes in
      let start = ContinuousClock.now
      send(bytes)
      // There is room for a few bytes now and then even where the line is slow; time tells.
      let isSlow = ContinuousClock.now - start > .milliseconds(5)
      return !isSlow || mbx_terminal_has_input() == 0
    }
  }

  /// Whether it takes what is sent now: one at the end of a slow line may have enough to show.
  public var isReady: Bool { mbx_terminal_is_ready() == 1 }

  /// Waits for events and answers with all that are there; with none when it was woken, or when
  /// `milliseconds` have passed.
  public func nextEvents(within milliseconds: Int) throws(TerminalError) -> [Event] {
    // A resize now and then interrupts no wait, so a wait has an end.
    mbx_terminal_wait(Int32(clamping: milliseconds))
    if mbx_terminal_is_to_stop() == 1 { suspend() } else { resume() }
    var events: [Event] = []
    while true {
      let event = mbx_terminal_next()
      switch Int(event.kind) {
      case MBX_NOTHING:
        if pasted?.isLate == true { events += endPaste() }
        return events
      case MBX_CLOSED: throw .closed
      case MBX_SIGNALLED: throw .signalled(event.value)
      case MBX_PASTE_BEGINS: pasted = PastedText()
      case MBX_PASTE_ENDS: events += endPaste()
      case MBX_CHARACTER where pasted != nil: pasted?.append(event.value)
      default:
        if let event = Event(event) { events.append(event) }
      }
    }
  }

  private func endPaste() -> [Event] {
    defer { pasted = nil }
    return pasted.map { [.paste($0.text)] } ?? []
  }

  /// Ends a wait for events from any thread.
  public let waker: @Sendable () -> Void = { mbx_terminal_wake() }

  /// Hears the mouse, or leaves it to the terminal's own selection of text.
  public func listen(toMouse isOn: Bool) {
    mbx_terminal_mouse(isOn ? 1 : 0)
  }

  /// Stops the program until the shell continues it.
  public func suspend() {
    send(plain)
    mbx_terminal_suspend()
    resume()
  }

  /// Takes the terminal over again if the program was stopped, by a key or by a signal.
  private func resume() {
    guard mbx_terminal_resume() == 1 else { return }
    painter.forget()
    isBlank = true
  }

  /// Puts `text` into the clipboard of the terminal (xterm's OSC 52), also over SSH.
  public func copy(_ text: String) {
    let encoded = Data(text.utf8).base64EncodedString()
    send(Array("\u{1B}]52;c;\(encoded)\u{7}".utf8))
  }

  /// Gives the terminal back as it was.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    send(plain)
    mbx_terminal_close()
  }

  /// What a terminal with `count` colours can show.
  private static func depth(of count: Int) -> Capabilities.ColorDepth {
    switch count {
    case ..<8: .none
    case ..<256: .ansi16
    case ..<(1 << 24): .palette256
    default: .trueColor
    }
  }

  private func send(_ bytes: [UInt8]) { mbx_terminal_send(bytes, bytes.count) }
}

extension TerminalSequences {
  /// Those of the terminal that is open, for `colors`.
  fileprivate init(colors: Capabilities.ColorDepth) {
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

  private static func sequence(_ what: Int, _ first: Int = 0, _ second: Int = 0) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = mbx_terminal_sequence(
        Int32(what), Int32(first), Int32(second), buffer.baseAddress, buffer.count)
    }
  }
}
