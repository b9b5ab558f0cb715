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
  private var shown: CellBuffer
  private var isClosed = false
  private let colorCount: Int

  /// Takes the terminal over, showing as much as `capabilities`; hears the mouse if `mouse`.
  public init(capabilities: Capabilities, mouse: Bool = true, name: String) throws(TerminalError) {
    switch Int(mbx_terminal_open(Int32(capabilities.colors.rawValue))) {
    case MBX_OPENED: break
    case MBX_UNKNOWN_TERMINAL: throw .unknown(name)
    case MBX_POOR_TERMINAL: throw .poor(name)
    default: throw .noTerminal
    }
    var actual = capabilities
    // The database may speak of fewer colours than were hoped for.
    colorCount = Int(mbx_terminal_colors())
    actual.colors = min(capabilities.colors, Self.depth(of: colorCount))
    self.capabilities = actual
    shown = CellBuffer(size: Size(width: 0, height: 0))
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

  /// Sends the cells that differ from what is shown.
  public func draw(_ cells: CellBuffer) {
    let cells = cells.downgraded(to: capabilities)
    if shown.size != cells.size {
      shown = CellBuffer(size: Size(width: 0, height: 0))
      mbx_terminal_forget()
    }
    let isNew =
      mbx_terminal_make_room(Int32(cells.width * cells.height)) == 1 || shown.size != cells.size
    for y in 0..<cells.height {
      for x in 0..<cells.width where isNew || shown[x, y] != cells[x, y] {
        put(cells[x, y], x: x, y: y)
      }
    }
    mbx_terminal_show()
    shown = cells
  }

  /// Whether it takes what is sent now: one at the end of a slow line may have enough to show.
  public var isReady: Bool { mbx_terminal_is_ready() == 1 }

  /// Waits for events and answers with all that are there; with none when it was woken, or when
  /// `milliseconds` have passed.
  public func nextEvents(within milliseconds: Int) throws(TerminalError) -> [Event] {
    // A resize now and then interrupts no wait, so a wait has an end.
    mbx_terminal_wait(Int32(clamping: milliseconds))
    var events: [Event] = []
    while true {
      let event = mbx_terminal_next()
      switch Int(event.kind) {
      case MBX_NOTHING: return events
      case MBX_CLOSED: throw .closed
      case MBX_SIGNALLED: throw .signalled(event.value)
      default:
        if let event = Event(event) { events.append(event) }
      }
    }
  }

  /// Ends a wait for events from any thread.
  public let waker: @Sendable () -> Void = { mbx_terminal_wake() }

  /// Hears the mouse, or leaves it to the terminal's own selection of text.
  public func listen(toMouse isOn: Bool) {
    mbx_terminal_mouse(isOn ? 1 : 0)
  }

  /// Stops the program until the shell continues it.
  public func suspend() {
    mbx_terminal_suspend()
    shown = CellBuffer(size: Size(width: 0, height: 0))
  }

  /// Puts `text` into the clipboard of the terminal (xterm's OSC 52), also over SSH.
  public func copy(_ text: String) {
    let encoded = Data(text.utf8).base64EncodedString()
    let sequence = "\u{1B}]52;c;\(encoded)\u{7}"
    mbx_terminal_send(sequence, sequence.utf8.count)
  }

  /// Gives the terminal back as it was.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
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

  private func put(_ cell: Cell, x: Int, y: Int) {
    // The second half of a wide character comes with the first.
    guard !cell.text.isEmpty else { return }
    let style = cell.style
    var attributes = 0
    if style.bold { attributes |= MBX_BOLD }
    if style.dim { attributes |= MBX_DIM }
    if style.underline { attributes |= MBX_UNDERLINE }
    if style.reverse { attributes |= MBX_REVERSE }
    mbx_terminal_put(
      Int32(x), Int32(y), cell.text, number(style.foreground), number(style.background),
      UInt32(attributes))
  }

  private func number(_ color: Color?) -> Int32 {
    guard let color else { return -1 }
    return switch capabilities.colors {
    case .none: -1
    case .ansi16: Int32(color.ansi(count: colorCount < 16 ? 8 : 16))
    case .palette256: Int32(color.palette256)
    case .trueColor: Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
    }
  }
}
