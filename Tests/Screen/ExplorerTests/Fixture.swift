import Cells
import Comparison
import Images
import Lessons
import Research
import ResearchTestSupport
import Testing

@testable import Explorer
@testable import MobileNet

/// A small network that has run on a gradient, with times that never change.
struct Fixture {
  let model: Numbered<Model>
  let photo: Numbered<Photo>
  let run: Numbered<Run>
  /// Another network, for what stands side by side.
  let otherModel: Numbered<Model>
  private let image: DecodedImage
  /// Computes what is asked, as it does for the program.
  let researcher = Researcher(
    library: EmptyLibrary(), threads: 1, numbering: Numbering(after: 100), instructionSet: .portable
  )

  private static let made = Result { try Fixture() }

  /// The one fixture that all tests read.
  static func shared() throws -> Fixture { try made.get() }

  /// The explorer as it is once the first answer is there.
  static func state(width: Int, height: Int) throws -> ExplorerState {
    let fixture = try shared()
    var state = ExplorerState(
      size: Size(width: width, height: height), model: fixture.model, photo: fixture.photo)
    try perform(reduce(&state, .started), on: &state)
    #expect(state.run == fixture.run)
    return state
  }

  /// The network of the fixture.
  static func network() throws -> Network {
    try shared().researcher.network(for: try shared().model)
  }

  /// Answers what is asked, until nothing more is; files and measurements of time are left alone.
  static func perform(_ effects: [Effect], on state: inout ExplorerState) throws {
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      if let answer = try shared().answer(question) {
        waiting += reduce(&state, .answered(question, .whole(answer))).questions
      }
    }
  }

  /// The fixture's answer to `question`; nil where files or a clock are asked.
  func answer(_ question: AnyQuestion) throws -> (any Sendable)? {
    switch question.base {
    case let asked as RunQuestion:
      let isOwn = asked.photo == photo && asked.model == model
      return RunQuestion.Answer(
        milliseconds: run.trace.milliseconds,
        run: isOwn ? run : Numbered(run.value, number: 1000 + asked.photo.number))
    case let asked as RerunQuestion:
      let made = try researcher.answer(asked)
      var trace = made.trace
      trace.milliseconds = asked.run.trace.milliseconds
      return Numbered(Run(trace), number: made.number)
    case is TimesQuestion:
      let trace = run.trace
      return TimesQuestion.Answer(
        runs: TimesQuestion.runs, milliseconds: trace.milliseconds,
        total: trace.totalMilliseconds)
    case is AtlasQuestion: return AtlasQuestion.Answer(nil)
    case is CandidatesQuestion: return Self.candidates
    case let asked as MeasurementQuestion: return Self.measurement(of: asked.candidate)
    case let asked as TurnsQuestion:
      return Dictionary(
        uniqueKeysWithValues: asked.candidates.map {
          ($0, Self.measurement(of: $0).milliseconds)
        })
    case let asked as NetworkTimeQuestion:
      return Double(asked.network.computedMultiplyAdds ?? 0) / 2e8
    case let asked as CounterpartQuestion:
      switch asked.other {
      case .network: return researcher.number(try otherNetworkOnThePhoto())
      case .photo: return researcher.number(try otherPhoto(asked))
      }
    // Ten rounds take seconds.
    case let asked as AdversarialQuestion where asked.rounds > 1: return nil
    case is RoofQuestion:
      return Roof(
        multiplyAdds: 80,
        levels: [
          Roof.Level(name: "L2", capacity: 150_000, bandwidth: 90),
          Roof.Level(name: "L3", capacity: 400_000, bandwidth: 40),
          Roof.Level(name: "memory", capacity: .max, bandwidth: 12),
        ])
    case is SumsQuestion, is InfluenceQuestion, is ConventionQuestion, is ExplanationQuestion,
      is CurvesQuestion, is FlowQuestion, is AdversarialQuestion, is BackpropagationQuestion,
      is MeasurableGradientQuestion, is PrecisionQuestion, is IntegersQuestion:
      return try question.answer(researcher) { _ in }
    default: return nil
    }
  }

  /// Two networks at four sides, and one whose file states no accuracy.
  static let candidates =
    Candidate.grid(["wide", "narrow"]) + [Candidate("shallow", resolution: 224)]

  /// A measurement that is always the same: small sides say something else.
  static func measurement(of candidate: Candidate) -> Measurement {
    let isShallow = candidate.name == "shallow"
    let architecture = Architecture(
      width: candidate.name == "narrow" ? 0.5 : 1, shallow: isShallow, classes: 10)
    let layers = architecture.layers(resolution: candidate.resolution)
    let top1 = 40 + 10 * architecture.width + Double(candidate.resolution.height) / 32
    return Measurement(
      candidate: candidate, width: architecture.width, isShallow: isShallow, classes: 10,
      parameters: layers.parameters, multiplyAdds: layers.multiplyAdds,
      milliseconds: Double(layers.multiplyAdds) / 2e8,
      accuracy: isShallow
        ? nil : .init(resolution: candidate.resolution, top1: top1, top5: top1 + 20),
      published: .imageNetTop1(of: architecture, at: candidate.resolution),
      answers: [
        .init(classIndex: 3, label: candidate.resolution < 160 ? "fox" : "cat", probability: 0.5),
        .init(classIndex: 4, label: "dog", probability: 0.25),
      ],
      layerTimes: layers.map { .init(name: $0.name, milliseconds: Double($0.multiplyAdds) / 2e8) })
  }

  private func otherNetworkOnThePhoto() throws -> Counterpart {
    let photo = Photo(
      image, preprocessing: otherModel.checkpoint.preprocessing, resolution: otherModel.resolution)
    let trace = try researcher.network(for: otherModel).run(photo.prepared.tensor)
    return Counterpart(
      model: otherModel, photo: photo, run: Numbered(Run(trace), number: 51), similarities: [])
  }

  /// The photo with its upper left quarter on all of it.
  private func otherPhoto(_ asked: CounterpartQuestion) throws -> Counterpart {
    let pixels = image.resized(
      width: 96, height: 96, box: Box(left: 0, top: 0, right: 60, bottom: 40))
    let file = try PNGFile.bytes(of: pixels)
    let other = Photo(
      try DecodedImage(decoding: file, name: "photos/quarter.png"),
      preprocessing: asked.model.checkpoint.preprocessing, resolution: asked.model.resolution)
    let trace = try researcher.network(for: asked.model).run(other.prepared.tensor)
    return Counterpart(
      model: asked.model, photo: other, run: Numbered(Run(trace), number: 52),
      similarities: asked.run.trace.similarities(to: trace))
  }

  private init() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 1)

    let (width, height) = (120, 80)
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { bytes += [UInt8(2 * x), UInt8(3 * y), UInt8(x * y % 256)] }
    }
    let file = try PNGFile.bytes(of: Pixels(width: width, height: height, bytes: bytes))
    image = try DecodedImage(decoding: file, name: "photos/gradient.png")
    photo = Numbered(
      Photo(image, preprocessing: checkpoint.preprocessing, resolution: 96), number: 1)

    let other = try Checkpoint.synthetic(Architecture(width: 0.5, classes: 10))
    otherModel = Numbered(Model(checkpoint: other, source: "narrow", resolution: 64), number: 50)

    var trace = try researcher.network(for: model).run(photo.prepared.tensor)
    trace.milliseconds = trace.layers.map { Double($0.multiplyAdds) / 1e6 + 0.01 }
    run = Numbered(Run(trace), number: 1)
  }
}

