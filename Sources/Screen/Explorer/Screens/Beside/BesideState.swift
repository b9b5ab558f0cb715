import Comparison
import MobileNet

/// What stands beside the explored network and its photo: another network, or another photo.
public struct BesideState: Equatable, Sendable {
  /// What is different on the other side.
  public enum Other: Hashable, Sendable {
    /// Another network, on the same photo.
    case network(Candidate)
    /// Another photo, in the same network.
    case photo(path: String)
  }

  /// What the other side is asked; photos may follow one another, and every new one is asked about.
  public struct Question: Hashable, Sendable {
    /// What is different.
    public let other: Other
    /// The number of the explored network.
    public let model: Int
    /// The number of its run.
    public let run: Int
  }

  /// What is different on the other side; nil before anything was chosen.
  public var other: Other?
  /// The other side, and the question that it answers.
  var answer: Answer?
  /// What was asked and is not answered yet.
  var asked: Question?
  /// What could not be set beside it, which is not asked for again.
  var failed: Other?
  /// How much channels speak for the class, for each side of two networks.
  var rankings: [Ranking] = []
  /// Which channel of either side's order is shown, from 0.
  public var rank = 0

  /// The other side, and the question that it answers.
  struct Answer: Equatable, Sendable {
    let question: Question
    let counterpart: Numbered<Counterpart>
  }

  /// Nothing beside it.
  public init() {}
}

/// The other side: a network, a photo, what the one made of the other.
public struct Counterpart: Sendable {
  /// The network.
  public let model: Numbered<Model>
  /// The photo.
  public let photo: Photo
  /// What the network made of it.
  public let run: Numbered<Trace>
  /// How similar each layer's output is to the explored one; none for another network.
  public let similarities: [Double?]

  /// Puts the other side together.
  public init(
    model: Numbered<Model>, photo: Photo, run: Numbered<Trace>, similarities: [Double?] = []
  ) {
    self.model = model
    self.photo = photo
    self.run = run
    self.similarities = similarities
  }
}

/// What can happen to what stands side by side.
public enum BesideAction: Equatable, Sendable {
  /// Something was to be set beside the explored network and its photo.
  case begun(BesideState.Other)
  /// The other side is there.
  case inferred(BesideState.Question, Numbered<Counterpart>)
  /// The other side is not coming, for a reason.
  case failed(BesideState.Question, String)
  /// Another channel was asked for, so many further in the order.
  case rankMoved(by: Int)
}

/// Applies what happened to what stands side by side.
func reduce(_ state: inout ExplorerState, _ action: BesideAction) -> [Effect] {
  switch action {
  case .begun(let other):
    state.open(Screen.ID.beside)
    state.beside = BesideState()
    state.beside.other = other
  case .inferred(let question, let counterpart):
    guard question == state.beside.asked else { return [] }
    state.beside.asked = nil
    // A question about the photo before is answered late, but nothing newer is known yet.
    guard question.other == state.beside.other else { return [] }
    state.beside.answer = BesideState.Answer(question: question, counterpart: counterpart)
  case .failed(let question, let reason):
    state.message = Message(reason, isError: true)
    guard question == state.beside.asked else { return [] }
    state.beside.asked = nil
    state.beside.failed = question.other
  case .rankMoved(let steps):
    guard state.beside.isNetwork else {
      state.select(channel: state.channel + steps)
      return []
    }
    let sides = state.sides
    let counts = [sides?.left, sides?.right].compactMap { $0?.output.shape.channels }
    state.beside.rank = min(max(state.beside.rank + steps, 0), max(0, (counts.max() ?? 1) - 1))
  }
  return []
}

extension BesideState {
  /// Whether the other side is another network.
  var isNetwork: Bool {
    if case .network = other { true } else { false }
  }
}

extension ExplorerState {
  /// What the other side should answer now; nil while nobody looks.
  private var besideQuestion: BesideState.Question? {
    guard screen == .beside, let other = beside.other, let run else { return nil }
    return BesideState.Question(other: other, model: model.number, run: run.number)
  }

  /// Asks for the other side unless it is there or was asked for.
  mutating func askForCounterpart() -> [Effect] {
    guard let question = besideQuestion, let run, beside.asked == nil,
      beside.failed != question.other,
      beside.answer?.question != question
    else { return [] }
    beside.asked = question
    return [
      .inferCounterpart(question, model: model, photo: photo, run: run, path: album.path)
    ]
  }
}
