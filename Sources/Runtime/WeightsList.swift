import Catalogue
import Explorer
import MobileNet
import Reports

/// What the picker of weights shows.
enum WeightsList {
  /// The bundled checkpoints with their facts.
  static var choices: [WeightsState.Choice] {
    WeightsCatalogue.names.map { name in
      do {
        return WeightsState.Choice(
          name: name, facts: facts(of: try WeightsCatalogue.checkpoint(name)))
      } catch {
        return WeightsState.Choice(name: name, facts: ["\(error)"])
      }
    }
  }

  private static func facts(of checkpoint: Checkpoint) -> [String] {
    let architecture = checkpoint.architecture
    let layers = architecture.layers(resolution: checkpoint.resolution)
    var facts = [
      "width \(NumberText.value(Float(architecture.width)))"
        + (architecture.isShallow ? ", shallow" : ""),
      architecture.classes.map { "\($0) classes" } ?? "no classifier",
      "\(NumberText.grouped(layers.parameters)) parameters",
      "\(architecture.padding.rawValue) padding, \(architecture.activation.rawValue)",
    ]
    if !checkpoint.accuracy.isEmpty { facts += ["", "measured accuracy", "at   top-1   top-5"] }
    for row in checkpoint.accuracy {
      facts.append(
        "\(row.resolution)  \(NumberText.fixed(row.top1, 2)) %  \(NumberText.fixed(row.top5, 2)) %")
    }
    return facts
  }
}
