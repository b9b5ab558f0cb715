import CTerminal
import Cells
import Foundation
import Images

/// The program's terminal: cells go out, keys and mouse events come in.
///
/// There is one terminal, used on one thread and restored by `close`. Whatever ends the program,
/// even a crash, leaves the terminal as it was.
public final class Terminal {
  /// The terminal's capabilities, as far as it has replied.
  public private(set) var capabilities: Capabilities
  /// The capabilities according to the environment and the terminal database, before any reply.
  private let known: Capabilities
  private let preferences: Preferences
  private let environment: [String: String]
  private var replies = TerminalReplies()
  /// The time until which replies are awaited; nil when there is nothing to wait for.
  private var deadline: ContinuousClock.Instant?
  private var painter: Painter
  private let plain: [UInt8]
  /// Whether nothing drawn is on the screen, as after the program was stopped.
  public private(set) var isBlank = true
  private var pasted: PastedText?
  /// The events that came while replies were awaited.
  private var pending: [Event] = []
  private var isClosed = false

  /// Takes the terminal over, with `capabilities` adapted to its replies where `preferences` allow;
  /// turns mouse events on if `mouse` is true.
  public init(
    capabilities: Capabilities, preferences: Preferences, mouse: Bool = true,
    environment: [String: String]
  ) throws(TerminalError) {
    let name = environment["TERM"] ?? ""
    switch Int(mbx_terminal_open()) {
    case MBX_OPENED: break
    case MBX_UNKNOWN_TERMINAL: throw .unknown(name)
    case MBX_POOR_TERMINAL: throw .poor(name)
    default: throw .noTerminal
    }
    var actual = capabilities
    // The database may list fewer colours than the environment announces.
    if actual.colors < .trueColor {
      actual.colors = min(actual.colors, Self.depth(of: Int(mbx_terminal_colors())))
    }
    known = actual
    self.preferences = preferences
    self.environment = environment
    self.capabilities = preferences.capabilities(actual, replies, environment: environment)
    let sequences = TerminalSequences(colors: actual.colors)
    plain = sequences.plain
    painter = Painter(sequences, colors: actual.colors)
    adapt()
    mbx_terminal_mouse(mouse ? 1 : 0)
    ask()
    // Most terminals reply within a few milliseconds; later replies become events.
    let limit = ContinuousClock.now + .milliseconds(150)
    var events: [Event] = []
    while deadline != nil, .now < limit { events += try nextEvents(within: 20) }
    pending = events.filter { if case .shows = $0 { false } else { true } }
  }

  /// Sends the queries for the terminal's capabilities; the replies come as events.
  ///
  /// If a terminal prints an unknown query, the first screen clears that away.
  private func ask() {
    guard mbx_terminal_answers() == 1 else { return }
    deadline = .now + .seconds(2)
    send(Array((TerminalQueries.reportColors(true) + TerminalQueries.all).utf8))
  }

  /// Switches drawing to the current capabilities.
  private func adapt() {
    var sequences = TerminalSequences(colors: capabilities.colors)
    if replies.isSynchronised {
      sequences.beginUpdate = Array("\u{1B}[?2026h".utf8)
      sequences.endUpdate = Array("\u{1B}[?2026l".utf8)
    }
    let isInTmux = !(environment["TMUX"] ?? "").isEmpty
    sequences.sendPictures(capabilities, throughTmux: isInTmux)
    send(painter.pictureless)
    painter.use(sequences, colors: capabilities.colors)
  }

  /// Processes a reply; returns an event if the capabilities changed.
  private func take(_ reply: TerminalReply) -> [Event] {
    if reply == .schemeChanged {
      send(Array(TerminalQueries.background.utf8))
      return []
    }
    let isLast = replies.take(reply)
    if isLast { deadline = nil }
    return deadline == nil ? changes() : []
  }

  private func changes() -> [Event] {
    var (width, height): (Int32, Int32) = (0, 0)
    if mbx_terminal_cell(&width, &height) == 1 {
      replies.cell = Size(width: Int(width), height: Int(height))
    }
    let found = preferences.capabilities(known, replies, environment: environment)
    guard found != capabilities || replies.isSynchronised != painter.isSynchronised else {
      return []
    }
    capabilities = found
    adapt()
    isBlank = true
    return [.shows(found)]
  }

