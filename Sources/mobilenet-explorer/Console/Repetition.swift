import ArgumentParser
import Foundation

/// An option for one value, or a flag and its opposite, that a person gives several times; the last
/// one counts.
struct Repetition {
  /// The option as it was written last.
  let option: String
  /// The value that counts.
  let value: String

  /// A line for the person.
  var text: String { "\(option) is given more than once; the last counts: \(value)" }

  /// Finds the repetitions among the `arguments` of `command`.
  static func all(in arguments: [String], of command: any ParsableCommand.Type) -> [Repetition] {
    let words = words(in: arguments)
    let opposites = opposites(among: words.map(\.name))
    guard mayRepeat(words.map(\.name)),
      let tool = try? JSONDecoder().decode(Tool.self, from: Data(command._dumpHelp().utf8))
    else { return opposites }
    return opposites
      + (tool.command.arguments ?? []).compactMap { option in
        let given = words.filter { option.spellings.contains($0.name) }
        guard option.kind == "option", !option.isRepeating, given.count > 1, let last = given.last
        else { return nil }
        return Repetition(option: last.name, value: last.value)
      }
  }

  /// The flags among `names` that are also given with "no".
  private static func opposites(among names: [String]) -> [Repetition] {
    Set(names).filter { $0.hasPrefix("--no-") }.sorted().compactMap { negative in
      let positive = "--" + negative.dropFirst("--no-".count)
      guard names.contains(positive) else { return nil }
      let last = names.last { $0 == positive || $0 == negative }
      return Repetition(option: "\(positive) or \(negative)", value: last ?? negative)
    }
  }

  /// Whether two of `names` may be those of one option; to know it takes long.
  private static func mayRepeat(_ names: [String]) -> Bool {
    // Short ones are the first letters of long ones.
    Set(names).count < names.count
      || names.contains { short in
        short.count == 2 && names.contains { $0.hasPrefix("-" + short) }
      }
  }

  /// The words that may be options, with what may be their values.
  private static func words(in arguments: [String]) -> [(name: String, value: String)] {
    let ours = arguments.prefix { $0 != "--" }
    return zip(ours, ours.dropFirst() + [""]).filter { $0.0.hasPrefix("-") }.map { word, next in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : (word, next)
    }
  }
}

/// The part of the argument parser's description of a command that tells which options it has.
private struct Tool: Decodable {
  let command: Command

  struct Command: Decodable {
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let isRepeating: Bool
    let names: [Name]?

    /// The names as people write them.
    var spellings: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
  }
}
