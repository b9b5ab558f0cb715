/// Reads lesson files line by line.
struct ScriptParser {
  private let file: String
  private let fallback: Words?
  private var topic: Topic?
  private var language: String?
  private var layer: Asked<String>?
  private var channel: Asked<Int>?
  private var title: (sentence: Sentence, line: Int)?
  private var words: [String: Sentence] = [:]
  private var blocks: [LessonScript.Block] = []
  /// The loop between @each and @end.
  private var loop: (name: String, line: Int, blocks: [LessonScript.Block])?
  /// The directives that apply to the next step.
  private var pending = Pending()
  /// The step that the next lines may continue.
  private var open: (kind: LessonScript.Line.Kind, text: String, line: Int, pending: Pending)?

  private struct Pending {
    var conditions: [LessonScript.Condition] = []
    var charts: [String]?
    var part: Step.Part?
    var last: (word: String, line: Int)?
  }

  static let headers = ["topic", "title", "language", "layer", "channel", "word"]
  private static let directives = ["when", "unless", "show", "part", "each", "end"]
  private static let expected = [
    "topic": "one of \(Topic.allCases.map(\.rawValue).joined(separator: ", "))",
    "title": "a sentence", "language": "one of \(LessonLibrary.languages.joined(separator: ", "))",
    "layer": "a name or a number", "channel": "a number", "word": "a word, = and what it is called",
  ]
  private static let parts: [(name: String, part: Step.Part)] = [
    ("bias", .bias), ("ending", .ending), ("recorded", .recorded), ("reveal", .reveal),
    ("photo", .photo), ("planes", .planes), ("plane", .plane), ("filtered", .filtered),
    ("filtered-planes", .filteredPlanes), ("mixture", .mixture), ("mixed", .mixed),
  ]

  private init(file: String, fallback: Words?) {
    self.file = file
    self.fallback = fallback
  }

  /// Reads `text`, the contents of `file`; throws the first problem with its line.
  static func script(
    _ text: String, file: String, fallback: Words? = nil
  ) throws(ScriptError) -> LessonScript {
    var parser = ScriptParser(file: file, fallback: fallback)
    try parser.readLines(text)
    return try parser.finish()
  }

  /// Reads `text`, the contents of `file`, which has only lines `word …` in `language`.
  static func words(
    _ text: String, file: String, fallback: Words?, language: String
  ) throws(ScriptError) -> Words {
    var parser = ScriptParser(file: file, fallback: fallback)
    try parser.readLines(text)
    return Words(parser.words, fallback: fallback, language: language)
  }

