import ArgumentParser
import Catalogue
import Cells
import Explorer
import Foundation
import MobileNet
import Runtime
import Terminal

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Open the explorer on a photo (the default).",
    discussion: """
      Without an image it opens a bundled sample. When standard output is not a terminal, a report \
      is printed instead: the layers, the predictions and one heatmap.

      EXAMPLES
        mobilenet-explorer photo.jpg
        mobilenet-explorer --sample zone-plate --weights mobilenet-0.25
        mobilenet-explorer photo.jpg --resolution 128 --threads 1 | less
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String?

  @Option(help: ArgumentHelp("A bundled image; the samples command lists them.", valueName: "NAME"))
  var sample: String?

  @Flag(inversion: .prefixedNo, help: "Let the mouse select; hold Shift to select text.")
  var mouse = true

  @OptionGroup var display: DisplayOptions
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    if image != nil, sample != nil {
      throw ValidationError("--sample: give an image or the name of a sample, not both.")
    }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    let side = options.side(for: checkpoint)
    let model = Model(checkpoint: checkpoint, resolution: side)
    let photo = try ImageInput(try path()).photo(for: checkpoint, side: side)
    if isatty(STDOUT_FILENO) == 1 {
      try explore(model, photo)
    } else {
      try report(model, photo)
    }
  }

  private func path() throws -> String {
    if let image { return image }
    do {
      return try SampleCatalogue.path(of: sample)
    } catch {
      throw Failure(error)
    }
  }

  private func report(_ model: Model, _ photo: Photo) throws {
    let network = try options.network(model.checkpoint)
    var trace: Trace?
    // The first run finds cold memory; what it took would say little about the layers.
    for _ in 0..<2 { network.run(photo.prepared.tensor, reusing: &trace) }
    guard let trace else { return }
    let report = PlainReport(model: model, photo: photo, trace: trace)
    let parts = [
      report.title, report.layers, report.predictions,
      display.text(of: report.heatmap(display.view)),
    ]
    let text = parts.compactMap { $0 }.joined(separator: "\n\n")
    print(display.capabilities.unicode ? text : Ascii.text(text))
  }

  private func explore(_ model: Model, _ photo: Photo) throws {
    do {
      try show(model, photo)
    } catch .closed {
      // Nobody is left to tell.
    } catch .signalled(let number) {
      // Ending by the signal itself tells the shell which one it was.
      signal(number, SIG_DFL)
      raise(number)
    } catch {
      throw Failure(.unavailable, "\(error)")
    }
  }

  private func show(_ model: Model, _ photo: Photo) throws(TerminalError) {
    let terminal = try Terminal(
      capabilities: display.capabilities, mouse: mouse,
      name: ProcessInfo.processInfo.environment["TERM"] ?? "")
    defer { terminal.close() }
    var state = ExplorerState(
      size: terminal.size, model: Numbered(model, number: 0), photo: Numbered(photo, number: 0))
    state.view = display.view
    var loop = Loop(terminal: terminal, state: state, threads: options.threads)
    try loop.run()
  }
}