  deinit {
    close()
  }

  /// The terminal's size in columns and rows.
  public var size: Size {
    var (columns, rows): (Int32, Int32) = (0, 0)
    mbx_terminal_size(&columns, &rows)
    return Size(width: Int(columns), height: Int(rows))
  }

  /// Sends the cells that changed since the last call; returns whether all were sent.
  ///
  /// On a slow line, drawing stops when a key is waiting.
  public func draw(_ cells: CellBuffer) -> Bool {
    isBlank = false
    return painter.show(cells.downgraded(to: capabilities)) { bytes in
      let start = ContinuousClock.now
      send(bytes)
      // Even a slow line accepts a few bytes at once, so the time that sending took decides.
      let isSlow = ContinuousClock.now - start > .milliseconds(5)
      return !isSlow || mbx_terminal_has_input() == 0
    }
  }

  /// Whether the terminal accepts output now; on a slow line it may still have enough to show.
  public var isReady: Bool { mbx_terminal_is_ready() == 1 }

  /// Waits for events and returns all that came; returns none when woken, or after `milliseconds`.
  public func nextEvents(within milliseconds: Int) throws(TerminalError) -> [Event] {
    if !pending.isEmpty {
      defer { pending = [] }
      return pending
    }
    // Some resizes do not interrupt the wait, so it must end by itself.
    mbx_terminal_wait(Int32(clamping: milliseconds))
    if mbx_terminal_is_to_stop() == 1 { suspend() } else { resume() }
    var events: [Event] = []
    while true {
      let event = mbx_terminal_next()
      switch Int(event.kind) {
      case MBX_NOTHING:
        if pasted?.isLate == true { events += endPaste() }
        if let end = deadline, .now > end {
          deadline = nil
          events += changes()
        }
        return events
      case MBX_REPLY:
        if let reply = TerminalReply(replyText) { events += take(reply) }
      case MBX_CLOSED: throw .closed
      case MBX_SIGNALLED: throw .signalled(event.value)
      case MBX_PASTE_BEGINS: pasted = PastedText()
      case MBX_PASTE_ENDS: events += endPaste()
      case MBX_CHARACTER where pasted != nil: pasted?.append(event.value)
      default:
        if let event = Event(event) { events.append(event) }
        // A font's size may change with the terminal's, or the other way round.
        if Int(event.kind) == MBX_RESIZED, deadline == nil { events += changes() }
      }
    }
  }

  /// The text of the terminal's last reply.
  private var replyText: String {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(MBX_REPLY_LENGTH)) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) {
        mbx_terminal_reply($0.baseAddress, $0.count)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func endPaste() -> [Event] {
    defer { pasted = nil }
    return pasted.map { [.paste($0.text)] } ?? []
  }

  /// Ends a wait for events; can be called from any thread.
  public let waker: @Sendable () -> Void = { mbx_terminal_wake() }

  /// Turns mouse events on, or leaves the mouse to the terminal for selecting text.
  public func listen(toMouse isOn: Bool) {
    mbx_terminal_mouse(isOn ? 1 : 0)
  }

  /// Stops the program until the shell continues it.
  public func suspend() {
    leave()
    mbx_terminal_suspend()
    resume()
  }

  /// Takes the terminal over again if the program was stopped, by a key or by a signal.
  private func resume() {
    guard mbx_terminal_resume() == 1 else { return }
    if mbx_terminal_answers() == 1 { send(Array(TerminalQueries.reportColors(true).utf8)) }
    painter.forget()
    isBlank = true
  }

  /// Undoes what ncurses knows nothing about.
  private func leave() {
    send(plain + painter.pictureless)
    if mbx_terminal_answers() == 1 { send(Array(TerminalQueries.reportColors(false).utf8)) }
  }

  /// Copies `text` to the terminal's clipboard (xterm's OSC 52), also over SSH.
  public func copy(_ text: String) {
    let encoded = Data(text.utf8).base64EncodedString()
    send(Array("\u{1B}]52;c;\(encoded)\u{7}".utf8))
  }

  /// Restores the terminal.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    leave()
    mbx_terminal_close()
  }

  /// Returns the colour depth of a terminal with `count` colours.
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
