/// Lessons to tell one after another.
public struct Playlist: Sendable {
  /// A lesson, with the layer, channel and cell to begin with, if somebody chose them.
  public struct Entry: Sendable {
    /// The sentences.
    public let script: LessonScript
    /// The layer, by name or number.
    public let layer: Asked<String>?
    /// The channel, counted from 0.
    public let channel: Asked<Int>?
    /// The row and the column of the value, counted from 0.
    public let cell: Asked<Cell>?

    /// Tells `script` about the layer and channel that it asks for, unless others are given.
    public init(
      _ script: LessonScript, layer: Asked<String>? = nil, channel: Asked<Int>? = nil,
      cell: Asked<Cell>? = nil
    ) {
      self.script = script
      self.layer = layer ?? script.layer
      self.channel = channel ?? script.channel
      self.cell = cell
    }
  }

  /// A place in a layer's output.
  public struct Cell: Equatable, Sendable {
    /// The row, counted from 0.
    public let row: Int
    /// The column, counted from 0.
    public let column: Int

    /// Reads `7,12` as row and column; nil for other texts.
    public init?(_ text: String) {
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let row = numbers[0], let column = numbers[1] else { return nil }
      (self.row, self.column) = (row, column)
    }
  }

  /// The lessons, in order.
  public let entries: [Entry]

  /// The suffix of playlist files.
  public static let suffix = ".playlist"

  /// Creates a playlist of `entries`.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// Creates a playlist of all lessons that come with the program, in `language`.
  public init(language: String) {
    entries = Topic.allCases.compactMap { LessonLibrary.script(on: $0, in: language) }
      .map { Entry($0) }
  }

  /// Reads a playlist: a line per lesson, with its topic or its file, and `layer NAME`, `channel N`
  /// and `cell ROW,COLUMN` if wanted; text after a # is a note.
  ///
  /// Lessons that come with the program are told in `language`; files are looked for beside the
  /// playlist. Throws an error for the first invalid line, or if a file cannot be read.
  public init(contentsOf path: String, language: String) throws(ScriptError) {
    let text = try LessonLibrary.text(at: path)
    var entries: [Entry] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let lesson = words.first else { continue }
      func failed(_ problem: ScriptProblem) -> ScriptError {
        ScriptError(file: path, line: index + 1, problem: problem)
      }
      guard !lesson.hasSuffix(Self.suffix) else { throw failed(.nestedPlaylist(lesson)) }
      let missing = failed(.missingLesson(lesson, known: Topic.allCases.map(\.rawValue)))
      let script = try Self.script(lesson, beside: path, language, missing: missing)
      let given: [String: String]
      do throws(ScriptProblem) {
        given = try Self.given(words.dropFirst())
      } catch {
        throw failed(error)
      }
      let place = ScriptError.place(file: path, line: index + 1)
      entries.append(
        Entry(
          script, layer: given["layer"].map { Asked($0, place) },
          channel: given["channel"].flatMap { Int($0) }.map { Asked($0, place) },
          cell: given["place"].flatMap { Cell($0) }.map { Asked($0, place) }))
    }
    guard !entries.isEmpty else { throw ScriptError(file: path, line: 0, problem: .noLessons) }
    self.entries = entries
  }

  /// The text behind each word of a lesson's line.
  private static func given(_ words: ArraySlice<String>) throws(ScriptProblem) -> [String: String] {
    var given: [String: String] = [:]
    var rest = words
    while let next = rest.popFirst() {
      // Older playlists call a place a cell.
      let word = next == "cell" ? "place" : next
      guard Self.words.contains(word) else { throw .unknownWord(word, known: Self.words) }
      guard given[word] == nil else { throw .secondWord(word) }
      guard let value = rest.popFirst(), word != "channel" || Int(value) != nil,
        word != "place" || Cell(value) != nil
      else { throw .incompleteWord(word, expected: expected[word] ?? "more") }
      given[word] = value
    }
    return given
  }

  /// The lesson that comes with the program, or that of a file beside the one at `path`; throws
  /// `missing` for neither.
  private static func script(
    _ lesson: String, beside path: String, _ language: String, missing: ScriptError
  ) throws(ScriptError) -> LessonScript {
    if let topic = Topic(rawValue: lesson) {
      guard let script = LessonLibrary.script(on: topic, in: language) else { throw missing }
      return script
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    do {
      return try LessonLibrary.script(at: lesson.hasPrefix("/") ? lesson : folder + lesson)
    } catch {
      throw error.problem == .missingFile ? missing : error
    }
  }

  private static let words = ["layer", "channel", "place"]
  private static let expected = [
    "layer": "a name or a number", "channel": "a number", "place": "a row and a column as 3,4",
  ]
}
