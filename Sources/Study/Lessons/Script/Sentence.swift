/// A sentence with names in it, such as `Sum so far {before}`.
///
/// `{name}` stands for the value of the name; `{name? more}` for *more* if the name has a value,
/// else for nothing. Names may stand in *more*, too.
struct Sentence: Sendable, Equatable {
  /// A piece of the sentence.
  private indirect enum Piece: Sendable, Equatable {
    case text(String)
    case name(String)
    case optional(String, Sentence)
  }

  private let pieces: [Piece]

  /// Reads `text`; throws the first problem with its braces.
  init(_ text: String) throws(ScriptProblem) {
    var rest = text[...]
    pieces = try Self.pieces(&rest, isNested: false)
  }

  private init(pieces: [Piece]) { self.pieces = pieces }

  private static func pieces(
    _ rest: inout Substring, isNested: Bool
  ) throws(ScriptProblem) -> [Piece] {
    var pieces: [Piece] = []
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case "{":
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        let name = String(rest.prefix { $0 != "}" && $0 != "?" && $0 != "{" })
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
          throw .brokenName(name)
        }
        switch rest.popFirst() {
        case "}": pieces.append(.name(name))
        case "?":
          pieces.append(.optional(name, Sentence(pieces: try Self.pieces(&rest, isNested: true))))
        default: throw .unclosedBrace
        }
      case "}":
        guard isNested else { throw .strayBrace }
        if !text.isEmpty { pieces.append(.text(text)) }
        return pieces
      default:
        text.append(character)
      }
    }
    guard !isNested else { throw .unclosedBrace }
    if !text.isEmpty { pieces.append(.text(text)) }
    return pieces
  }

  /// The fixed text of the sentence, with an ellipsis for each name.
  var outline: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .name: "…"
      case .optional: ""
      }
    }.joined()
  }

  /// All names in the sentence.
  var names: [String] {
    pieces.flatMap { piece -> [String] in
      switch piece {
      case .text: []
      case .name(let name): [name]
      case .optional(let name, let sentence): [name] + sentence.names
      }
    }
  }

  /// Returns the sentence with the values of `facts`, and with `words` for keys to translate.
  func said(of facts: Facts, words: Words) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .name(let name): words.text(facts.values[name], name: name, facts: facts)
      case .optional(let name, let sentence):
        facts.holds(name) ? sentence.said(of: facts, words: words) : ""
      }
    }.joined()
  }
}

extension Facts {
  /// Whether `name` has a value.
  func holds(_ name: String) -> Bool {
    switch values[name] {
    case .text, .verbatim, .word: true
    case .flag(let holds): holds
    case .list(let items): !items.isEmpty
    case .absent, nil: false
    }
  }

  /// Returns the text that conditions compare: that of the name, or a word's key, which is the same
  /// in every language.
  func compared(_ name: String) -> String? {
    switch values[name] {
    case .text(let text), .verbatim(let text): text
    case .word(let key): key
    case .flag, .list, .absent, nil: nil
    }
  }
}
