import Cells
import Checkpoints
import Images
import Lessons
import Research
import ResearchTestSupport
import Samples
import Testing
import Weights

@testable import Explorer
@testable import MobileNet

/// All lessons on many photos, step by step: what a step says and promises stands on the screen.
@Suite struct LessonWalkTests {
  /// The parts of each sample that are shown.
  private static let parts: [(x: Double, y: Double, size: Double)] = [
    (0, 0, 1), (0, 0, 0.5), (0.5, 0, 0.5), (0, 0.5, 0.5), (0.5, 0.5, 0.5), (0.25, 0.25, 0.5),
    (0.125, 0.125, 0.75),
  ]

  private static let size = Size(width: 120, height: 40)

  /// Answers what is asked, until nothing more is; a stopwatch always shows the same.
  private func perform(
    _ effects: [Effect], on state: inout ExplorerState, _ researcher: Researcher
  ) throws {
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      let answer: (any Sendable)?
      switch question.base {
      case is RunQuestion, is SumsQuestion, is ConventionQuestion, is BackpropagationQuestion,
        is MeasurableGradientQuestion, is IntegersQuestion, is BackgroundQuestion:
        answer = try question.answer(researcher) { _ in }
      case is ReplacementQuestion: answer = ReplacementTimes(separable: 0.25, standard: 1.5)
      default: answer = nil
      }
      guard let answer else { continue }
      waiting += reduce(&state, .answered(question, .whole(answer))).questions
    }
  }

  /// Whether all words of `text` stand in `rows`, in order.
  private func tells(_ rows: ArraySlice<String>, _ text: String) -> Bool {
    let all = rows.joined(separator: " ")
    var rest = all[...]
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard let found = rest.firstRange(of: word) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  private func walk(_ state: inout ExplorerState, _ topic: Topic, at place: String) {
    _ = reduce(&state, .lesson(.wentToEnd(isLast: false)))
    for (number, step) in state.lessonSteps.enumerated() {
      let lines = render(state).cells.lines
      let screen = lines.joined(separator: "\n")
      #expect(tells(lines.suffix(4), step.text), "\(place) \(topic) \(number):\n\(screen)")
      for chart in step.charts {
        #expect(screen.contains(chart.title), "\(place) \(topic) \(number):\n\(screen)")
        // A long list shows what is spoken of.
        let rows =
          chart.rows.count <= 12 ? chart.rows : chart.lit.map { [chart.rows[$0]] } ?? []
        for row in rows {
          #expect(screen.contains(row.text), "\(place) \(topic) \(row.text):\n\(screen)")
        }
      }
      _ = reduce(&state, .lesson(.stepped(by: 1)))
    }
  }

  @Test(arguments: Array(parts.indices))
  func everyStepStandsOnTheScreen(part: Int) throws {
    let weights = try #require(BundledWeights.named("mobilenet-0.25"))
    let checkpoint = try CheckpointReader.read(path: weights.path)
    let model = Numbered(
      Model(checkpoint: checkpoint, source: "mobilenet-0.25", resolution: 64), number: 1)
    let researcher = Researcher(
      library: EmptyLibrary(), threads: 1, numbering: Numbering(after: 100))
    let part = Self.parts[part]
    #expect(Self.parts.count * BundledSample.all.count >= 100)
    for sample in BundledSample.all {
      let image = try DecodedImage(contentsOf: sample.path)
      let (width, height) = (Double(image.width), Double(image.height))
      let pixels = image.resized(
        width: 96, height: 96,
        box: Box(
          left: part.x * width, top: part.y * height, right: (part.x + part.size) * width,
          bottom: (part.y + part.size) * height))
      let photo = Photo(
        try DecodedImage(decoding: try PNGFile.bytes(of: pixels), name: "part.png"),
        preprocessing: checkpoint.preprocessing, resolution: model.resolution)
      var state = ExplorerState(size: Self.size, model: model, photo: Numbered(photo, number: 1))
      try perform(reduce(&state, .started), on: &state, researcher)
      _ = reduce(&state, .layerSelected(1))
      _ = reduce(&state, .opened(.lesson))
      _ = reduce(&state, .lesson(.presentingSwitched))
      for topic in Topic.allCases where topic != .background {
        try perform(reduce(&state, .lesson(.topicSelected(topic))), on: &state, researcher)
        #expect(state.lessonSteps.count > 3, "\(topic)")
        walk(&state, topic, at: "\(sample.name) \(part)")
      }
    }
  }
}
