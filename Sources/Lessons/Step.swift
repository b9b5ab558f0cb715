/// One step of a walkthrough: a question, or a part of the sum and what is to be said about it.
public struct Step: Equatable, Sendable {
  /// What a step is about.
  public enum Part: Equatable, Sendable {
    /// Something to be predicted; the next step answers it.
    case question
    /// The answer, and how the value will be made.
    case answer
    /// Some of the terms.
    case terms(Range<Int>)
    /// The bias.
    case bias
    /// The activation function, a mean, a share.
    case ending
    /// The value that the network recorded.
    case recorded
  }

  /// What it is about.
  public let part: Part
  /// What is said.
  public let text: String
  /// How many terms are in the sum by now.
  public let termsDone: Int

  init(_ part: Part, _ text: String, termsDone: Int = 0) {
    self.part = part
    self.text = text
    self.termsDone = termsDone
  }
}
