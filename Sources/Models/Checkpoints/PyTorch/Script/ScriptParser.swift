/// Makes statements and expressions of the tokens of a line.
struct ScriptParser {
  private var tokens: ArraySlice<ScriptToken>
  private let bytes: Bytes
  /// The depth of nested expressions.
  private var depth = 0

  /// Deeper than any code is that PyTorch writes.
  private static let mostDepth = 32

  init(_ tokens: ArraySlice<ScriptToken>, of bytes: Bytes) {
    self.tokens = tokens
    self.bytes = bytes
  }

  /// The statements of the lines that stand further right than `indent`.
  static func block(
    of lines: inout ArraySlice<ScriptLine>, below indent: Int, depth: Int, _ bytes: Bytes
  ) throws(ImportError) -> [ScriptStatement] {
    guard depth < mostDepth else { throw bytes.damaged("its code is nested too deep") }
    var statements: [ScriptStatement] = []
    while let line = lines.first, line.indent > indent {
      lines.removeFirst()
      var parser = ScriptParser(line.tokens[...], of: bytes)
      switch line.tokens.first {
      case .word("pass"): break
      case .word("if"):
        parser.tokens.removeFirst()
        let condition = try parser.expression()
        let then = try block(of: &lines, below: line.indent, depth: depth + 1, bytes)
        var otherwise: [ScriptStatement] = []
        if let next = lines.first, next.indent == line.indent, next.tokens.first == .word("else") {
          lines.removeFirst()
          otherwise = try block(of: &lines, below: line.indent, depth: depth + 1, bytes)
        }
        statements.append(.choose(condition, then: then, otherwise: otherwise))
      case .word("for"), .word("while"):
        _ = try block(of: &lines, below: line.indent, depth: depth + 1, bytes)
        statements.append(.loop)
      case .word("return"):
        parser.tokens.removeFirst()
        statements.append(.answer(parser.tokens.isEmpty ? .none : try parser.list()))
      default: statements.append(try parser.statement())
      }
    }
    return statements
  }

  /// The next word.
  mutating func word() throws(ImportError) -> String {
    guard case .word(let word)? = tokens.popFirst() else { throw unreadable() }
    return word
  }

  /// (name: type, name: type=value) of a function.
  mutating func parameters() throws(ImportError) -> [(name: String, standard: ScriptExpression?)] {
    try expect("(")
    var parameters: [(name: String, standard: ScriptExpression?)] = []
    while !take(")") {
      let name = try word()
      if take(":") { _ = try expression() }
      parameters.append((name, take("=") ? try expression() : nil))
      if !take(",") {
        try expect(")")
        break
      }
    }
    return parameters
  }

  /// a, b = c; or an expression alone.
  private mutating func statement() throws(ImportError) -> ScriptStatement {
    let first = try list()
    if take(":") { _ = try expression() }
    guard take("=") else { return .evaluate(first) }
    let value = try list()
    switch first {
    case .name(let name): return .assign([name], value)
    case .list(let parts) where !parts.isEmpty:
      return .assign(
        parts.map { if case .name(let name) = $0 { name } else { "" } }, value)
    // What is put into an object or a list is no layer's.
    default: return .evaluate(value)
    }
  }

  /// One expression, or several with commas, which are a tuple.
  private mutating func list() throws(ImportError) -> ScriptExpression {
    let first = try expression()
    guard take(",") else { return first }
    var parts = [first]
    while let next = tokens.first, next != .sign(UInt8(ascii: "=")) {
      parts.append(try expression())
      if !take(",") { break }
    }
    return .list(parts)
  }

  private mutating func expression() throws(ImportError) -> ScriptExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.mostDepth else { throw bytes.damaged("its code is nested too deep") }
    var expression = try primary()
    var length = 0
    while true {
      length += 1
      guard length < Self.mostDepth else { throw bytes.damaged("its code is nested too deep") }
      if take(".") {
        expression = .attribute(expression, try word())
      } else if take("(") {
        expression = try call(of: expression)
      } else if take("[") {
        let parts = try elements(until: "]")
        expression = .element(expression, parts.count == 1 ? parts[0] : .list(parts))
      } else {
        return expression
      }
    }
  }

  private mutating func primary() throws(ImportError) -> ScriptExpression {
    guard let token = tokens.popFirst() else { throw unreadable() }
    switch token {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .word("None"): return .none
    case .word("True"): return .boolean(true)
    case .word("False"): return .boolean(false)
    case .word(let name): return .name(name)
    case .sign(UInt8(ascii: "-")):
      guard case .number(let number) = try expression() else { throw unreadable() }
      return .number(-number)
    case .sign(UInt8(ascii: "[")): return .list(try elements(until: "]"))
    case .sign(UInt8(ascii: "{")):
      _ = try elements(until: "}")
      return .list([])
    case .sign(UInt8(ascii: "(")):
      // A tuple of one is as good as what is in it.
      let parts = try elements(until: ")")
      return parts.count == 1 ? parts[0] : .list(parts)
    default: throw unreadable()
    }
  }

  private mutating func call(of function: ScriptExpression) throws(ImportError) -> ScriptExpression
  {
    var (arguments, named) = ([ScriptExpression](), [String: ScriptExpression]())
    while !take(")") {
      let argument = try expression()
      if case .name(let name) = argument, take("=") {
        named[name] = try expression()
      } else {
        arguments.append(argument)
      }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return .call(function, arguments, named: named)
  }

  /// Expressions with commas, up to a bracket; those of a dictionary have a colon and a value.
  private mutating func elements(until bracket: Character) throws(ImportError) -> [ScriptExpression]
  {
    var parts: [ScriptExpression] = []
    while !take(bracket) {
      parts.append(try expression())
      if take(":") { _ = try expression() }
      if !take(",") {
        try expect(bracket)
        break
      }
    }
    return parts
  }

  private mutating func take(_ sign: Character) -> Bool {
    guard let byte = sign.asciiValue, tokens.first == .sign(byte) else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func expect(_ sign: Character) throws(ImportError) {
    guard take(sign) else { throw unreadable() }
  }

  private func unreadable() -> ImportError {
    .unsupported(format: PyTorchFileFormat.name, feature: "TorchScript with unknown code")
  }
}
