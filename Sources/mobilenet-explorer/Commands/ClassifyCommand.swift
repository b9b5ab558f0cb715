import ArgumentParser
import Folders
import MobileNet
import Reports

struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Print the most likely classes of images.",
    discussion: """
      Where the first class is more likely wrong than right, "not sure" stands above it; classes \
      lists what the network can answer at all. JSON is an array of {"image", "precision", "sure", \
      "predictions": [{"class", "label", "probability"}]}; "class" is the number in the \
      checkpoint's own numbering, and "sure" is there where it was measured what probabilities \
      mean. Images that can't be read, or get no answer, are named on standard error, and the exit \
      status is that of the first.

      EXAMPLES
        mobilenet-explorer classify photo.jpg
        mobilenet-explorer classify photos/ --top 1
        mobilenet-explorer classify --top 3 --weights mobilenet-0.25 a.jpg b.png
        curl -s https://example.org/photo.jpg | mobilenet-explorer classify --json -
      """)

  @Argument(
    help: ArgumentHelp(
      "PNG or JPEG files, or folders of them; - is standard input.", valueName: "IMAGE"))
  var images: [String]

  @Option(parsing: .unconditional, help: ArgumentHelp("How many classes to print.", valueName: "N"))
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var precision: PrecisionOption
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top \(top): expected at least 1.") }
    guard images.count(where: { $0 == ImageInput.standardInput }) < 2 else {
      throw ValidationError("classify: standard input holds one image, not two.")
    }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    guard checkpoint.architecture.classes != nil else {
      throw Failure(.data, "\(options.weights): has no classifier, so it cannot classify")
    }
    let network = try precision.network(checkpoint, options)
    var entries: [PredictionReport.Entry] = []
    var failed: Failure?
    let files = try images.flatMap(Self.files)
    let bar = ProgressBar(total: files.count)
    for (index, image) in files.enumerated() {
      if files.count > images.count { bar.show(index, note: image) }
      do {
        let photo = try ImageInput(image).photo(for: checkpoint, resolution: network.resolution)
        let probabilities = network.probabilities(of: photo.prepared.tensor).values
        if !probabilities.allSatisfy(\.isFinite),
          let problem = network.run(photo.prepared.tensor).problem
        {
          throw Failure(.data, "\(image): \(problem)")
        }
        entries.append(
          PredictionReport.Entry(
            image: image, predictions: Prediction.top(top, of: probabilities)))
      } catch let failure as Failure {
        bar.clear()
        Console.note(failure.reason)
        failed = failed ?? failure
      }
    }
    bar.clear()
    if !entries.isEmpty {
      let report = PredictionReport(
        entries, checkpoint: checkpoint, precision: network.precision)
      try Output.print(json ? report.json.text() : report.text)
    }
    if let failed { throw ExitCode(failed.kind.rawValue) }
  }

  /// Returns the images in the folder at `path`, at any depth, or `path` itself if it is no folder.
  private static func files(_ path: String) throws -> [String] {
    guard ImageFolder.isFolder(path) else { return [path] }
    let folder = try ImageFolder(path)
    return folder.images.map { folder.path(of: $0) }
  }
}
