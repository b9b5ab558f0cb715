import Explanation
import MobileNet

extension AdversarialScreen {
  private func verdict(_ aim: AdversarialExample.Aim, isReached: Bool) -> String {
    switch aim {
    case .away: isReached ? "The answer is another one." : "The answer is still the same."
    case .toward:
      isReached ? "The answer is the wanted one." : "The answer is not the wanted one yet."
    }
  }

  func sentences(_ core: Core) -> [String] {
    guard core.model.checkpoint.architecture.classes ?? 0 > 1 else {
      return ["This checkpoint has no classes to choose from."]
    }
    if let problem = core.original?.trace.problem { return [problem.capitalizedFirst.asSentence] }
    guard let aim = aim(core), let before = core.original?.trace.predictions(top: 1).first,
      let example = example(core), let after = example.predictions.first
    else {
      return [
        core.live == nil
          ? "It is being computed."
          : "This needs a photo: the next frame of a stream would come first."
      ]
    }
    func said(_ prediction: Prediction) -> String {
      "\(core.model.checkpoint.shortLabel(prediction.classIndex)), "
        + core.percent(Double(prediction.probability))
    }
    let levels = example.step == 1 ? "1 grey level" : "\(example.step) grey levels"
    return [
      "As it is: \(said(before)).",
      "Each colour \(levels) of 255 up or down: \(said(after)).",
      verdict(aim, isReached: aim.isReached(by: after.classIndex)),
    ]
  }
}
