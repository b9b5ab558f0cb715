import Explanation
import Images
import MobileNet

/// Which parts of the input, or of a layer's output, make a number what it is.
public struct ExplanationQuestion: Question {
  /// A backward pass, or some hundred runs.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// What the network got of the photo.
  public let photo: Numbered<Photo>
  /// The number that is explained.
  public let target: Target
  /// How.
  public let method: ExplanationMethod
  /// Where.
  public let place: Explainer.Place

  /// What is known: how much is done, and in the end what was found, and that over the photo.
  public struct Answer: Sendable {
    /// The part that is done, 0…1.
    public let part: Double
    /// What was found, and its picture.
    public var found: (explanation: Explanation, picture: Pixels)?
  }

  /// Asks what made `target` in `run`, a run of `model` on `photo`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ photo: Numbered<Photo>, target: Target,
    method: ExplanationMethod, place: Explainer.Place
  ) {
    self.model = model
    self.run = run
    self.photo = photo
    self.target = target
    self.method = method
    self.place = place
  }

  /// The same of the photo before.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && target == older.target && method == older.method
      && place == older.place
  }

  /// Explains; throws why the target or the layer makes no sense.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let explainer = Explainer(try researcher.network(for: model), run.trace)
    var dropped: (any Error)?
    let found = try explainer.explain(target, by: method, at: place) { part in
      do {
        try report(Answer(part: part))
        return true
      } catch {
        dropped = error
        return false
      }
    }
    if let dropped { throw dropped }
    return Answer(
      part: 1,
      found: found.map {
        ($0, ExplanationPicture.pixels($0.map, over: photo.value.prepared.pixels))
      })
  }
}

/// How well an explanation holds: its deletion and insertion curves.
public struct CurvesQuestion: Question {
  /// Dozens of runs.
  public static let lane = Lane.measure
  /// The explanation; nil for chance.
  public let explanation: ExplanationQuestion?
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// The number that is explained.
  public let target: Target

  /// Asks about `explanation`.
  public init(_ explanation: ExplanationQuestion) {
    self.init(explanation, explanation.model, explanation.run, explanation.target)
  }

  /// Asks how well chance does on `run`, a run of `model`.
  public init(
    _ explanation: ExplanationQuestion?, _ model: Numbered<Model>, _ run: Numbered<Run>,
    _ target: Target
  ) {
    self.explanation = explanation
    self.model = model
    self.run = run
    self.target = target
  }

  /// The curves; nil until all of them are known.
  public func answer(
    _ researcher: Researcher, report: (DeletionInsertion?) throws -> Void
  ) throws -> DeletionInsertion? {
    let explainer = Explainer(try researcher.network(for: model), run.trace)
    guard let explanation else {
      return try explainer.randomCurves(of: target) { try report(nil) }
    }
    let found = try explanation.answer(researcher) { _ in try report(nil) }.found
    return try found.map { try explainer.curves(of: $0.explanation) { try report(nil) } }
  }
}

/// What a channel, a cell or a class wants to see; the picture forms step by step.
public struct VisualizationQuestion: Question {
  /// A second or two of runs and backward passes.
  public static let lane = Lane.measure
  /// The side of the picture.
  public static let side = 128
  /// The steps after which it is done.
  public static let steps = 128
  /// The network.
  public let model: Numbered<Model>
  /// What is made large.
  public let target: Target
  /// Where chance begins.
  public let seed: UInt64

  /// What is known: the picture so far.
  public struct Answer: Sendable {
    /// The picture.
    public let pixels: Pixels
    /// The steps that are done.
    public let step: Int
  }

  /// Asks what `target` wants to see in `model`.
  public init(_ model: Numbered<Model>, target: Target, seed: UInt64) {
    self.model = model
    self.target = target
    self.seed = seed
  }

  /// Draws; what is reported is the picture after every few steps.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let small = Model(
      checkpoint: model.value.checkpoint, source: model.value.source, resolution: Self.side)
    let picture = try FeatureVisualization(
      try researcher.network(of: small), target: target, seed: seed)
    while picture.step < Self.steps {
      try picture.advance()
      if picture.step % 4 == 0 { try report(Answer(pixels: picture.pixels, step: picture.step)) }
    }
    return Answer(pixels: picture.pixels, step: picture.step)
  }
}
