import Explanation
import Images
import MobileNet

/// Which parts of the input, or of a layer's output, make a number what it is.
public struct ExplanationQuestion: Question {
  /// A backward pass or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// The number that is explained.
  public let target: Target
  /// How.
  public let method: ExplanationMethod
  /// Where.
  public let level: Explainer.Level
  /// How much work the methods that repeat themselves do.
  public let settings: Explainer.Settings

  /// What is known: how much is done, and what was found by now.
  public struct Answer: Sendable {
    /// The part that is done, 0…1.
    public let part: Double
    /// What was found.
    public var found: Numbered<Explanation>?
    /// That, to be laid over the photo; before the end, as far as it has come.
    public var map: AttributionMap?
  }

  /// Asks what made `target` in `run`, a run of `model`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, target: Target, method: ExplanationMethod,
    level: Explainer.Level, settings: Explainer.Settings = Explainer.Settings()
  ) {
    self.model = model
    self.run = run
    self.target = target
    self.method = method
    self.level = level
    self.settings = settings
  }

  /// Some methods take a hundred runs.
  public var lane: Lane {
    switch method {
    case .gradient, .gradCAM, .gradientTimesActivation: Self.lane
    case .smoothgrad, .integrated, .occlusion: .measure
    }
  }

  /// The same of the photo before.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && target == older.target && method == older.method
      && level == older.level && settings == older.settings
  }

  /// The parts of long work after each of which its map is shown.
  private static let maps = 12.0

  /// Explains; throws why the target or the layer makes no sense.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let explainer = Explainer(
      try researcher.network(for: model), run.trace, settings: settings)
    var dropped: (any Error)?
    var latest = Answer(part: 0)
    let found = try explainer.explain(target, by: method, at: level) { part, soFar in
      let (before, now) = (latest.part * Self.maps, part * Self.maps)
      let isNext = now.rounded(.down) > before.rounded(.down)
      latest = Answer(part: part, map: isNext ? AttributionMap(soFar) : latest.map)
      do {
        try report(latest)
        return true
      } catch {
        dropped = error
        return false
      }
    }
    if let dropped { throw dropped }
    return Answer(
      part: 1, found: found.map { researcher.number($0) }, map: found.map { AttributionMap($0) })
  }
}

/// How well an explanation holds: its deletion and insertion curves.
public struct CurvesQuestion: Question {
  /// Dozens of runs.
  public static let lane = Lane.measure
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// The number that is explained.
  public let target: Target
  /// The explanation; nil for chance.
  public let explanation: Numbered<Explanation>?
  /// The steps of each curve.
  public let steps: Int
  /// Where chance begins.
  public let settings: Explainer.Settings

  /// Asks how well `explanation` of `target` in `run`, a run of `model`, holds; without one, how well
  /// chance does.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ target: Target,
    _ explanation: Numbered<Explanation>?, steps: Int = DeletionInsertion.steps,
    settings: Explainer.Settings = Explainer.Settings()
  ) {
    self.model = model
    self.run = run
    self.target = target
    self.explanation = explanation
    self.steps = steps
    self.settings = settings
  }

  /// The curves; nil until all of them are known.
  public func answer(
    _ researcher: Researcher, report: (DeletionInsertion?) throws -> Void
  ) throws -> DeletionInsertion? {
    let explainer = Explainer(
      try researcher.network(for: model), run.trace, settings: settings)
    func pause() throws { try report(nil) }
    return try explanation.map {
      try explainer.curves(of: $0.value, steps: steps, pause: pause)
    } ?? explainer.randomCurves(of: target, steps: steps, pause: pause)
  }
}

/// What several methods say of a number, and how well each holds beside chance.
public struct SurveyQuestion: Question {
  /// What is known: how much is done, and what was found by now.
  public struct Answer: Sendable {
    /// The part of the explanations that is done, 0…1.
    public let part: Double
    /// The method that is at work.
    public let method: ExplanationMethod?
    /// The explanations.
    public let entries: [ExplanationReport.Entry]
    /// The curves of chance; nil where no curves are asked for.
    public var chance: DeletionInsertion?
  }

