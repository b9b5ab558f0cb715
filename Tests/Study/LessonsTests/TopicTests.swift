import MobileNet
import Testing

@testable import Lessons

@Suite struct TopicTests {
  @Test func everyTopicFindsALayerNearAnyOther() throws {
    for shallow in [false, true] {
      let layers = Architecture(width: 0.25, shallow: shallow).layers(resolution: 64)
      for topic in Topic.allCases {
        for position in layers.indices {
          let found = topic.layer(nearest: position, in: layers)
          #expect(topic.isAbout(layers[found]))
          if topic.isAbout(layers[position]) { #expect(found == position) }
        }
      }
    }
  }

  @Test func everyTopicReadsFromItsTitleToItsLastAnswer() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    for topic in Topic.allCases {
      let position = topic.layer(nearest: 4, in: example.trace.layers)
      let subject = try example.subject(topic, position: position, row: 2, column: 3, channel: 1)
      let lesson = try #require(topic.lesson(about: subject))
      let text = lesson.text
      #expect(text.hasPrefix(lesson.title))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
      guard topic != .cell else { continue }
      let words = text.split(whereSeparator: \.isWhitespace)
      for step in lesson.steps {
        // Charts may stand between the words of two steps, never between those of one.
        let said = step.text.split(separator: " ")
        #expect(words.indices.contains { words[$0...].starts(with: said) }, "\(step.text)")
      }
      #expect(lesson.steps.first?.isQuestion == true)
      #expect(lesson.steps.last?.isQuestion == false)
      let json = try lesson.json.text()
      #expect(json.contains("\"isQuestion\" : true") && json.contains("\"charts\""))
    }
  }

  @Test func askingFirstPutsAQuestionBeforeEveryTerm() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let subject = try example.subject(.cell, position: 1, row: 5, column: 5, channel: 2)
    let steps = try #require(Topic.cell.lesson(about: subject)).steps
    let asking = steps.askingFirst
    #expect(asking.filter { step in steps.contains(step) } == steps)
    for (index, step) in asking.enumerated() {
      guard case .terms(let range) = step.part else { continue }
      let question = asking[index - 1]
      #expect(question.part == .question && question.termsDone == range.lowerBound)
      // Nothing of the answer is told: only the factors, and the sum that was there before.
      let answer = numbers(in: step.text)
      let asked = numbers(in: question.text)
      if !step.text.contains("outside") {
        #expect(Array(answer.suffix(4).prefix(2)) == Array(asked.suffix(2)))
      }
    }
  }
}