  private mutating func readLines(_ text: String) throws(ScriptError) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      do throws(ScriptProblem) {
        try read(line, index + 1)
      } catch {
        throw ScriptError(file: file, line: index + 1, problem: error)
      }
    }
  }

  private mutating func read(_ line: Substring, _ number: Int) throws(ScriptProblem) {
    let text = line.trimmed
    if line.first == " " || line.first == "\t", !text.isEmpty, open != nil {
      open?.text += " " + text
      return
    }
    try close()
    if text.isEmpty || text.first == "#" { return }
    if let (kind, rest) = try Self.step(text) {
      open = (kind, rest, number, pending)
      pending = Pending()
    } else if text.first == "@" {
      try readDirective(text.dropFirst(), number)
    } else {
      try readHeader(text, number)
    }
  }

  private static func step(
    _ text: String
  ) throws(ScriptProblem) -> (LessonScript.Line.Kind, String)? {
    for (sign, kind) in [
      ("??", LessonScript.Line.Kind.extraQuestion), ("?", .question), ("=", .told),
    ] where text.hasPrefix(sign) {
      let rest = text.dropFirst(sign.count)
      guard rest.first?.isWhitespace == true else {
        throw .incompleteWord(sign, expected: "a space and a sentence")
      }
      return (kind, rest.trimmed)
    }
    return nil
  }

  /// Ends the open step.
  private mutating func close() throws(ScriptProblem) {
    guard let open else { return }
    self.open = nil
    let line = LessonScript.Line(
      kind: open.kind, sentence: try Sentence(open.text), conditions: open.pending.conditions,
      charts: open.pending.charts, part: open.pending.part, line: open.line)
    if loop == nil { blocks.append(.said(line)) } else { loop?.blocks.append(.said(line)) }
  }

  private mutating func readDirective(
    _ text: Substring, _ number: Int
  ) throws(ScriptProblem) {
    let word = String(text.prefix { !$0.isWhitespace })
    let rest = text.dropFirst(word.count).trimmed
    func needs(_ expected: String) throws(ScriptProblem) {
      guard !rest.isEmpty else { throw .incompleteDirective(word, expected: expected) }
    }
    /// Neither the beginning nor the end of a list is a step.
    func needsNothingPending() throws(ScriptProblem) {
      if let last = pending.last { throw .danglingDirective(last.word) }
    }
    switch word {
    case "when", "unless":
      try needs("a name")
      pending.conditions.append(try condition(rest, after: word))
      pending.last = (word, number)
    case "show":
      try needs("a chart, or “nothing”,")
      if pending.charts != nil { throw .secondLine("@show") }
      let charts = rest.split(whereSeparator: \.isWhitespace).map(String.init)
      for (index, chart) in charts.enumerated() where charts[..<index].contains(chart) {
        throw .secondWord(chart)
      }
      pending.charts = charts == ["nothing"] ? [] : charts
      pending.last = (word, number)
    case "part":
      try needs("a part")
      if pending.part != nil { throw .secondLine("@part") }
      guard let found = Self.parts.first(where: { $0.name == rest }) else {
        throw .unknownPart(rest, known: Self.parts.map(\.name))
      }
      pending.part = found.part
      pending.last = (word, number)
    case "each":
      try needs("the name of a list")
      try needsNothingPending()
      guard loop == nil else { throw .danglingDirective("each") }
      loop = (rest, number, [])
    case "end":
      guard let loop else { throw .danglingDirective("end") }
      guard rest.isEmpty else { throw .unexpected(rest, after: "@end") }
      try needsNothingPending()
      guard !loop.blocks.isEmpty else { throw .incompleteDirective("each", expected: "a step") }
      blocks.append(.each(loop.name, loop.blocks, line: loop.line))
      self.loop = nil
    default:
      throw .unknownDirective(word, known: Self.directives)
    }
  }

  /// Reads a condition: `kind is depthwise, pointwise`, or just a name.
  private func condition(
    _ text: String, after word: String
  ) throws(ScriptProblem) -> LessonScript.Condition {
    let name = String(text.prefix { !$0.isWhitespace })
    let rest = text.dropFirst(name.count).trimmed
    guard !rest.isEmpty else {
      return LessonScript.Condition(name: name, values: [], isNegated: word == "unless")
    }
    guard rest == "is" || rest.hasPrefix("is ") else {
      throw .incompleteDirective("\(word) \(name)", expected: "the word “is”")
    }
    let values = rest.dropFirst(2).split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmed }
    guard values.allSatisfy({ !$0.isEmpty }) else {
      throw .incompleteDirective("\(word) \(name) is", expected: "a value")
    }
    return LessonScript.Condition(name: name, values: values, isNegated: word == "unless")
  }

  private mutating func readHeader(_ text: String, _ number: Int) throws(ScriptProblem) {
    let word = String(text.prefix { !$0.isWhitespace })
    let rest = text.dropFirst(word.count).trimmed
    guard Self.headers.contains(word) else { throw .unknownLine(text) }
    guard blocks.isEmpty, loop == nil else { throw .lateLine(word) }
    guard !rest.isEmpty else {
      throw .incompleteWord(word, expected: Self.expected[word] ?? "more")
    }
    func once(_ isGiven: Bool) throws(ScriptProblem) {
      if isGiven { throw .secondLine(word) }
    }
    let place = ScriptError.place(file: file, line: number)
    switch word {
    case "topic":
      try once(topic != nil)
      guard let found = Topic(rawValue: rest) else {
        throw .unknownTopic(rest, known: Topic.allCases.map(\.rawValue))
      }
      topic = found
    case "title":
      try once(title != nil)
      title = (try Sentence(rest), number)
    case "language":
      try once(language != nil)
      guard LessonLibrary.languages.contains(rest) else {
        throw .unknownLanguage(rest, known: LessonLibrary.languages)
      }
      language = rest
    case "layer":
      try once(layer != nil)
      layer = Asked(rest, place)
    case "channel":
      try once(channel != nil)
      guard let found = Int(rest) else {
        throw .incompleteWord(word, expected: Self.expected[word] ?? "a number")
      }
      channel = Asked(found, place)
    case "word":
      guard let sign = rest.firstIndex(of: "=") else {
        throw .incompleteDirective("word", expected: "the sign =")
      }
      let text = rest[rest.index(after: sign)...].trimmed
      let key = rest[..<sign].trimmed
      if let fallback, !fallback.keys.contains(key) {
        throw .unknownWord(key, known: fallback.keys.sorted())
      }
      if words[key] != nil { throw .secondLine("word \(key) =") }
      guard !text.isEmpty else {
        throw .incompleteWord("word \(key) =", expected: "what it is called")
      }
      words[key] = try Sentence(
        text.split(separator: "\\n").joined(separator: "\n"))
    default: throw .unknownLine(text)
    }
  }

  private consuming func finish() throws(ScriptError) -> LessonScript {
    func problem(_ problem: ScriptProblem, line: Int = 0) -> ScriptError {
      ScriptError(file: file, line: line, problem: problem)
    }
    let last = open?.line ?? 0
    do throws(ScriptProblem) { try close() } catch { throw problem(error, line: last) }
    if let loop { throw problem(.incompleteDirective("each", expected: "@end"), line: loop.line) }
    if let last = pending.last { throw problem(.danglingDirective(last.word), line: last.line) }
    guard let topic else { throw problem(.missingTopic) }
    guard let title else { throw problem(.missingTitle) }
    guard !blocks.isEmpty else { throw problem(.noSteps) }
    return LessonScript(
      file: file, topic: topic, language: language, layer: layer, channel: channel, title: title,
      words: Words(words, fallback: fallback, language: language), blocks: blocks)
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    let tail = drop { $0.isWhitespace }
    return String(tail.reversed().drop { $0.isWhitespace }.reversed())
  }
}
