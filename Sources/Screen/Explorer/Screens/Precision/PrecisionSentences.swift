import Comparison
import MobileNet
import Reports

extension PrecisionScreen {
  func sentences(_ core: Core) -> [String] {
    guard let floats = core.original?.trace else { return [core.waitingSentence] }
    let columns = PrecisionColumn.all(self, core, floats).map {
      "In \($0.precision.spoken) the number under the cursor is \($0.value(core))."
    }
    guard let run = run(in: listed, core)?.value else {
      return [core.layerSentence, "The photo is run in \(listed.spoken)."] + columns
    }
    let loss = run.losses[core.selection.layer]
    return [
      core.layerSentence,
      LossReport.verdict(listed, run, core.layers, core.model.checkpoint).capitalizedFirst
        .asSentence,
      "In \(listed.spoken) the layer's error is \(LossReport.share(loss.error)) of its range, and "
        + "\(LossReport.share(loss.clipped)) is clipped.",
    ] + columns
  }
}

extension Precision {
  /// Its numbers, as people say them.
  fileprivate var spoken: String {
    switch self {
    case .float: "floats"
    case .half: "halves"
    case .integer: "integers"
    }
  }
}
