import MobileNet
import Research

extension ScreenID { static let ablation = ScreenID("ablation") }

/// What the network answers with a part of it switched off, beside what it answered before.
struct AblationScreen: Screen {
  static let id = ScreenID.ablation
  static let title = "Switched off"
  static let showsLayer = true

  /// Nothing to remember: what is off is part of what is under study.
  init() {}

  func wants(_ core: Core) -> [AnyQuestion] { core.change.map { [AnyQuestion($0)] } ?? [] }
}

extension Core {
  /// How far each layer changed by what is switched off; nil while nothing is, or nothing ran.
  var change: ChangeQuestion? {
    guard !switches.isEmpty, let original, let run, run != original else { return nil }
    return ChangeQuestion(from: original, to: run)
  }

  /// What is switched off, a line each, the last first.
  var switchNames: [String] { switches.reversed().map(name) }

  private func name(of part: SwitchOff) -> String {
    let layer = layers[part.layer].name
    switch part.part {
    case .channels(let channels):
      let numbers = runs(of: channels).joined(separator: ", ")
      return "\(layer), channel\(channels.count == 1 ? "" : "s") \(numbers)"
    case .area(let rows, let columns):
      return "\(layer), rows \(rows.lowerBound)–\(rows.upperBound - 1), "
        + "columns \(columns.lowerBound)–\(columns.upperBound - 1)"
    }
  }

  /// Numbers in ascending order, those that follow each other as one: `3, 5–8`.
  private func runs(of numbers: Set<Int>) -> [String] {
    let firsts = numbers.filter { !numbers.contains($0 - 1) }.sorted()
    return firsts.map { first in
      let last = (first...).first { !numbers.contains($0 + 1) } ?? first
      return first == last ? "\(first)" : "\(first)–\(last)"
    }
  }
}
