import Explanation
import Images
import MobileNet

/// The explanation of a target by the parts of the input, or of a layer's output.
public struct ExplanationQuestion: Question {
  /// The work is a backward pass or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The target to explain.
  public let target: Target
  /// The method that explains the target.
  public let method: ExplanationMethod
  /// The level that the method looks at.
  public let level: Explainer.Level
  /// The effort of the methods that repeat themselves.
  public let settings: Explainer.Settings

  /// The progress, and the explanation so far.
  public struct Answer: Sendable {
    /// The part of the work done, 0…1.
    public let part: Double
    /// The explanation, once it is done.
    public var found: Numbered<Explanation>?
    /// The map of the explanation, to be laid over the photo; until it is done, of the part so far.
    public var map: AttributionMap?
  }

  /// Asks for the explanation of `target` in `run`, a run of `model`.
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

  /// The queue for the work: some methods take a hundred runs.
  public var lane: Lane {
    switch method {
    case .gradient, .gradCAM, .gradientTimesActivation: Self.lane
    case .smoothgrad, .integrated, .occlusion: .measure
    }
  }

  /// Replaces the same question about the previous photo.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && target == older.target && method == older.method
      && level == older.level && settings == older.settings
  }

  /// The number of maps that long work reports on its way.
  private static let maps = 12.0

  /// Explains; throws an `ExplanationError` if the target or the layer makes no sense.
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

/// The faithfulness of an explanation: its deletion and insertion curves.
public struct CurvesQuestion: Question {
  /// The work is dozens of runs.
  public static let lane = Lane.measure
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The target to explain.
  public let target: Target
  /// The explanation; nil for chance.
  public let explanation: Numbered<Explanation>?
  /// The number of steps of each curve.
  public let steps: Int
  /// The explainer's settings, whose seed determines the random orders of chance.
  public let settings: Explainer.Settings

  /// Asks for the curves of `explanation` of `target` in `run`, a run of `model`; without an
  /// explanation, for those of chance.
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

  /// Computes the curves; reports nil until all of them are known.
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

/// The explanations of a target by several methods, and the faithfulness of each beside chance.
public struct SurveyQuestion: Question {
  /// The progress, and the explanations so far.
  public struct Answer: Sendable {
    /// The part of the explanations done, 0…1.
    public let part: Double
    /// The method whose explanation is being computed; nil at the end.
    public let method: ExplanationMethod?
    /// The explanations that are done.
    public let entries: [ExplanationReport.Entry]
    /// The curves of chance; nil if no curves are wanted.
    public var chance: DeletionInsertion?
  }

  /// The work is hundreds of runs.
  public static let lane = Lane.measure
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The target to explain.
  public let target: Target
  /// The methods that explain the target.
  public let methods: [ExplanationMethod]
  /// The level that the methods look at.
  public let level: Explainer.Level
  /// Whether curves measure the faithfulness of each explanation.
  public let measuresCurves: Bool
  /// The effort of the methods that repeat themselves.
  public let settings: Explainer.Settings

  /// Asks each of `methods` for an explanation of `target` in `run`, a run of `model`.
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

  /// Explains by one method after another; throws the first error.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    var entries: [ExplanationReport.Entry] = []
    for (number, method) in methods.enumerated() {
      // Grad-CAM cannot look at the input; among several methods, it looks at its usual layer.
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

/// The picture that makes a channel, a value or a class as large as possible, formed step by step.
public struct VisualizationQuestion: Question {
  /// The work is a second or two of runs and backward passes.
  public static let lane = Lane.measure
  /// The usual side of the picture, in pixels.
  public static let side = 128
  /// The number of steps that the explorer takes.
  public static let steps = 128
  /// The network.
  public let model: Numbered<Model>
  /// The number to make large.
  public let target: Target
  /// The seed of the random numbers.
  public let seed: UInt64
  /// The side of the picture, in pixels.
  public let side: Int
  /// The number of steps.
  public let steps: Int

  /// The picture so far.
  public struct Answer: Sendable {
    /// The picture.
    public let pixels: Pixels
    /// The number of steps done.
    public let step: Int
    /// The target's value for the picture; nil until the last step.
    public var value: Double?
  }

  /// Asks for the picture that makes `target` in `model` large.
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

  /// Computes the picture, and reports it after every few steps.
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