  /// Hundreds of runs.
  public static let lane = Lane.measure
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// The number that is explained.
  public let target: Target
  /// How.
  public let methods: [ExplanationMethod]
  /// Where.
  public let level: Explainer.Level
  /// Whether curves say how well each explanation holds.
  public let measuresCurves: Bool
  /// How much work the methods that repeat themselves do.
  public let settings: Explainer.Settings

  /// Asks each of `methods` what made `target` in `run`, a run of `model`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, target: Target, methods: [ExplanationMethod],
    level: Explainer.Level, measuresCurves: Bool, settings: Explainer.Settings
  ) {
    self.model = model
    self.run = run
    self.target = target
    self.methods = methods
    self.level = level
    self.measuresCurves = measuresCurves
    self.settings = settings
  }

  /// Asks one after another; throws as the first does that makes no sense.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    var entries: [ExplanationReport.Entry] = []
    for (number, method) in methods.enumerated() {
      // Among several methods, Grad-CAM looks where it can.
      let isMisplaced = method == .gradCAM && level == .input && methods.count > 1
      let question = ExplanationQuestion(
        model, run, target: target, method: method, level: isMisplaced ? .usual : level,
        settings: settings)
      let answer = try question.answer(researcher) { known in
        let part = (Double(number) + known.part) / Double(methods.count)
        try report(Answer(part: part, method: method, entries: entries))
      }
      guard let found = answer.found else { continue }
      entries.append(
        ExplanationReport.Entry(found.value, curves: try curves(of: found, researcher)))
    }
    return Answer(part: 1, method: nil, entries: entries, chance: try curves(of: nil, researcher))
  }

  private func curves(
    of found: Numbered<Explanation>?, _ researcher: Researcher
  ) throws -> DeletionInsertion? {
    guard measuresCurves else { return nil }
    return try researcher.answer(CurvesQuestion(model, run, target, found, settings: settings))
  }
}

/// What a channel, a cell or a class wants to see; the picture forms step by step.
public struct VisualizationQuestion: Question {
  /// A second or two of runs and backward passes.
  public static let lane = Lane.measure
  /// The usual side of the picture.
  public static let side = 128
  /// The steps that the explorer takes.
  public static let steps = 128
  /// The network.
  public let model: Numbered<Model>
  /// What is made large.
  public let target: Target
  /// Where chance begins.
  public let seed: UInt64
  /// The side of the picture.
  public let side: Int
  /// The steps after which it is done.
  public let steps: Int

  /// What is known: the picture so far.
  public struct Answer: Sendable {
    /// The picture.
    public let pixels: Pixels
    /// The steps that are done.
    public let step: Int
    /// How large the picture makes the target; nil until it is done.
    public var value: Double?
  }

  /// Asks what `target` wants to see in `model`.
  public init(
    _ model: Numbered<Model>, target: Target, seed: UInt64, side: Int = Self.side,
    steps: Int = Self.steps
  ) {
    self.model = model
    self.target = target
    self.seed = seed
    self.side = side
    self.steps = steps
  }

  /// Draws; what is reported is the picture after every few steps.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let picture = try FeatureVisualization(network(researcher), target: target, seed: seed)
    while picture.step < steps {
      try picture.advance()
      if picture.step % 4 == 0 { try report(Answer(pixels: picture.pixels, step: picture.step)) }
    }
    return Answer(pixels: picture.pixels, step: picture.step, value: picture.value())
  }

  private func network(_ researcher: Researcher) throws -> Network {
    if model.resolution == Resolution(side: side) { return try researcher.ownNetwork(for: model) }
    return try researcher.network(
      of: Model(
        checkpoint: model.value.checkpoint, source: model.value.source,
        resolution: Resolution(side: side)))
  }
}
