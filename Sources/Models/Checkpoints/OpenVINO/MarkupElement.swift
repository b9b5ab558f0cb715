/// An element of an XML file: its name, its attributes and what is in it.
///
/// As much of XML as programs write who keep numbers in it: no types of documents, no entities but the
/// five that XML has itself. Text between elements is left out.
final class MarkupElement: Sendable {
  let name: String
  let attributes: [String: String]
  let children: [MarkupElement]

  private init(name: String, attributes: [String: String], children: [MarkupElement]) {
    self.name = name
    self.attributes = attributes
    self.children = children
  }

  /// The first child of that name.
  subscript(name: String) -> MarkupElement? { children.first { $0.name == name } }

  /// The first element of that name within.
  func first(_ name: String, depth: Int = 0) -> MarkupElement? {
    for child in children {
      if child.name == name { return child }
      if depth < 8, let found = child.first(name, depth: depth + 1) { return found }
    }
    return nil
  }

  /// An element whose end has not come.
  private struct Open {
    let name: String
    let attributes: [String: String]
    var children: [MarkupElement] = []
  }

  private static let mostDepth = 64
  private static let mostElements = 1 << 20

  /// Reads the outermost element of a file.
  static func root(of bytes: Bytes) throws(ImportError) -> MarkupElement {
    var reader = MarkupReader(bytes)
    var open: [Open] = []
    var count = 0
    while let tag = try reader.next() {
      count += 1
      guard open.count < mostDepth, count < mostElements else {
        throw bytes.damaged("its XML has too many elements, or too many in each other")
      }
      if !tag.isEnd { open.append(Open(name: tag.name, attributes: tag.attributes)) }
      guard tag.isEnd || tag.isEmpty else { continue }
      guard let last = open.popLast(), last.name == tag.name else {
        throw bytes.damaged("its XML ends \(tag.name), which did not begin")
      }
      let element = MarkupElement(
        name: last.name, attributes: last.attributes, children: last.children)
      if open.isEmpty { return element }
      open[open.count - 1].children.append(element)
    }
    throw bytes.damaged("its XML ends early")
  }
}

/// Takes one tag of an XML file after another.
private struct MarkupReader {
  struct Tag {
    let name: String
    var attributes: [String: String] = [:]
    /// Whether it is the end of an element.
    var isEnd = false
    /// Whether it is both.
    var isEmpty = false
  }

  private let bytes: Bytes
  private let code: [UInt8]
  private var offset = 0

  init(_ bytes: Bytes) {
    self.bytes = bytes
    code = bytes.withUnsafeBytes { [UInt8]($0) }
  }

  /// The next tag; nil at the end.
  mutating func next() throws(ImportError) -> Tag? {
    while let start = code[offset...].firstIndex(of: UInt8(ascii: "<")) {
      offset = start + 1
      if has("!--") {
        try skip(behind: "-->")
      } else if has("?") {
        try skip(behind: "?>")
      } else if has("!") {
        try skip(behind: ">")
      } else {
        return try tag()
      }
    }
    return nil
  }

  private mutating func tag() throws(ImportError) -> Tag {
    if has("/") {
      offset += 1
      let name = word()
      try skip(behind: ">")
      return Tag(name: name, isEnd: true)
    }
    var tag = Tag(name: word())
    while true {
      skipSpace()
      if has("/>") {
        offset += 2
        tag.isEmpty = true
        return tag
      }
      if has(">") {
        offset += 1
        return tag
      }
      let name = word()
      skipSpace()
      guard !name.isEmpty, has("=") else {
        throw bytes.damaged("its XML can't be read at \(offset)")
      }
      offset += 1
      skipSpace()
      guard offset < code.count, case let quote = code[offset],
        quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = code[(offset + 1)...].firstIndex(of: quote)
      else { throw bytes.damaged("its XML can't be read at \(offset)") }
      tag.attributes[name] = Self.decoded(code[(offset + 1)..<end])
      offset = end + 1
    }
  }

  private func has(_ text: String) -> Bool { code[offset...].starts(with: text.utf8) }

  private mutating func skip(behind text: String) throws(ImportError) {
    while offset < code.count, !has(text) { offset += 1 }
    guard offset < code.count else { throw bytes.damaged("its XML ends early") }
    offset += text.utf8.count
  }

  private mutating func skipSpace() {
    while offset < code.count, code[offset] <= 0x20 { offset += 1 }
  }

  private mutating func word() -> String {
    let start = offset
    while offset < code.count, code[offset] > 0x20, !"/>=\"'<".utf8.contains(code[offset]) {
      offset += 1
    }
    return String(decoding: code[start..<offset], as: UTF8.self)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
    ]
    return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}
