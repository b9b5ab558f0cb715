import Foundation
import MobileNet
import Reports
import Testing

@testable import Lessons

/// Lesson files: what they say, and what is said about mistakes in them.
@Suite struct ScriptTests {
  private func script(_ text: String) throws -> LessonScript {
    try ScriptParser.script(text, file: "mine.lesson")
  }

  private let start = "topic padding\ntitle T\n"

  @Test(arguments: [
    ("topic kell\n", 1, "no topic “kell”"),
    ("topic cell\ntitle T\n", 0, "no step"),
    ("topic cell\n? what\n", 0, "no line “title"),
    ("title T\n? what\n", 0, "no line “topic"),
    ("topic cell\ntitle {a\n? b\n", 2, "a { without its }"),
    ("topic cell\ntitle T\n\n? a } b\n", 5, "a } without its {"),
    ("topic cell\ntitle T\n? what {a b}\n", 4, "{a b} is no name"),
    ("topic cell\ntitle T\n@whne bias\n? what\n", 3, "@whne means nothing here"),
    ("topic cell\ntitle T\n@when\n? what\n", 3, "@when: a name is missing"),
    ("topic cell\ntitle T\n? what\n@when bias\n", 4, "@when stands before no step"),
    ("topic cell\ntitle T\n? what\n@each groups\n= b\n", 4, "@end is missing"),
    ("topic cell\ntitle T\n? what\n@end\n", 4, "@end stands before no step"),
    ("topic cell\ntitle T\n? what\nhello there\n", 4, "begins with none of"),
    ("topic cell\ntitle T\n@part nose\n? what\n", 3, "no part “nose”; there are bias"),
    ("topic cell\ntitle T\n@unless kind not dw\n? what\n", 3, "@unless kind: the word “is”"),
    ("topic cell\ntitle T\ntitle U\n? what\n", 3, "a second line “title …”"),
    ("topic cell\nchannel first\n", 2, "channel: expected a number"),
    ("topic cell\nlayer 1\nlayer 2\n", 3, "a second line “layer …”"),
    ("topic cell\ntitle\n? what\n", 2, "title: expected a sentence"),
    ("topic\n", 1, "topic: expected one of cell, field"),
    ("topic cell\nlanguage xx\n", 2, "no lessons in “xx”; there are en, de, es"),
    ("topic cell\nlanguage\n", 2, "language: expected one of en, de, es"),
    ("topic cell\nchannel\n", 2, "channel: expected a number"),
    ("topic cell\ntitle T\nword sum =\n", 3, "word sum =: expected what it is called"),
    ("topic cell\nword sum = a\nword sum = b\n", 3, "a second line “word sum = …”"),
    ("topic cell\ntitle T\n? what\nword sum = a\n", 4, "“word …” belongs above the first step"),
    ("topic cell\ntitle T\ncell 3,4\n? what\n", 3, "begins with none of topic title language"),
    ("topic cell\ntitle T\n?\n= b\n", 3, "?: expected a space and a sentence"),
    ("topic cell\ntitle T\n=what\n", 3, "=: expected a space and a sentence"),
    ("topic cell\ntitle T\n@show\n? what\n", 3, "@show: a chart, or “nothing”, is missing"),
    ("topic cell\ntitle T\n@show a\n@show b\n? what\n", 4, "a second line “@show …”"),
    ("topic cell\ntitle T\n@show a b a\n? what\n", 3, "a second “a”"),
    ("topic cell\ntitle T\n@part bias\n@part ending\n? what\n", 4, "a second line “@part …”"),
    ("topic cell\ntitle T\n@when kind is\n? what\n", 3, "@when kind is: a value is missing"),
    ("topic cell\ntitle T\n@when kind is a,,b\n? what\n", 3, "@when kind is: a value is missing"),
    ("topic cell\ntitle T\n@when bias\n@each groups\n= b\n@end\n", 4, "@when stands before no"),
    ("topic cell\ntitle T\n@each groups\n= b\n@when bias\n@end\n", 6, "@when stands before no"),
    ("topic cell\ntitle T\n@each groups\n@end\n= b\n", 4, "@each: a step is missing"),
    ("topic cell\ntitle T\n@each groups\n= b\n@end now\n", 5, "@end: expected nothing more"),
  ])
  func mistakesAreNamedWithTheirLine(text: String, line: Int, message: String) throws {
    let error = try #require(throws: ScriptError.self) { try script(text) }
    #expect(error.line == line || error.line == line - 1, "\(error)")
    #expect("\(error)".contains(message), "\(error)")
    #expect("\(error)".hasPrefix("mine.lesson:"))
  }

