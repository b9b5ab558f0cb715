import MobileNet

/// An expression of TorchScript's code, which is a small part of Python.
indirect enum ScriptExpression: Sendable {
  case none
  case boolean(Bool)
  case number(Double)
  case text(String)
  /// A variable, or what a longer name begins with.
  case name(String)
  case list([ScriptExpression])
  case attribute(ScriptExpression, String)
  case element(ScriptExpression, ScriptExpression)
  case call(ScriptExpression, [ScriptExpression], named: [String: ScriptExpression])
}

/// A statement of TorchScript's code.
indirect enum ScriptStatement: Sendable {
  case assign([String], ScriptExpression)
  case evaluate(ScriptExpression)
  case choose(ScriptExpression, then: [ScriptStatement], otherwise: [ScriptStatement])
  case answer(ScriptExpression)
  /// A statement that repeats others, as no chain of layers does.
  case loop
}

/// The functions of one file of TorchScript's code.
struct ScriptCode: Sendable {
  /// A function or a method.
  struct Function: Sendable {
    let parameters: [(name: String, standard: ScriptExpression?)]
    let body: [ScriptStatement]
  }

  /// The functions by name; methods behind their class: "Conv2d.forward".
  private(set) var functions: [String: Function] = [:]

  /// More code than that of any MobileNet.
  private static let mostBytes = 1 << 20

  /// Reads a file that TorchScript wrote.
  init(_ bytes: Bytes) throws(ImportError) {
    guard bytes.count <= Self.mostBytes else {
      throw bytes.damaged("its code has \(bytes.count.grouped) bytes")
    }
    var lines = try ScriptLine.all(in: bytes)[...]
    var type: (name: String, indent: Int)?
    while let line = lines.popFirst() {
      if let last = type, line.indent <= last.indent { type = nil }
      switch line.tokens.first {
      case .word("class"):
        if case .word(let name)? = line.tokens.dropFirst().first { type = (name, line.indent) }
      case .word("def"):
        var parser = ScriptParser(line.tokens.dropFirst(), of: bytes)
        let name = try parser.word()
        let parameters = try parser.parameters()
        let body = try ScriptParser.block(of: &lines, below: line.indent, depth: 0, bytes)
        functions[type.map { "\($0.name).\(name)" } ?? name] = Function(
          parameters: parameters, body: body)
      default: break
      }
    }
  }
}

/// A token of a line of code.
enum ScriptToken: Equatable, Sendable {
  case word(String)
  case number(Double)
  case text(String)
  case sign(UInt8)
}

/// A line of code; one whose brackets are open goes on in the next.
struct ScriptLine: Sendable {
  let indent: Int
  let tokens: [ScriptToken]

  /// All lines that are not empty.
  static func all(in bytes: Bytes) throws(ImportError) -> [ScriptLine] {
    let code = bytes.withUnsafeBytes { [UInt8]($0) }
    var lines: [ScriptLine] = []
    var (indent, tokens, open) = (0, [ScriptToken](), 0)
    var offset = 0
    func end(_ isPart: (UInt8) -> Bool) -> Int {
      code[offset...].firstIndex { !isPart($0) } ?? code.endIndex
    }
    while offset < code.endIndex {
      let byte = code[offset]
      switch byte {
      case UInt8(ascii: "\n"):
        offset += 1
        guard open <= 0 else { continue }
        if !tokens.isEmpty { lines.append(ScriptLine(indent: indent, tokens: tokens)) }
        tokens = []
        indent = end { $0 == UInt8(ascii: " ") } - offset
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
      case UInt8(ascii: "#"): offset = end { $0 != UInt8(ascii: "\n") }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        var last = offset + 1
        while last < code.endIndex, code[last] != byte {
          last += code[last] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard last < code.endIndex else { throw bytes.damaged("a text in its code does not end") }
        tokens.append(.text(String(decoding: code[(offset + 1)..<last], as: UTF8.self)))
        offset = last + 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        var last = end { $0.isDigit || $0 == UInt8(ascii: ".") }
        if last < code.endIndex, code[last] | 0x20 == UInt8(ascii: "e") {
          last += 1
          if last < code.endIndex, [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(code[last]) {
            last += 1
          }
          while last < code.endIndex, code[last].isDigit { last += 1 }
        }
        let word = String(decoding: code[offset..<last], as: UTF8.self)
        guard let number = Double(word.hasSuffix(".") ? word + "0" : word) else {
          throw bytes.damaged("its code has the number \(word.prefix(20))")
        }
        tokens.append(.number(number))
        offset = last
      case let letter where letter.isLetter:
        let last = end { $0.isLetter || $0.isDigit }
        tokens.append(.word(String(decoding: code[offset..<last], as: UTF8.self)))
        offset = last
      default:
        if [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{")].contains(byte) { open += 1 }
        if [UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte) { open -= 1 }
        tokens.append(.sign(byte))
        offset += 1
      }
    }
    if !tokens.isEmpty { lines.append(ScriptLine(indent: indent, tokens: tokens)) }
    return lines
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
  /// Of a name: letters, the underscore, and what is no ASCII.
  fileprivate var isLetter: Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 || self == UInt8(ascii: "_") || self > 127
  }
}
