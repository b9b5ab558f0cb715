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
  enum TargetKind: String, CaseIterable, Sendable {
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
  var targetKind = TargetKind.answer
  /// Whether the selected layer is looked at in place of the input.
  var isAtLayer = false
  /// Whether the picture that the target wants to see is drawn.
  var isDrawing = false
  /// Where chance begins for that picture.
  var seed: UInt64 = 1

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// The method before or after was taken.
    case methodMoved(by: Int)
    /// A method was pointed at.
    case methodChosen(ExplanationMethod)
    /// The next thing to explain was taken.
    case targetCycled
    /// The input was exchanged for the selected layer, or back.
    case levelSwitched
    /// What the target wants to see was asked for, or put away.
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
    case .targetCycled:
      let all = TargetKind.allCases
      targetKind = all[((all.firstIndex(of: targetKind) ?? 0) + 1) % all.count]
    case .levelSwitched: isAtLayer.toggle()
    case .drawingSwitched: isDrawing.toggle()
    case .drawnAgain: seed += 1
    }
    return []
  }

  /// The number that is explained; nil while it is not known, or without a classifier.
  func target(_ core: Core) -> Target? {
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

  /// The explanation by `method`; nil while there is no run, or where the method has no layer to look
  /// at.
  func question(_ method: ExplanationMethod, _ core: Core) -> ExplanationQuestion? {
    guard let run = core.run, let target = target(core),
      let last = try? target.position(in: core.layers)
    else { return nil }
    let isReached = core.selection.layer <= last
    let level: Explainer.Level = isAtLayer && isReached ? .layer(core.selection.layer) : .usual
    // Grad-CAM looks at a layer before what is explained, and conv1 has none.
    if method == .gradCAM, level == .usual, last == 0 { return nil }
    let question = ExplanationQuestion(
      core.model, run, target: target, method: method, level: level)
    // Frames may come faster than they are explained.
    return core.live == nil ? question : core.answers.awaited(before: question) ?? question
  }

  /// What the target wants to see.
  func drawing(_ core: Core) -> VisualizationQuestion? {
    target(core).map { VisualizationQuestion(core.model, target: $0, seed: seed) }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    if isDrawing { return drawing(core).map { [AnyQuestion($0)] } ?? [] }
    guard let first = question(method, core) ?? questions(ExplanationMethod.allCases, core).first
    else { return [] }
    // The next frame comes before all of it would be known.
    guard core.live == nil else { return [AnyQuestion(first)] }
    // What is cheap comes first: maps of a single backward pass, then a first idea of how well they
    // hold, then the maps of many passes, and all curves in full at the end.
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

  /// How well the first of `methods` holds, then chance, then the others.
  private func curves(
    of methods: [ExplanationMethod], _ steps: Int, _ core: Core
  ) -> [AnyQuestion] {
    let measured = methods.compactMap { curvesQuestion($0, core, steps: steps) }
    let chance = chanceQuestion(core, steps: steps).map { [$0] } ?? []
    return (measured.prefix(1) + chance + measured.dropFirst()).map { AnyQuestion($0) }
  }

  /// What `method` found; nil until all of it is known.
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

  /// How well `method` holds, or chance without one: as well as is known by now.
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
  /// Something happened on the screen that says why.
  static func explanation(_ action: ExplanationScreen.Action) -> Intent {
    .screen(ScreenAction(ExplanationScreen.self, action))
  }
}
