import ArgumentParser
import Catalogue
import Foundation
import Reports

struct WeightsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the checkpoints that are bundled or were fetched (the default).",
    discussion: """
      Accuracies are those that the files or their publishers state; evaluate measures them.

      EXAMPLES
        mobilenet-explorer weights
        mobilenet-explorer weights list --json
      """)

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var rows: [WeightsTable.Row] = []
    try WeightsCatalogue.requireBundled()
    for entry in WeightsCatalogue.all {
      do {
        let outline = try WeightsCatalogue.outline(entry.name)
        let size = try FileManager.default.attributesOfItem(atPath: entry.path)[.size] as? Int
        rows.append(
          WeightsTable.Row(
            name: entry.name, outline: outline, bytes: size ?? 0,
            published: entry.published))
      } catch {
        Console.note("\(error)")
      }
    }
    let table = WeightsTable(rows)
    try Output.print(json ? table.json.text() : table.text)
  }
}
