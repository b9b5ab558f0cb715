import ArgumentParser
import Cells
import Explorer
import Foundation
import Terminal

/// How pictures are shown: options of every command that draws.
struct DisplayOptions: ParsableArguments {
  enum Colors: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never, ansi16 = "16", palette256 = "256", trueColor = "truecolor"
  }

  @Option(
    help: ArgumentHelp(
      "Colours: auto asks the terminal and honours NO_COLOR; always is for pipes.",
      valueName: "MODE"))
  var color = Colors.auto

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "The colours of heatmaps.")
  var colorMap = ColorMap.viridis

  /// What to draw for: the terminal, or the pipe that standard output is.
  var capabilities: Capabilities {
    let environment = ProcessInfo.processInfo.environment
    var found = Capabilities(environment: environment, known: 256)
    if isatty(STDOUT_FILENO) == 0 { found.colors = .none }
    switch color {
    case .auto: break
    case .always: found.colors = max(found.colors, .palette256)
    case .never: found.colors = .none
    case .ansi16: found.colors = .ansi16
    case .palette256: found.colors = .palette256
    case .trueColor: found.colors = .trueColor
    }
    if ascii { found.unicode = false }
    return found
  }

  /// `cells` as standard output can show them; without a single escape sequence in a pipe.
  func text(of cells: CellBuffer) -> String {
    let capabilities = capabilities
    let isPlain = capabilities.colors == .none && isatty(STDOUT_FILENO) == 0
    return isPlain ? cells.downgraded(to: capabilities).text : cells.ansi(capabilities)
  }

  /// How activations become colours.
  var view: ViewSettings {
    var view = ViewSettings()
    view.colorMap = colorMap
    return view
  }
}

extension ColorMap: ExpressibleByArgument {}
