import ArgumentParser
import Catalogue
import Reports
import Samples

struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samples",
    abstract: "List the bundled images and what to look for in them.",
    discussion: """
      EXAMPLES
        mobilenet-explorer samples
        mobilenet-explorer --sample zone-plate
      """)

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let samples = try SampleCatalogue.all()
    if json {
      struct Row: Encodable {
        let name: String
        let lookFor: String
      }
      return try Output.print(
        JSONReport(samples.map { Row(name: $0.name, lookFor: $0.lookFor) }).text())
    }
    let width = samples.map(\.name.count).max() ?? 0
    for sample in samples {
      try Output.print("\(sample.name.padded(right: width))  \(sample.lookFor)")
    }
  }
}
