import ArgumentParser
import Cells
import Dispatch
import Explorer
import Files
import Foundation
import Live
import MobileNet
import Reports
import Research
import Settings
import Streams

struct LiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live",
    abstract: "Open the explorer on a stream of frames.",
    discussion: """
      SOURCE is a pipe (-), a FIFO or a file with YUV4MPEG2 (8 bits, 4:2:0, 4:2:2, 4:4:4, grey) or \
      concatenated PPM, or a folder of numbered PNG and JPEG images. The newest frame wins. When \
      standard output is not a terminal, a line a second is printed instead.

      EXAMPLES
        ffmpeg -nostdin -v error -i clip.mp4 -f yuv4mpegpipe - \\
          | mobilenet-explorer live -
        ffmpeg -nostdin -v error -f v4l2 -i /dev/video0 -pix_fmt yuv420p \\
          -f yuv4mpegpipe - | mobilenet-explorer live -
        mobilenet-explorer live frames/ --rate 5
        mobilenet-explorer live clip.y4m --every-frame --rate 0 --report --json
      """)

  @Argument(help: ArgumentHelp("Where frames come from; - is standard input.", valueName: "SOURCE"))
  var source: String

  @Flag(help: "Infer every frame, and let the source wait; otherwise the newest wins.")
  var everyFrame = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Frames a second to take (default: the stream's own); 0 for all that come.",
      valueName: "N"))
  var rate: Double?

  @Option(help: "The colours of YUV4MPEG2, which it cannot say (default: by the frames' size).")
  var matrix: YUVColors.Matrix?

  @Flag(help: "Print a line a second and totals at the end, without a screen.")
  var report = false

  @Flag(help: "Print the report as lines of JSON.")
  var json = false

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    if let rate, rate != 0, !(FrameFormat.rates ~= rate) {
      throw ValidationError(
        "--rate \(NumberText.trimmed(rate, digits: 9)): expected 0.01 to 10,000 frames a second, or 0."
      )
    }
  }

  func run() throws {
    let settings = try screen.settings()
    var options = options
    let checkpoint = try options.checkpoint(or: settings, from: screen.file)
    try checkSource()
    if report || json || isatty(STDOUT_FILENO) == 0 {
      try printReport(of: try options.network(checkpoint))
    } else {
      try show(checkpoint, settings, options)
    }
  }

  private var pipelineOptions: Pipeline.Options {
    var result = Pipeline.Options()
    result.keepsEvery = everyFrame
    result.rate = rate
    result.matrix = matrix
    return result
  }

  /// Throws at once if no stream can ever come from the source.
  private func checkSource() throws {
    if source == ImageInput.standardInput, isatty(STDIN_FILENO) == 1 {
      throw Failure(
        .noInput,
        "standard input: is a terminal, expected a stream of frames from a pipe or a file")
    }
    if source != ImageInput.standardInput, FileName.kind(at: source) == nil {
      throw Failure(.noInput, "\(source): no such file, FIFO or folder")
    }
  }

  private func show(
    _ checkpoint: Checkpoint, _ settings: Settings, _ options: NetworkOptions
  ) throws {
    let resolution = options.resolution(for: checkpoint)
    let model = Model(
      checkpoint: checkpoint, source: options.weights, said: options.said, resolution: resolution)
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: Numbered(model, number: 0),
      photo: Numbered(Photo(before: source, for: model), number: 0))
    state.view = settings.view
    state.hearsMouse = settings.mouse
    state.keys = settings.keys
    state.live = LiveState()
    let pipeline = try OnScreen.show(
      state, settings, threads: options.threads, source: (source, pipelineOptions))
    guard let pipeline else { return }
    if pipeline.tally.read > 0 { try Output.print(LiveReport(total: pipeline.tally).text) }
    // A person who saw frames was also told on the screen why no more came.
    if pipeline.tally.inferred == 0, let failure = pipeline.failure { throw Failure(failure) }
  }

  private func printReport(of network: Network) throws {
    let reporter = Reporter(network, source: source, options: pipelineOptions)
    // Ctrl-C ends the stream, and the totals are still printed.
    signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler { reporter.stop() }
    interrupt.resume()
    let failure = try reporter.run { line in
      try Output.print(json ? line.json() : line.text)
    }
    if let failure { throw Failure(failure) }
  }
}

extension YUVColors.Matrix: ExpressibleByArgument {}
