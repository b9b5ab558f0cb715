import MobileNet
import Tensors
import Testing

@testable import Lessons

@Suite struct BackpropagationTests {
  let example: Example

  init() throws { example = try Example(Architecture(width: 0.25, classes: 10)) }

  private func lesson(
    position: Int, row: Int, column: Int, channel: Int, in language: String = "en"
  ) throws -> BackpropagationLesson {
    var subject = try example.subject(
      .backpropagation, position: position, row: row, column: column, channel: channel)
    subject.language = language
    return try #require(
      Topic.backpropagation.lesson(about: subject) as? BackpropagationLesson)
  }

  private func said(_ lesson: BackpropagationLesson) -> String {
    lesson.steps.map(\.text).joined(separator: " ")
  }

  private func number(_ name: String, _ lesson: BackpropagationLesson) throws -> Double {
    let text = try #require(lesson.facts.named.first { $0.name == name }?.text)
    return try #require(Double(text.replacing("−", with: "-").replacing(",", with: "")), "\(text)")
  }

  /// The gradient behind the next layer, by loops of the test's own.
  private func gradient(position: Int, row: Int, column: Int, channel: Int) throws -> Double {
    let trace = example.trace
    let target = Target.logit(try #require(trace.predictions(top: 1).first?.classIndex))
    let found = try example.network.gradient(of: target, at: trace)
    let behind = try #require(found.output(at: position + 1))
    let output = trace.output(at: position + 1)
    let layer = trace.layers[position + 1]
    let weights = try #require(example.checkpoint.weights(of: layer))
    let ceiling = example.checkpoint.architecture.activation.ceiling
    var sum = 0.0
    for y in 0..<output.shape.height {
      for x in 0..<output.shape.width {
        for other in 0..<output.shape.channels {
          guard output[y, x, other] > 0, output[y, x, other] < ceiling else { continue }
          let weight: Float
          if layer.kind == .pointwise {
            guard (y, x) == (row, column) else { continue }
            weight = weights.weights(of: other)[weights.weights(of: other).startIndex + channel]
          } else {
            let before = layer.window.before
            let (tapRow, tapColumn) = (
              row - y * layer.stride + before.above, column - x * layer.stride + before.left
            )
            guard other == channel, 0..<3 ~= tapRow, 0..<3 ~= tapColumn else { continue }
            let own = weights.weights(of: other)
            weight = own[own.startIndex + 3 * tapRow + tapColumn]
          }
          sum += Double(weight) * Double(behind[y, x, other])
        }
      }
    }
    return sum
  }

  // Into a pointwise layer, into a depthwise one, and into one with stride 2.
  @Test(arguments: [1, 2, 4, 7, 12, 20])
  func theWaysAddUpToTheGradientThatASmallChangeConfirms(position: Int) throws {
    let shape = example.trace.layers[position].output
    var confirmed = 0
    for (row, column, channel) in [
      (0, 0, 1), (shape.height / 2, shape.width / 2, 3), (1, shape.width - 1, 7), (1, 2, 5),
      (2, 3, 0), (4, 1, 2), (3, 4, 4), (5, 5, 6), (2, 0, 3), (0, 4, 2),
    ] {
      let lesson = try lesson(position: position, row: row, column: column, channel: channel)
      let expected = try gradient(position: position, row: row, column: column, channel: channel)
      let found = Double(lesson.found.gradient)
      #expect(abs(found - expected) <= 1e-4 * max(expected.magnitude, 1e-3))
      let sum = try number("sum", lesson)
      // The sentence has two digits.
      #expect(abs(sum - expected) <= 0.06 * expected.magnitude + 1e-6)
      let text = said(lesson)
      #expect(text.contains("which is what the backward pass found"), "\(text)")
      #expect(!text.contains("is not the same"))
      // Where the gradient is small, only a change that crosses kinks can be seen at all.
      guard text.contains("One pass back finds") else { continue }
      confirmed += 1
      let slope = lesson.found.slope
      let rounding = 1e-6 / Double(lesson.found.change)
      #expect(abs(slope - found) <= 0.05 * found.magnitude + rounding, "\(slope), \(found)")
    }
    #expect(confirmed > 0)
  }

  @Test func theActivationLetsAChangeThroughOrCutsItOff() throws {
    let position = 4
    let plane = example.trace.output(at: position).plane(2)
    let cut = try #require(plane.values.firstIndex(of: 0))
    let open = try #require(plane.values.firstIndex { 0 < $0 && $0 < 6 })
    let closed = try lesson(
      position: position, row: cut / plane.width, column: cut % plane.width, channel: 2)
    #expect(said(closed).contains("a sum that is a little larger stays cut off"))
    #expect(try number("path-gradient", closed) == 0)
    let passing = try lesson(
      position: position, row: open / plane.width, column: open % plane.width, channel: 2)
    #expect(said(passing).contains("lets everything through"))
    let product = try number("path-input", passing) * Double(passing.found.gradient)
    #expect(try abs(number("path-gradient", passing) - product) <= 0.06 * product.magnitude)
  }

  @Test func everyLanguageSpeaksOfWhatThereIs() throws {
    for language in LessonLibrary.languages {
      for position in [0, 3, 26, 27] {
        let lesson = try lesson(position: position, row: 0, column: 0, channel: 0, in: language)
        #expect(lesson.script.problems(with: lesson.facts).isEmpty)
        #expect(!lesson.text.contains("{"), "\(lesson.text)")
      }
    }
  }

  @Test func withoutClassesThereIsNoAnswerToGoBackFrom() throws {
    let features = try Example(Architecture(width: 0.25, classes: nil), resolution: 32)
    #expect(throws: TargetError.noClassifier) {
      try Backpropagation(
        features.network, features.trace, position: 3, row: 0, column: 0, channel: 0)
    }
  }
}
