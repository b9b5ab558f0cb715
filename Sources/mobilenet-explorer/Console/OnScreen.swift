import Catalogue
import Explorer
import Foundation
import Live
import Runtime
import Settings
import Terminal

/// The explorer on the terminal.
enum OnScreen {
  /// Shows `state`, or the stream from `source`, until the person quits; returns the stream, or nil
  /// if there was none or the terminal is gone.
  @discardableResult
  static func show(
    _ state: ExplorerState, _ settings: Settings, threads: Int?,
    source: (path: String, options: Pipeline.Options)? = nil
  ) throws -> Pipeline? {
    do {
      return try run(state, settings, threads, source)
    } catch .closed {
      // The terminal is closed: nobody could read a message.
      return nil
    } catch .signalled(let number) {
      // Ending by the signal itself tells the shell which signal it was.
      endBySignal(number)
    } catch {
      throw Failure(.unavailable, "\(error)")
    }
  }

  /// Ends the program with the signal's default action.
  static func endBySignal(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }

  private static func run(
    _ state: ExplorerState, _ settings: Settings, _ threads: Int?,
    _ source: (path: String, options: Pipeline.Options)?
  ) throws(TerminalError) -> Pipeline? {
    let terminal = try Terminal(
      capabilities: settings.capabilities, preferences: settings.preferences,
      mouse: settings.mouse, environment: ProcessInfo.processInfo.environment)
    defer { terminal.close() }
    var state = state
    state.size = terminal.size
    state.view.capabilities = terminal.capabilities
    state.tell(Console.notes)
    var loop = Loop(
      terminal: terminal, state: state, library: WeightsLibrary(), threads: threads, source: source)
    try loop.run()
    return loop.pipeline
  }
}
