import MobileNet

/// How much each channel of a layer adds to the sum of a class before softmax, measured by switching
/// each off alone.
public struct Influence: Equatable, Sendable {
  /// What is measured.
  public struct Question: Equatable, Sendable {
    /// The number of the run.
    public let run: Int
    /// The layer, counted from 0.
    public let layer: Int
    /// The class.
    public let classIndex: Int
  }

  /// The channels that are measured at a time; a person who goes elsewhere waits for no more.
  public static let batch = 16

  /// What is measured.
  let question: Question
  /// What was measured until now, channel by channel.
  var values: [Float]
}

extension ExplorerState {
  /// What the grid wants to know of the selected layer; nil when its order does not depend on it.
  var influenceQuestion: Influence.Question? {
    guard screen == .grid, grid.order == .influence, layer.canBeSwitchedOff, let run,
      let index = selectedClass
    else { return nil }
    return Influence.Question(run: run.number, layer: place.layer, classIndex: index)
  }

  /// The effect that measures the next channels, unless all are measured or some are being measured.
  var missingInfluence: [Effect] {
    guard let question = influenceQuestion, let run else { return [] }
    let measured = grid.influence?.question == question ? grid.influence?.values.count ?? 0 : 0
    guard measured < layer.output.channels else { return [] }
    return [.measureInfluence(question, model, run, first: measured)]
  }

  /// Takes in the influence of some channels, and asks for that of the next.
  mutating func measured(_ question: Influence.Question, first: Int, _ values: [Float]) -> [Effect]
  {
    guard question == influenceQuestion else { return [] }
    let known = grid.influence.flatMap { $0.question == question ? $0.values : nil } ?? []
    guard known.count == first else { return [] }
    grid.influence = Influence(question: question, values: known + values)
    if influence != nil, let best = gridChannels.first { select(channel: best) }
    return missingInfluence
  }

  /// The measured influence of every channel of the selected layer, once all are measured.
  var influence: [Float]? {
    guard let question = influenceQuestion, let found = grid.influence,
      found.question == question, found.values.count == layer.output.channels
    else { return nil }
    return found.values
  }
}
