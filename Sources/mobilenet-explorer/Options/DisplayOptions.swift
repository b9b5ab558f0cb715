import ArgumentParser
import Cells
import Explorer
import Foundation
import Settings
import Terminal

/// The options of every command that draws: colours, characters, pixels and theme.
struct DisplayOptions: ParsableArguments {
  enum Colors: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never, ansi16 = "16", palette256 = "256", trueColor = "truecolor"
  }

  @Option(
    help: ArgumentHelp(
      "Colours: auto asks the terminal and honours NO_COLOR; always is for pipes.",
      valueName: "MODE"))
  var color: Colors?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(help: "Say everything in sentences, for screen readers: no pictures and no boxes.")
  var plain = false

  @Option(
    help: ArgumentHelp(
      "The signs that pictures are made of; auto takes what the terminal draws.",
      valueName: "SET"))
  var glyphs: Preferences.Glyphs?

  @Option(
    help: ArgumentHelp("Pictures as pixels; auto asks the terminal.", valueName: "PROTOCOL"))
  var pixels: Preferences.Pixels?

  @Option(
    help: ArgumentHelp(
      "The ground that text is read on; auto asks the terminal.", valueName: "THEME"))
  var theme: Preferences.Theme?

  @Option(help: "The colours of heatmaps.")
  var colorMap: ColorMap?

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: mobilenet-explorer/config in $XDG_CONFIG_HOME).",
      valueName: "FILE"), transform: NamedFile.path)
  var config: String?

  /// Returns the settings of the configuration file, overridden by the options.
  func settings() throws -> Settings {
    var settings = try SettingsFile(config).settings()
    if let color { settings.color = color.rawValue }
    if ascii { settings.ascii = true }
    if plain { settings.view.isPlain = true }
    if let glyphs { settings.preferences.glyphs = glyphs }
    if let pixels { settings.preferences.pixels = pixels }
    if let theme { settings.preferences.theme = theme }
    if let colorMap { settings.view.colorMap = colorMap }
    settings.view.language = settings.spokenLanguage
    return settings
  }
}

/// The options of the commands that open the explorer: how it looks, and what language it speaks.
struct ScreenOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Let the mouse select; hold Shift to select text.")
  var mouse: Bool?

  @OptionGroup var language: LanguageOptions
  @OptionGroup var display: DisplayOptions

  /// The file that the settings are from.
  var file: SettingsFile { SettingsFile(display.config) }

  /// Returns the settings of the configuration file, overridden by the options.
  func settings() throws -> Settings {
    var settings = try display.settings()
    if let language = language.language { settings.view.language = language }
    if let mouse { settings.mouse = mouse }
    return settings
  }
}

extension Settings {
  /// The capabilities to draw for: those of the terminal, or of the pipe that standard output is.
  var capabilities: Capabilities {
    var found = Capabilities(environment: ProcessInfo.processInfo.environment, known: 256)
    if isatty(STDOUT_FILENO) == 0 { found.colors = .none }
    switch DisplayOptions.Colors(rawValue: color) ?? .auto {
    case .auto: break
    case .always: found.colors = max(found.colors, .palette256)
    case .never: found.colors = .none
    case .ansi16: found.colors = .ansi16
    case .palette256: found.colors = .palette256
    case .trueColor: found.colors = .trueColor
    }
    if ascii { found.unicode = false }
    found.glyphs = GlyphSet(rawValue: preferences.glyphs.rawValue) ?? .half
    return found
  }

  /// Returns `cells` as text for standard output; in a pipe, unless colours were asked for, without
  /// escape sequences.
  func text(of cells: CellBuffer) -> String {
    let capabilities = capabilities
    let isPlain = capabilities.colors == .none && isatty(STDOUT_FILENO) == 0
    return isPlain ? cells.downgraded(to: capabilities).text : cells.ansi(capabilities)
  }
}

extension ColorMap: ExpressibleByArgument {}
extension Preferences.Glyphs: ExpressibleByArgument {}
extension Preferences.Pixels: ExpressibleByArgument {}
extension Preferences.Theme: ExpressibleByArgument {}
