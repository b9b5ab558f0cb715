import Catalogue
import Explorer
import Reports

/// What the picker of weights shows.
enum WeightsList {
  /// The checkpoints that have a name.
  static var choices: [WeightsState.Choice] {
    WeightsCatalogue.bundled.map {
      WeightsState.Choice(name: $0.name, origin: WeightsState.Choice.bundled)
    }
      + WeightsCatalogue.fetched.map { WeightsState.Choice(name: $0.name, origin: "fetched") }
  }

  /// What the checkpoint called `name`, or at that path, is, or why it can't be used.
  static func facts(of name: String) -> WeightsState.Facts {
    do {
      let report = CheckpointReport(
        try WeightsCatalogue.outline(name), published: WeightsCatalogue.entry(name)?.published)
      var facts = report.facts.map {
        WeightsState.Fact(
          name: $0.name, value: $0.value, source: $0.source?.description,
          isAssumption: $0.source?.isAssumption ?? false)
      }
      for (source, rows) in report.accuracies {
        facts.append(WeightsState.Fact(name: "", value: ""))
        facts.append(WeightsState.Fact(name: "top-1 / top-5", value: source))
        facts += rows.map {
          WeightsState.Fact(
            name: "at \($0.resolution)",
            value: "\(NumberText.fixed($0.top1, 1)) / \(NumberText.fixed($0.top5, 1))")
        }
      }
      return .known(facts)
    } catch {
      return .problem("\(error)")
    }
  }
}
