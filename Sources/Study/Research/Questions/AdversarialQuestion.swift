import Explanation
import Images
import MobileNet

/// A photo changed by a few grey levels per colour, so that a network's answer changes.
///
/// The answer grows by a picture per step, from the smallest step to the largest.
public struct AdversarialQuestion: Question {
  /// The work is dozens of runs and backward passes.
  public static let lane = Lane.measure
  /// The network.
  public let model: Numbered<Model>
  /// The photo as the network's input.
  public let photo: Numbered<Photo>
  /// The desired change of the network's answer.
  public let aim: AdversarialExample.Aim
  /// The number of rounds for each step.
  public let rounds: Int
  /// The steps: the most grey levels that a colour may change, one picture each.
  public let steps: ClosedRange<Int>
  /// Whether the first picture that reaches the aim is the last one.
  public let endsWhenReached: Bool

  /// Asks for `photo` changed towards `aim`, for each of `steps`.
  public init(
    _ model: Numbered<Model>, _ photo: Numbered<Photo>, aim: AdversarialExample.Aim, rounds: Int,
    steps: ClosedRange<Int> = AdversarialExample.usualSteps, endsWhenReached: Bool = false
  ) {
    self.model = model
    self.photo = photo
    self.aim = aim
    self.rounds = rounds
    self.steps = steps
    self.endsWhenReached = endsWhenReached
  }

  /// Makes a picture for each step.
  public func answer(
    _ researcher: Researcher, report: ([AdversarialExample]) throws -> Void
  ) throws -> [AdversarialExample] {
    let network = try researcher.network(for: model)
    var found: [AdversarialExample] = []
    for step in steps {
      let example = try AdversarialExample(
        network, photo.value.prepared.pixels, aim: aim, step: step, rounds: rounds
      ) { try report(found) }
      found.append(example)
      try report(found)
      if endsWhenReached, aim.isReached(by: example.predictions.first?.classIndex) { break }
    }
    return found
  }
}
