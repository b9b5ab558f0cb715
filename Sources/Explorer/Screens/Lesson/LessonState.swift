import Lessons
import MobileNet

/// Where a person is in a lesson.
public struct LessonState: Equatable, Sendable {
  /// What is explained.
  public enum Topic: String, CaseIterable, Sendable {
    /// How the layer made the value under the cursor.
    case cell = "this cell"
    /// The standard convolution in whose place two layers stand.
    case replacement = "what it replaced"
    /// Where parameters, multiply-adds and time go.
    case network = "whole network"
  }

  /// What is explained.
  public var topic = Topic.cell
  /// The step that is shown.
  public var step = 0
  /// Counts the plays, so that a tick of an older one is known; nil while nothing plays.
  public var play: Int?
  /// How many plays there were.
  var plays = 0
  /// Times of pairs and of what they replace, by the name of the depthwise layer.
  public var measured: [String: ReplacementTimes] = [:]
  /// The number of the model that they belong to.
  var measuredModel: Int?

  /// Begins with the cell under the cursor.
  public init() {}
}

/// What can happen in a lesson.
public enum LessonAction: Equatable, Sendable {
  /// The lesson was asked for.
  case begun
  /// The step before or after was asked for.
  case stepped(by: Int)
  /// The first or the last step was asked for.
  case wentToEnd(isLast: Bool)
  /// Playing was begun or stopped.
  case playSwitched
  /// It is time for the next step of a play.
  case ticked(play: Int)
  /// Another topic was asked for.
  case topicMoved(by: Int)
  /// A topic was pointed at.
  case topicSelected(LessonState.Topic)
  /// Another layer was asked for, so many away.
  case otherLayer(by: Int)
  /// Another cell was asked for, so many away.
  case cellMoved(x: Int, y: Int)
  /// A cell was pointed at.
  case cellSelected(x: Int, y: Int)
  /// A pair of layers and what it replaces were run.
  case measured(model: Int, depthwise: String, ReplacementTimes)
}

/// Applies what happened in a lesson.
func reduce(_ state: inout ExplorerState, _ action: LessonAction) -> [Effect] {
  switch action {
  case .begun:
    state.open(.lesson)
    state.leaveCorner()
    state.lesson.step = 0
    state.lesson.play = nil
    return state.missingMeasurement
  case .otherLayer(let steps):
    state.lesson.step = 0
    state.lesson.play = nil
    state.select(layer: state.place.layer + steps)
  case .stepped(let steps):
    state.lesson.play = nil
    state.showStep(state.lesson.step + steps)
  case .wentToEnd(let isLast):
    state.lesson.play = nil
    state.showStep(isLast ? .max : 0)
  case .playSwitched:
    guard state.lesson.play == nil else {
      state.lesson.play = nil
      return []
    }
    if state.lesson.step >= state.lessonSteps.count - 1 { state.lesson.step = 0 }
    state.lesson.plays += 1
    state.lesson.play = state.lesson.plays
    return state.nextTick
  case .ticked(let play):
    guard play == state.lesson.play, state.screen == .lesson else { return [] }
    state.showStep(state.lesson.step + 1)
    if state.lesson.step >= state.lessonSteps.count - 1 { state.lesson.play = nil }
    return state.nextTick
  case .topicMoved(let steps):
    let all = LessonState.Topic.allCases
    let index = all.firstIndex(of: state.lesson.topic) ?? 0
    return reduce(
      &state, LessonAction.topicSelected(all[(index + steps + all.count) % all.count]))
  case .topicSelected(let topic):
    state.lesson.topic = topic
    state.lesson.step = 0
    state.lesson.play = nil
    return state.missingMeasurement
  case .cellMoved(let x, let y):
    return reduce(&state, .zoom(.moved(x: x, y: y)))
  case .cellSelected(let x, let y):
    return reduce(&state, .zoom(.pointed(x: x, y: y)))
  case .measured(let model, let name, let times):
    guard model == state.model.number else { return [] }
    if state.lesson.measuredModel != model { state.lesson.measured = [:] }
    state.lesson.measuredModel = model
    state.lesson.measured[name] = times
    return state.missingMeasurement
  }
  return []
}

extension ExplorerState {
  /// How the value under the cursor was made; nil before the network has run.
  var walkthrough: Walkthrough? {
    guard let run, run.layers == layers else { return nil }
    let isPlace = layer.output.places > 1
    return Walkthrough(
      run.value, checkpoint: model.checkpoint, position: place.layer, row: isPlace ? zoom.y : 0,
      column: isPlace ? zoom.x : 0, channel: channel)
  }

  /// The pair of layers that the selected one belongs to.
  var replacement: Replacement? { Replacement(layers, position: place.layer) }

  /// Where parameters, multiply-adds and time go; nil before the network has run.
  var bill: NetworkBill? { run.map { NetworkBill(layers, milliseconds: $0.milliseconds) } }

  /// What was measured with this model.
  var measured: [String: ReplacementTimes] {
    lesson.measuredModel == model.number ? lesson.measured : [:]
  }

  /// The steps of the topic that is shown.
  var lessonSteps: [Step] {
    switch lesson.topic {
    case .cell: walkthrough?.steps ?? []
    case .replacement:
      replacement?.steps(
        measured: replacement.flatMap { measured[$0.depthwise.name] }) ?? []
    case .network: bill?.steps(measured: measured) ?? []
    }
  }

  /// The step that is shown; nil where there is nothing to explain.
  var lessonStep: Step? {
    let steps = lessonSteps
    return steps.isEmpty ? nil : steps[min(lesson.step, steps.count - 1)]
  }

  /// Goes to the channel's largest value if the person has not been anywhere yet.
  fileprivate mutating func leaveCorner() {
    guard zoom.x == 0, zoom.y == 0, layer.output.places > 1, let plane = output?.plane(channel)
    else { return }
    (zoom.y, zoom.x) = plane.largestPlace
  }

  /// Shows the step at `index`, or the nearest there is.
  fileprivate mutating func showStep(_ index: Int) {
    lesson.step = min(max(index, 0), max(0, lessonSteps.count - 1))
  }

  /// The effect that makes the next step of a play happen.
  fileprivate var nextTick: [Effect] {
    guard let play = lesson.play else { return [] }
    // Questions wait, so that a class can answer.
    let isQuestion = lessonStep?.part == .question
    return [.later(milliseconds: isQuestion ? 3000 : 900, .lesson(.ticked(play: play)))]
  }

  /// The effect that measures the next pair of layers that the topic needs.
  var missingMeasurement: [Effect] {
    guard screen == .lesson, let run else { return [] }
    let wanted: [Replacement] =
      switch lesson.topic {
      case .replacement: replacement.map { [$0] } ?? []
      case .network: bill?.replacements ?? []
      default: []
      }
    guard let next = wanted.first(where: { measured[$0.depthwise.name] == nil }) else {
      return []
    }
    return [.measureReplacement(model, run, layer: next.depthwise.index - 1)]
  }
}