extension [Effect] {
  /// The questions that are asked.
  var questions: [AnyQuestion] {
    compactMap { if case .ask(let question) = $0 { question } else { nil } }
  }

  /// The questions of one kind.
  func questions<Q: Question>(_ kind: Q.Type) -> [Q] { questions.compactMap { $0.base as? Q } }

  /// The questions that nobody wants any more.
  var cancelled: [AnyQuestion] {
    compactMap { if case .cancel(let question) = $0 { question } else { nil } }
  }
}

extension Effect {
  static func ask(_ question: some Question) -> Effect { .ask(AnyQuestion(question)) }
}

/// Lets `answer` to `question` arrive.
@discardableResult
func hear<Q: Question>(
  _ answer: Q.Answer, to question: Q, on state: inout ExplorerState
) -> [Effect] {
  reduce(&state, .answered(AnyQuestion(question), .whole(answer)))
}

/// Lets it be known that `question` has no answer.
@discardableResult
func fail(
  _ question: some Question, _ reason: String, on state: inout ExplorerState
) -> [Effect] {
  reduce(&state, .answered(AnyQuestion(question), .failed(reason)))
}

/// Lets the photo at `path` arrive, as the network that is explored wants it.
@discardableResult
func show(_ photo: Numbered<Photo>, at path: String, on state: inout ExplorerState) -> [Effect] {
  let asked = reduce(&state, .photoAsked(path: path))
  return asked + hear(photo, to: PhotoQuestion(path, for: state.model), on: &state)
}
