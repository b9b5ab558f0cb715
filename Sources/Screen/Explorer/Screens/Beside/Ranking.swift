import MobileNet
import Tensors

/// How much each channel of one side's layer speaks for the class.
struct Ranking: Equatable, Sendable {
  /// The network.
  let model: Numbered<Model>
  /// What is measured now, and on which run.
  var influence: Influence
  var run: Numbered<Trace>
  /// What was measured last for all channels; nil before that.
  var values: [Float]?

  /// Whether it is about that layer and that class of that network, whatever the photo.
  func isAbout(_ side: Side, class classIndex: Int) -> Bool {
    model == side.model && influence.question.layer == side.layer
      && influence.question.classIndex == classIndex
  }

  /// The channels of the layer that are to be measured.
  var channels: Int { model.layers[influence.question.layer].output.channels }

  /// Whether all of them were measured on the run.
  var isComplete: Bool { influence.values.count == channels }

  /// The effect that measures the next channels.
  var next: Effect {
    .measureInfluence(influence.question, model, run, first: influence.values.count)
  }
}

extension ExplorerState {
  /// Asks how much channels speak for the class, on either side, where that is not known.
  ///
  /// What is being measured is finished first, even if the photo has changed since: on a stream of
  /// photos it would never come to an end otherwise.
  mutating func askForRankings() -> [Effect] {
    guard screen == .beside, beside.isNetwork, let sides else { return [] }
    var effects: [Effect] = []
    var kept: [Ranking] = []
    for side in [sides.left, sides.right] {
      guard let classIndex = side.classIndex, side.model.layers[side.layer].canBeSwitchedOff
      else { continue }
      let question = Influence.Question(
        run: side.run.number, layer: side.layer, classIndex: classIndex)
      let known = beside.rankings.first { $0.isAbout(side, class: classIndex) }
      if var known {
        if known.isComplete, known.influence.question != question {
          known.influence = Influence(question: question, values: [])
          known.run = side.run
          effects.append(known.next)
        }
        kept.append(known)
      } else {
        let new = Ranking(
          model: side.model, influence: Influence(question: question, values: []), run: side.run)
        effects.append(new.next)
        kept.append(new)
      }
    }
    beside.rankings = kept
    return effects
  }

  /// Takes in the influence of some channels, and asks for that of the next.
  mutating func ranked(_ question: Influence.Question, first: Int, _ values: [Float]) -> [Effect] {
    guard let index = beside.rankings.firstIndex(where: { $0.influence.question == question }),
      beside.rankings[index].influence.values.count == first
    else { return [] }
    beside.rankings[index].influence.values += values
    guard beside.rankings[index].isComplete else { return [beside.rankings[index].next] }
    beside.rankings[index].values = beside.rankings[index].influence.values
    return []
  }
}
