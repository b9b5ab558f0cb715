import Explanation
import MobileNet
import Research

extension ScreenID { static let explanation = ScreenID("explanation") }

/// Why the answer is what it is: which parts of the photo made it, by several methods, and how far
/// each is to be trusted; and what a channel wants to see.
struct ExplanationScreen: Screen {
  static let id = ScreenID.explanation
  static let title = "Why"
  static let showsLayer = true

  /// What is explained.
  enum Subject: String, CaseIterable, Sendable {
    /// The class that is asked about, or its lead over another.
    case answer = "the answer"
    /// The mean of the selected channel.
    case channel = "the channel"
    /// The selected channel in the cell under the cursor.
    case cell = "the cell"
  }

  /// The method whose picture is large.
  var method = ExplanationMethod.gradient
  /// What is explained.
  var subject = Subject.answer
  /// Whether the selected layer is looked at in place of the input.
  var isAtLayer = false
  /// Whether the picture that the subject wants to see is drawn.
  var isDrawing = false
  /// Where chance begins for that picture.
  var seed: UInt64 = 1

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The method before or after was taken.
    case methodMoved(by: Int)
    /// A method was pointed at.
    case methodChosen(ExplanationMethod)
    /// The next thing to explain was taken.
    case subjectCycled
    /// The input was exchanged for the selected layer, or back.
    case placeSwitched
    /// What the subject wants to see was asked for, or put away.
    case drawingSwitched
    /// The same from other noise.
    case drawnAgain
  }

  /// Begins with the gradient of the answer.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .methodMoved(let steps):
      let all = ExplanationMethod.allCases
      let index = all.firstIndex(of: method) ?? 0
      method = all[min(max(index + steps, 0), all.count - 1)]
    case .methodChosen(let method): self.method = method
    case .subjectCycled:
      let all = Subject.allCases
      subject = all[((all.firstIndex(of: subject) ?? 0) + 1) % all.count]
    case .placeSwitched: isAtLayer.toggle()
    case .drawingSwitched: isDrawing.toggle()
    case .drawnAgain: seed += 1
    }
    return []
  }

  /// The number that is explained; nil while it is not known, or without a classifier.
  func target(_ core: Core) -> Target? {
    switch subject {
    case .answer:
      guard let index = core.selectedClass else { return nil }
      return core.rival.map { .difference(index, from: $0) } ?? .logit(index)
    case .channel:
      return .channelMean(layer: core.selection.layer, channel: core.channel)
    case .cell:
      let output = core.layer.output
      return .value(
        layer: core.selection.layer, row: min(core.cursor.y, output.height - 1),
        column: min(core.cursor.x, output.width - 1), channel: core.channel)
    }
  }

  /// The explanation by `method`; nil while there is no run, or where the method has no layer to look
  /// at.
  func question(_ method: ExplanationMethod, _ core: Core) -> ExplanationQuestion? {
    guard let run = core.run, let target = target(core),
      let last = try? target.position(in: core.layers)
    else { return nil }
    let isReached = core.selection.layer <= last
    let place: Explainer.Place = isAtLayer && isReached ? .layer(core.selection.layer) : .usual
    // Grad-CAM looks at a layer before what is explained, and conv1 has none.
    if method == .gradCAM, place == .usual, last == 0 { return nil }
    return ExplanationQuestion(
      core.model, run, core.photo, target: target, method: method, place: place)
  }

  /// What the subject wants to see.
  func drawing(_ core: Core) -> VisualizationQuestion? {
    target(core).map { VisualizationQuestion(core.model, target: $0, seed: seed) }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    if isDrawing { return drawing(core).map { [AnyQuestion($0)] } ?? [] }
    // Those that need a single backward pass first.
    let quick: [ExplanationMethod] = [.gradient, .gradCAM, .gradientTimesActivation]
    let others = (quick + [.smoothgrad, .integrated, .occlusion]).filter { $0 != method }
    let explanations = ([method] + others).compactMap { question($0, core) }
    guard let first = explanations.first else { return [] }
    // The next frame comes before all of it would be known.
    guard core.live == nil else { return [AnyQuestion(first)] }
    return explanations.map { AnyQuestion($0) } + [AnyQuestion(CurvesQuestion(first))]
      + [AnyQuestion(CurvesQuestion(nil, first.model, first.run, first.target))]
      + explanations.dropFirst().map { AnyQuestion(CurvesQuestion($0)) }
  }

  mutating func networkChanged(_ core: Core) {
    if core.model.checkpoint.architecture.classes == nil, subject == .answer { subject = .channel }
  }
}

extension Intent {
  /// Something happened on the screen that says why.
  static func explanation(_ action: ExplanationScreen.Action) -> Intent {
    .screen(ScreenAction(ExplanationScreen.self, action))
  }
}
