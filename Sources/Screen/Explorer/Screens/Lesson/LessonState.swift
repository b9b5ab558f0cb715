import Lessons
import MobileNet

/// Where a person is in a lesson.
public struct LessonState: Equatable, Sendable {
  /// What is explained.
  public var topic = Topic.cell
  /// The step that is shown.
  public var step = 0
  /// Counts the plays, so that a tick of an older one is known; nil while nothing plays.
  public var play: Int?
  /// How many plays there were.
  var plays = 0
  /// Whether the arrows pick a cell; otherwise they step and go from layer to layer.
  public var picksCell = false
  /// Whether every step asks first, and not only some.
  public var asksFirst = false
  /// Whether what is shown is the network with the other convention.
  public var showsOther = false
  /// The position of the layer that the person chose; a topic that is not about it explains another.
  var layer = 0
  /// Times of pairs and of what they replace, by the name of the depthwise layer.
  public var measured: [String: ReplacementTimes] = [:]
  /// The number of the model that they belong to.
  var measuredModel: Int?
  /// The network with another convention, numbered as the run that it is compared with.
  var others: [Convention: Numbered<OtherRun>] = [:]
  /// The lesson that was made last.
  var made: MadeLesson?

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
  case topicSelected(Topic)
  /// Another layer was asked for, so many away among those that the topic is about.
  case otherLayer(by: Int)
  /// The arrows were given to the cell, or back to the steps.
  case pickingSwitched
  /// Questions before every step were asked for, or only before some.
  case askingSwitched
  /// Another cell was asked for, so many away.
  case cellMoved(x: Int, y: Int)
  /// A cell was pointed at.
  case cellSelected(x: Int, y: Int)
  /// The other convention was asked for, or the one that the weights were trained with.
  case conventionSwitched
  /// The run with another convention is there, numbered as the run that it is compared with.
  case ranOther(Numbered<OtherRun>)
  /// A pair of layers and what it replaces were run.
  case measured(model: Int, depthwise: String, ReplacementTimes)
}

/// Applies what happened in a lesson.
func reduce(_ state: inout ExplorerState, _ action: LessonAction) -> [Effect] {
  switch action {
  case .begun:
    state.open(.lesson)
    state.lesson.layer = state.place.layer
    state.findCell()
    state.take(state.lesson.topic)
  case .topicMoved(let steps):
    state.take(Topic.allCases.element(steps, after: state.lesson.topic))
  case .topicSelected(let topic):
    state.take(topic)
  case .otherLayer(let steps):
    let positions = state.layers.indices.filter { state.lesson.topic.isAbout(state.layers[$0]) }
    let index = positions.firstIndex(of: state.place.layer) ?? 0
    guard positions.indices.contains(index + steps) else { return [] }
    state.lesson.layer = positions[index + steps]
    state.take(state.lesson.topic)
  case .stepped(let steps):
    state.lesson.play = nil
    state.showStep(state.shownStep + steps)
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
  case .pickingSwitched:
    state.lesson.picksCell.toggle()
  case .askingSwitched:
    // The step that is shown, or the question before it.
    let step = state.lessonStep
    state.lesson.asksFirst.toggle()
    let isQuestion = step?.part == .question
    let index = state.lessonSteps.firstIndex { isQuestion ? $0.text == step?.text : $0 == step }
    state.showStep(index ?? state.lesson.step)
  case .cellMoved(let x, let y):
    return reduce(&state, .zoom(.moved(x: x, y: y)))
  case .cellSelected(let x, let y):
    return reduce(&state, .zoom(.pointed(x: x, y: y)))
  case .conventionSwitched:
    // The answers stand side by side in the last step.
    state.lesson.play = nil
    state.showStep(.max)
    state.lesson.showsOther.toggle()
  case .ranOther(let other):
    state.lesson.others[other.convention] = other
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
  /// Begins `topic` with the layer that the person chose, or the nearest that it is about.
  fileprivate mutating func take(_ topic: Topic) {
    lesson.topic = topic
    lesson.step = 0
    lesson.play = nil
    lesson.picksCell = false
    lesson.showsOther = false
    select(layer: topic.layer(nearest: lesson.layer, in: layers))
  }

  /// Goes to the channel's largest value if the person has chosen no cell yet.
  fileprivate mutating func findCell() {
    guard !zoom.isPlaced, layer.output.places > 1, let plane = output?.plane(channel)
    else { return }
    let place = plane.largestPlace
    _ = reduce(&self, ZoomAction.pointed(x: place.column, y: place.row))
  }

  /// The index of the step that is shown.
  fileprivate var shownStep: Int {
    lessonSteps.isEmpty ? lesson.step : min(lesson.step, lessonSteps.count - 1)
  }

  /// Shows the step at `index`, or the nearest there is.
  ///
  /// Keys that come while a lesson is being computed are kept: nobody knows yet how long it is.
  fileprivate mutating func showStep(_ index: Int) {
    let last = lessonSteps.isEmpty ? Int.max / 2 : lessonSteps.count - 1
    lesson.step = min(max(index, 0), last)
  }

  /// The effect that makes the next step of a play happen.
  fileprivate var nextTick: [Effect] {
    guard let play = lesson.play else { return [] }
    // Questions wait, so that a class can answer.
    let isQuestion = lessonStep?.part == .question
    return [.later(milliseconds: isQuestion ? 3000 : 900, .lesson(.ticked(play: play)))]
  }
}
