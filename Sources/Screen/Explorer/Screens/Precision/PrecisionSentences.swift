import Comparison
import Reports

extension PrecisionScreen {
  func sentences(_ core: Core) -> [String] {
    guard let floats = core.original?.trace else { return [core.waitingSentence] }
    let columns = PrecisionColumn.all(self, core, floats).map {
      "As \($0.name) the number under the cursor is \($0.value(core))."
    }
    guard let run = run(in: listed, core)?.value else {
      return [core.layerSentence, "The photo runs in \(listed.rawValue) …"] + columns
    }
    let loss = run.losses[core.selection.layer]
    return [
      core.layerSentence,
      LossReport.verdict(listed, run, core.layers, core.model.checkpoint).asSentence,
      "In \(listed.rawValue) the layer's error is \(LossReport.share(loss.error)) of its range, and "
        + "\(LossReport.share(loss.clipped)) is clipped.",
    ] + columns
  }
}
