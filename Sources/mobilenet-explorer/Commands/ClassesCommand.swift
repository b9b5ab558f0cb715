import ArgumentParser
import Foundation
import MobileNet
import Reports

struct ClassesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classes",
    abstract: "List what a network can answer, or search for it.",
    discussion: """
      A line a class: its number, its WordNet id where it has one, its name. Every WORD must be \
      in the line, in whatever case. The exit status is 1 where no class has them all.

      EXAMPLES
        mobilenet-explorer classes
        mobilenet-explorer classes cat
        mobilenet-explorer classes bottle --weights my_model.onnx --json
      """)

  @Argument(help: ArgumentHelp("What to look for.", valueName: "WORD"))
  var words: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  private struct Row: Encodable {
    let `class`: Int
    let wordNetID: String?
    let label: String

    /// The printed line, which is also the text that is searched.
    var text: String {
      [`class`.description.padded(left: 4), wordNetID, label].compactMap(\.self)
        .joined(separator: "  ")
    }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    guard let count = checkpoint.architecture.classes else {
      throw Failure(.data, "\(options.weights): has no classifier, so it has no classes")
    }
    // A class that has no id has an empty one.
    let ids = checkpoint.wordNetIDs.map { $0.isEmpty ? nil : $0 }
    let all = (0..<count).map { index in
      Row(
        class: index, wordNetID: ids.indices.contains(index) ? ids[index] : nil,
        label: checkpoint.label(index))
    }
    let found = all.filter { row in
      words.allSatisfy { row.text.localizedCaseInsensitiveContains($0) }
    }
    if json {
      try Output.print(JSONReport(found).text())
    } else if !found.isEmpty {
      try Output.print(found.map(\.text).joined(separator: "\n"))
    }
    guard found.isEmpty else { return }
    let nearest = all.map(\.label).nearest(to: words.joined(separator: " "))
    Console.note(
      "\(words.joined(separator: " ")): none of the \(count) classes of \(checkpoint.name)"
        + (nearest.map { "; the nearest is \($0)" } ?? ""))
    throw ExitCode(1)
  }
}
