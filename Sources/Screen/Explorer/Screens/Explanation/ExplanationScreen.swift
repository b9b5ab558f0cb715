import Explanation
import MobileNet
import Research

extension ScreenID { static let explanation = ScreenID("explanation") }

/// Explains the answer: the parts of the photo that made it, by several methods, and how far each
/// method can be trusted; and the picture that excites a channel most.
struct ExplanationScreen: Screen {
  static let id = ScreenID.explanation
  static let title = "Why"
  static let showsLayer = true

  /// The kinds of targets to explain.
  enum TargetKind: String, CaseIterable, Sendable {
    /// The logit of the selected class, or its lead over the rival.
    case answer = "the answer"
    /// The mean of the selected channel.
    case channel = "the channel"
    /// The selected channel's value at the cursor.
    case cell = "the place"
  }

  /// The method whose map is shown large.
  var method = ExplanationMethod.gradient
  /// The kind of target that is explained.
  var targetKind = TargetKind.answer
  /// Whether the selected layer is explained in place of the input.
  var isAtLayer = false
  /// Whether the picture that maximises the target is drawn.
  var isDrawing = false
  /// The seed of that picture's noise.
  var seed: UInt64 = 1

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The method before or after was taken.
    case methodMoved(by: Int)
    /// A method was pointed at.
    case methodChosen(ExplanationMethod)
    /// The next kind of target was taken.
    case targetCycled
    /// The input was exchanged for the selected layer, or back.
    case levelSwitched
    /// Drawing the picture that maximises the target was begun, or ended.
    case drawingSwitched
    /// The picture was asked for again, from other noise.
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
    case .targetCycled:
      let all = TargetKind.allCases
      targetKind = all[((all.firstIndex(of: targetKind) ?? 0) + 1) % all.count]
    case .levelSwitched: isAtLayer.toggle()
    case .drawingSwitched: isDrawing.toggle()
    case .drawnAgain: seed += 1
    }
    return []
  }

  /// Returns the target; nil while the class is unknown, without a classifier, and where the run's
  /// value of it is not finite.
  func target(_ core: Core) -> Target? {
    guard let target = aimed(core) else { return nil }
    guard let trace = core.run?.trace, trace.problem != nil,
      let last = try? target.position(in: core.layers)
    else { return target }
    return target.value(of: trace.output(at: last)).isFinite ? target : nil
  }

  private func aimed(_ core: Core) -> Target? {
    switch targetKind {
    case .answer:
      guard let index = core.selectedClass else { return nil }
      return core.rival.map { .difference(index, from: $0) } ?? .logit(of: index, in: core.layers)
    case .channel:
      return .channelMean(layer: core.selection.layer, channel: core.channel)
    case .cell:
      let output = core.layer.output
      return .value(
        layer: core.selection.layer, row: min(core.cursor.y, output.height - 1),
        column: min(core.cursor.x, output.width - 1), channel: core.channel)
    }
  }

  /// Returns the question for the explanation by `method`; nil before the network has run, or if
  /// there is no layer for the method.
  func question(_ method: ExplanationMethod, _ core: Core) -> ExplanationQuestion? {
    guard let run = core.run, let target = target(core),
      let last = try? target.position(in: core.layers)
    else { return nil }
    let isReached = core.selection.layer <= last
    let level: Explainer.Level = isAtLayer && isReached ? .layer(core.selection.layer) : .usual
    // Grad-CAM explains by a layer before the target, and conv1 has none.
    if method == .gradCAM, level == .usual, last == 0 { return nil }
    let question = ExplanationQuestion(
      core.model, run, target: target, method: method, level: level)
    // On a stream, frames may come faster than they are explained.
    return core.live == nil ? question : core.answers.awaited(before: question) ?? question
  }

  /// Returns the question for the picture that maximises the target.
  func drawing(_ core: Core) -> VisualizationQuestion? {
    target(core).map { VisualizationQuestion(core.model, target: $0, seed: seed) }
  }

  /// Returns the reason why there is no such picture; nil unless it failed.
  func failure(_ core: Core) -> String? {
    drawing(core).flatMap { core.answers.failure(of: AnyQuestion($0)) }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    if isDrawing { return drawing(core).map { [AnyQuestion($0)] } ?? [] }
    guard let first = question(method, core) ?? questions(ExplanationMethod.allCases, core).first
    else { return [] }
    // On a stream only one map is asked for: the next frame comes before more could be known.
    guard core.live == nil else { return [AnyQuestion(first)] }
    // Cheap questions come first: maps of a single backward pass, then short deletion and insertion
    // curves, then the maps of many passes, and the full curves last.
    let slow: [ExplanationMethod] = [.smoothgrad, .integrated, .occlusion]
    let all = [method] + ExplanationMethod.allCases.filter { $0 != method }
    let stages: [[AnyQuestion]] = [
      questions(all.filter { $0 == method || !slow.contains($0) }, core).map { AnyQuestion($0) },
      curves(of: all.filter { !slow.contains($0) }, DeletionInsertion.fewSteps, core),
      questions(all, core).map { AnyQuestion($0) },
      curves(of: all, DeletionInsertion.fewSteps, core),
      curves(of: all, DeletionInsertion.steps, core),
    ]
    var wants: [AnyQuestion] = []
    for stage in stages {
      wants += stage
      if !stage.allSatisfy({ core.answers.isKnown($0) || core.answers.hasFailed($0) }) { break }
    }
    return wants
  }

  private func questions(
    _ methods: [ExplanationMethod], _ core: Core
  ) -> [ExplanationQuestion] {
    methods.compactMap { question($0, core) }
  }

  /// Returns the questions for the curves of the first of `methods`, then of chance, then of the
  /// others.
  private func curves(
    of methods: [ExplanationMethod], _ steps: Int, _ core: Core
  ) -> [AnyQuestion] {
    let measured = methods.compactMap { curvesQuestion($0, core, steps: steps) }
    let chance = chanceQuestion(core, steps: steps).map { [$0] } ?? []
    return (measured.prefix(1) + chance + measured.dropFirst()).map { AnyQuestion($0) }
  }

  /// Returns the explanation by `method`; nil until it is complete.
  func found(_ method: ExplanationMethod, _ core: Core) -> Numbered<Explanation>? {
    question(method, core).flatMap { core.answers[$0]?.found }
  }

  private func curvesQuestion(
    _ method: ExplanationMethod, _ core: Core, steps: Int
  ) -> CurvesQuestion? {
    guard let question = question(method, core), let found = found(method, core) else { return nil }
    return CurvesQuestion(question.model, question.run, question.target, found, steps: steps)
  }

  private func chanceQuestion(_ core: Core, steps: Int) -> CurvesQuestion? {
    guard let run = core.run, let target = target(core) else { return nil }
    return CurvesQuestion(core.model, run, target, nil, steps: steps)
  }

  /// Returns the best known curves of `method`, or of chance for nil.
  func curves(_ method: ExplanationMethod?, _ core: Core) -> DeletionInsertion? {
    for steps in [DeletionInsertion.steps, DeletionInsertion.fewSteps] {
      let question =
        method.map { curvesQuestion($0, core, steps: steps) } ?? chanceQuestion(core, steps: steps)
      if let known = question.flatMap({ core.answers[$0] }) { return known }
    }
    return nil
  }

  mutating func networkChanged(_ core: Core) {
    if core.model.checkpoint.architecture.classes == nil, targetKind == .answer {
      targetKind = .channel
    }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func explanation(_ action: ExplanationScreen.Action) -> Intent {
    .screen(ScreenAction(ExplanationScreen.self, action))
  }
}
