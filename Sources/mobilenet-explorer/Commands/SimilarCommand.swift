import ArgumentParser
import Checkpoints
import Folders
import MobileNet
import Reports

struct SimilarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Find the photos that are most like one, as the network sees them.",
    discussion: """
      Compares what pool6 makes of IMAGE with the rows of FILE, which features wrote, with the \
      same weights and resolution: the cosine of the angle between them, 1 for the same image.

      EXAMPLES
        mobilenet-explorer features photos -o photos.npy
        mobilenet-explorer similar photo.jpg --features photos.npy
        mobilenet-explorer similar photo.jpg --features photos.npy --top 3 --json
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(
    help: ArgumentHelp("An array that features wrote.", valueName: "FILE"),
    completion: .file(extensions: ["npy"]), transform: NamedFile.path)
  var features: String

  @Option(parsing: .unconditional, help: ArgumentHelp("How many to print.", valueName: "N"))
  var top = 10

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top \(top): expected at least 1.") }
  }

  func run() throws {
    let checkpoint = try options.checkpoint().withoutClassifier()
    let network = try options.network(checkpoint)
    let photo = try ImageInput(image).photo(for: checkpoint, resolution: network.resolution)
    let row = network.probabilities(of: photo.prepared.tensor).values
    do {
      let index = try FeatureIndex(path: features)
      try index.require(
        FeatureIndex.Maker(
          digest: network.checkpoint.digest(), layer: network.layers.last?.name ?? "",
          resolution: network.resolution))
      let found = try index.nearest(to: row, count: top)
      if json {
        struct Line: Encodable {
          let image: String
          let cosine: Double
        }
        return try Output.print(
          JSONReport(found.map { Line(image: $0.image, cosine: $0.cosine) }).text())
      }
      for neighbour in found {
        try Output.print("\(NumberText.fixed(neighbour.cosine, 4))  \(neighbour.image.onOneLine)")
      }
    } catch let error as FolderError {
      throw Failure(error)
    }
  }
}
