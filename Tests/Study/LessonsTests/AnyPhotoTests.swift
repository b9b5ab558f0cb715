import Checkpoints
import Images
import MobileNet
import Samples
import Tensors
import Testing
import Weights

@testable import Lessons

/// Every lesson on a hundred photos: no step promises what is not to be seen.
@Suite struct AnyPhotoTests {
  /// All but the one that is about no photo.
  private static let topics = Topic.allCases.filter { $0 != .background }

  private let checkpoint: Checkpoint
  private let network: Network
  private let otherPadding: Network
  private let photos: [Tensor]

  init() throws {
    let weights = try #require(BundledWeights.named("mobilenet-0.25"))
    checkpoint = try CheckpointReader.read(path: weights.path)
    let side = 96
    network = try Network(checkpoint, resolution: Resolution(side: side), threads: 1)
    otherPadding = try Network(
      checkpoint.exchanging(.padding), resolution: Resolution(side: side), threads: 1)
    photos = try ManyPhotos.inputs(of: checkpoint, side: side)
  }

  /// A lesson that knows everything that it asks for.
  private func lesson(_ topic: Topic, of trace: Trace) throws -> (
    telling: TellingValue, subject: Subject, lesson: any Lesson
  ) {
    let layer = topic.layer(nearest: 1, in: trace.layers)
    let sums = topic.needsSums ? network.preactivation(at: layer, of: trace) : nil
    let telling =
      topic == .backpropagation
      ? try TellingValue.measurable(
        network, trace, checkpoint: checkpoint, layer: layer, channel: nil)
      : topic.tellingValue(
        in: trace, checkpoint: checkpoint, layer: layer,
        channel: ChannelStatistics(trace.output(at: layer)).mostCoherent, mayTakeOthers: true,
        sums: sums)
    var subject = Subject(
      trace, checkpoint: checkpoint, position: layer, row: telling.row, column: telling.column,
      channel: telling.channel)
    subject.sums = sums
    subject.other = try topic.convention.map {
      try OtherRun($0, of: checkpoint, like: trace, threads: 1)
    }
    if topic == .backpropagation {
      subject.backpropagation = try Backpropagation(
        network, trace, position: layer, row: telling.row, column: telling.column,
        channel: telling.channel)
    }
    if topic == .quantization {
      subject.integers = try IntegerRuns(
        of: checkpoint, like: trace,
        accuracy: IntegerAccuracy(resolution: 96, floats: 70, perTensor: 20, perChannel: 68),
        threads: 1)
    }
    for pair in topic.timedPairs(of: trace.layers, at: layer) {
      subject.measured[pair.depthwise.name] = ReplacementTimes(separable: 1, standard: 5)
    }
    return (telling, subject, try #require(topic.lesson(about: subject)))
  }

  /// Every chart that a file promises for a step is there, and has something in it; and none tells
  /// with a question what is said only after it.
  private func expectWhatIsPromised(_ topic: Topic, _ lesson: any Lesson) {
    let facts = lesson.facts
    for case .said(let line) in lesson.script.blocks
    where line.conditions.allSatisfy({ $0.holds(of: facts) }) {
      for name in line.charts ?? [] {
        #expect(facts.charts[name]?.rows.isEmpty == false, "\(topic): \(name)")
      }
    }
    let steps = lesson.steps
    var known: [Chart] = []
    // What the network answers as it was trained is no secret.
    if let own = (lesson as? any ConventionLesson)?.answers.first { known.append(own) }
    for (step, next) in zip(steps, steps.dropFirst()) {
      for chart in step.charts where step.isQuestion && !known.contains(chart) {
        for row in chart.rows {
          let isAsked = step.text.contains(row.text)
          #expect(isAsked || !next.text.contains(row.text), "\(topic): \(step.text)")
        }
      }
      known += step.charts
    }
    for chart in steps.flatMap(\.charts) {
      #expect(chart.rows.allSatisfy { $0.value?.isFinite != false }, "\(topic): \(chart.title)")
    }
  }

  /// Whether a place lies under the cell of the last convolution whose values times the answer's
  /// weights, less those of all classes on average, come to most.
  private func onObject(_ place: TellingValue, _ output: Tensor, of trace: Trace) -> Bool {
    let classifier = trace.layers.count - 2
    let (last, sums) = (trace.input(at: classifier - 1), trace.output(at: classifier))
    let answer = sums.values.indices.max { sums.values[$0] < sums.values[$1] } ?? 0
    guard let weights = checkpoint.weights(of: trace.layers[classifier]) else { return false }
    let rows = weights.biases.indices.map { Array(weights.weights(of: $0)) }
    let own = (0..<last.shape.channels).map { channel in
      rows[answer][channel] - rows.reduce(0) { $0 + $1[channel] } / Float(rows.count)
    }
    func evidence(_ row: Int, _ column: Int) -> Float {
      own.indices.reduce(0) { $0 + last[row, column, $1] * own[$1] }
    }
    let places = (0..<last.shape.places).map { ($0 / last.shape.width, $0 % last.shape.width) }
    let most = places.max { evidence($0.0, $0.1) < evidence($1.0, $1.1) }
    return place.row * last.shape.height / output.shape.height == most?.0
      && place.column * last.shape.width / output.shape.width == most?.1
  }

  @Test func everyLessonShowsItsPointOrSaysThatItDoesNot() throws {
    #expect(photos.count >= 100)
    var shown: [Topic: Int] = [:]
    var object = 0
    for photo in photos {
      let trace = network.run(photo)
      for topic in Self.topics {
        let (telling, subject, lesson) = try lesson(topic, of: trace)
        let text = lesson.text
        let words = text.split { !$0.isLetter && $0 != "{" }
        for sign in ["{", "nan", "inf"] { #expect(!words.contains { $0 == sign }, "\(text)") }
        #expect(lesson.steps.count > 3)
        expectWhatIsPromised(topic, lesson)
        let output = trace.output(at: subject.position)
        let recorded = output[telling.row, telling.column, telling.channel]
        if telling.shows { shown[topic, default: 0] += 1 }
        switch topic {
        case .padding:
          // Of the first layer the network itself can be asked: it gets the same input.
          #expect(subject.position == 0)
          let other = otherPadding.run(photo).output(at: 0)[
            telling.row, telling.column, telling.channel]
          #expect(abs(other - recorded) > 1e-5 || !telling.shows)
          let said = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          #expect(said.contains("changes no value of this photo") == !telling.shows, "\(said)")
          let windows = try #require(lesson as? PaddingLesson).windows
          #expect(abs(Float(windows.other.result) - other) < 1e-3)
        case .activation:
          let sum = try #require(subject.sums)[telling.row, telling.column, telling.channel]
          #expect(sum < 0 || !telling.shows)
          #expect(sum >= 0 || recorded == 0)
        case .cell:
          #expect(recorded > 0 || !telling.shows)
          #expect(!text.contains("outside the input") || !telling.shows, "\(text)")
          if onObject(telling, output, of: trace) { object += 1 }
        case .picture:
          let picture = try #require(lesson as? PictureLesson)
          let mixed = trace.output(at: picture.positions.pointwise).plane(picture.channel)
          #expect(mixed.statistics.maximum > mixed.statistics.minimum)
          #expect((picture.shares.first?.amount ?? 0) != 0)
        case .quantization:
          #expect(text.contains("the same number"), "\(text)")
        case .backpropagation:
          #expect(text.contains("One pass back finds") || !telling.shows, "\(text)")
        default: break
        }
      }
    }
    // The value is one of the object's where the channel has any there.
    #expect(object >= photos.count * 2 / 3, "\(object) of \(photos.count)")
    // On nearly all of them the point does show.
    for topic in [Topic.padding, .activation, .cell, .backpropagation] {
      #expect(shown[topic, default: 0] >= photos.count * 95 / 100, "\(topic): \(shown)")
    }
  }

  /// A photo of one colour has nothing to show, and is told so.
  @Test func whereNothingIsToBeSeenThatIsSaid() throws {
    let pixels = Pixels(
      width: 96, height: 96, bytes: Array(repeating: 128, count: 96 * 96 * 3))
    let trace = network.run(checkpoint.preprocessing.tensor(of: pixels))
    for topic in Self.topics {
      let text = try lesson(topic, of: trace).lesson.text
      #expect(!text.split { !$0.isLetter }.contains("nan") && !text.contains("{"), "\(text)")
    }
  }

  /// Where a lesson sends people to whose photo does not show its point.
  @Test func theSampleThatIsNamedShowsThePoint() throws {
    for language in LessonLibrary.languages {
      let script = try LessonScript.bundled(.padding, in: language)
      let lines = script.blocks.compactMap { if case .said(let line) = $0 { line } else { nil } }
      #expect(lines.contains { $0.sentence.outline.contains("edges") })
    }
    let index = try #require(BundledSample.all.firstIndex { $0.name == "edges" })
    let trace = network.run(photos[7 * index])
    #expect(try lesson(.padding, of: trace).telling.shows)
  }
}