  @Test func namesThatATopicDoesNotHaveAreNamedWithThoseThatItHas() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let text = start + "? {own} and {colour}\n\n@show sums\n@when nothing\n= x\n"
    var subject = try example.subject(.padding, position: 0, row: 1, column: 1, channel: 1)
    let script = try script(text)
    subject.script = script
    let facts = try #require(Topic.padding.lesson(about: subject)).facts
    let problems = script.problems(with: facts)
    #expect(problems.map(\.line) == [3, 7, 7])
    let said = problems.map { "\($0)" }
    #expect(said[0].contains("nothing is called {colour}; there are activation, all-move"))
    #expect(said[1].contains("{nothing}"))
    #expect(said[2].contains("no chart “sums”; there are other-answer, own-answer"))
  }

  /// A condition that never holds, on any photo, is a slip of the pen.
  @Test(arguments: [
    ("@when kind is depthwize", "{kind} is never “depthwize”; it is one of convolution"),
    (
      "@unless ending is clip", "{ending} is never “clip”; it is one of negative, clipped"
    ),
    ("@when kind is depthwise, pontwise", "{kind} is never “pontwise”"),
    ("@when activated is yes", "{activated} has no value to compare; expected “activated” alone"),
    ("@when groups is 9", "{groups} has no value to compare"),
    ("@each kind\n= a\n@end", "{kind} is no list; there are groups"),
    ("@each kinds\n= a\n@end", "nothing is called {kinds}"),
  ])
  func whatCanNeverBeIsNamed(line: String, message: String) throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    var subject = try example.subject(.cell, position: 1, row: 1, column: 1, channel: 1)
    let script = try script("topic cell\ntitle T\n\(line)\n= x\n")
    subject.script = script
    let facts = try #require(Topic.cell.lesson(about: subject)).facts
    let problems = script.problems(with: facts)
    #expect(problems.count == 1 && "\(problems)".contains(message), "\(problems)")
    #expect(problems.first?.line == (line.hasPrefix("@each") ? 3 : 4))
    // What is not so here may be so elsewhere.
    let fine = try self.script("topic cell\ntitle T\n@when kind is softmax\n? a\n= b\n")
    #expect(fine.problems(with: facts).isEmpty)
  }

  /// As an editor on Windows writes it, and with a word that is no word of the topic.
  @Test func aFileIsReadWithTheWordsOfItsTopic() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).lesson").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func read(_ word: String) throws -> LessonScript {
      try Data(
        "\u{FEFF}topic activation\r\nlayer 3\r\ntitle T\r\nword \(word) = x\r\n? what\r\n".utf8
      ).write(to: URL(fileURLWithPath: path))
      return try LessonLibrary.script(at: path)
    }
    let script = try read("below")
    #expect(script.topic == .activation && script.layer?.value == "3")
    #expect(script.layer?.line.hasSuffix(".lesson:2") == true)
    #expect(script.words.word("below") == "x" && script.words.word("passing") == "0 to 6")
    let error = try #require(throws: ScriptError.self) { try read("belwo") }
    #expect(error.line == 4 && "\(error)".contains("“belwo” means nothing here; there are above"))
  }

  @Test func aLessonOfOnesOwnSaysItsOwnSentences() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let channels = example.trace.layers[1].input.channels
    var subject = try example.subject(.cell, position: 1, row: 4, column: 4, channel: 2)
    subject.script = try script(
      """
      topic cell
      title Mine: {layer}{class? of {class}}
      word depthwise = by itself
      ? It works {kind}. {bias?There is a bias.}
        Goes on here.
      @when kind is depthwise, convolution
      = Not {other-inputs}.
      @unless kind is depthwise
      = Never said.
      @each groups
      @when last
      ?? Ready?
      @when last
      = Done with {terms}.
      @end
      """)
    let lesson = try #require(Topic.cell.lesson(about: subject))
    #expect(lesson.title == "Mine: conv2_1_dw")
    #expect(
      lesson.steps.map(\.text) == [
        "It works by itself. There is a bias. Goes on here.", "Not \(channels - 1).",
        "Done with 9.",
      ])
    let last = try #require(lesson.steps.last)
    #expect(last.termsDone == 9 && last.question == "Ready?" && last.part == .terms(8..<9))
  }

  @Test func everyTopicIsWrittenInEveryLanguage() throws {
    #expect(LessonLibrary.languages == ["en", "de", "es"])
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let layers = example.trace.layers
    for language in LessonLibrary.languages {
      for topic in Topic.allCases {
        let script = try LessonScript.bundled(topic, in: language)
        #expect(script.language == language)
        for position in layers.indices where topic.isAbout(layers[position]) {
          var subject = try example.subject(
            topic, position: position, row: 0, column: 0, channel: 3)
          let english = try #require(topic.lesson(about: subject))
          subject.language = language
          let lesson = try #require(topic.lesson(about: subject))
          #expect(script.problems(with: lesson.facts) == [])
          // The same steps with the same charts; nothing of a template is left.
          #expect(lesson.steps.map(\.part) == english.steps.map(\.part), "\(language) \(topic)")
          for (own, other) in zip(lesson.steps, english.steps) {
            #expect(
              own.charts.map { $0.rows.map(\.value) } == other.charts.map { $0.rows.map(\.value) })
            #expect(!own.text.contains { "{}–".contains($0) }, "\(own.text)")
            // Two lines beside the number, at 120 columns.
            let said = (own.isQuestion ? "? " : "") + own.text
            #expect(said.wrapped(to: 110).count <= 2, "\(language) \(said)")
            #expect(own.text == other.text || language != "en")
            // The same numbers, whatever their order; "stride-2" is none, nor is "de 2 en 2".
            let stated = Set(numbers(in: own.text, language: language)).subtracting([2, -2])
            #expect(stated == Set(numbers(in: other.text)).subtracting([2, -2]), "\(own.text)")
          }
        }
      }
    }
  }

  /// Line by line a translation says the same, when English says it, and shows the same with it.
  @Test(arguments: Topic.allCases)
  func aTranslationHasTheSameLines(topic: Topic) throws {
    func lines(_ blocks: [LessonScript.Block]) -> [LessonScript.Line] {
      blocks.flatMap { block in
        switch block {
        case .said(let line): [line]
        case .each(_, let inner, _): lines(inner)
        }
      }
    }
    let english = lines(try LessonScript.bundled(topic).blocks)
    for language in LessonLibrary.languages {
      let own = lines(try LessonScript.bundled(topic, in: language).blocks)
      #expect(own.count == english.count)
      for (line, other) in zip(own, english) {
        let place = "\(language) \(topic):\(line.line)"
        #expect(line.kind == other.kind && line.part == other.part, "\(place)")
        #expect(line.conditions == other.conditions && line.charts == other.charts, "\(place)")
        #expect(Set(line.sentence.names) == Set(other.sentence.names), "\(place)")
      }
    }
  }

  @Test func theEnvironmentSaysWhichLanguage() {
    #expect(LessonLibrary.language(in: ["LANG": "de_AT.UTF-8"]) == "de")
    #expect(LessonLibrary.language(in: ["LANG": "de_DE", "LC_ALL": "es_MX.UTF-8"]) == "es")
    #expect(LessonLibrary.language(in: ["LANG": "de_DE", "LC_ALL": "C"]) == "en")
    #expect(LessonLibrary.language(in: ["LC_ALL": "", "LC_MESSAGES": "es"]) == "es")
    #expect(LessonLibrary.language(in: [:]) == "en")
    #expect(LessonLibrary.language(in: ["LANG": "xx"]) == "en")
  }

  /// The words around lessons and quizzes are there in every language, and in no language alone.
  @Test(arguments: ["quiz.words", "stage.words"])
  func everyWordIsTranslated(name: String) throws {
    func keys(_ language: String) throws -> [String] {
      let file = LessonLibrary.folder.appendingPathComponent(language).appendingPathComponent(name)
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      return lines.filter { $0.hasPrefix("word ") }
        .compactMap { $0.split(separator: "=").first.map(String.init) }
    }
    let english = try keys("en")
    #expect(english.count > 30 && Set(english).count == english.count)
    for language in LessonLibrary.languages { #expect(try keys(language) == english) }
  }

  @Test func theStageSpeaksThePersonsLanguage() {
    let facts = ["number": "2", "count": "9"]
    #expect(StageWords(language: "en")("step", facts) == "step 2 of 9")
    #expect(StageWords(language: "de")("step", facts) == "Schritt 2 von 9")
    #expect(StageWords(language: "es")("step", facts) == "paso 2 de 9")
    // Nobody translated it.
    #expect(StageWords(language: "xx").name(of: .padding) == "pad")
  }
}
