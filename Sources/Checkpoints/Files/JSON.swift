import Foundation

/// A JSON value whose shape is not known before it is looked at.
enum JSON: Decodable, Sendable {
  case object([String: JSON])
  case array([JSON])
  case text(String)
  case number(Double)
  case boolean(Bool)
  case null

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      var members: [String: JSON] = [:]
      for key in container.allKeys {
        members[key.stringValue] = try container.decode(JSON.self, forKey: key)
      }
      self = .object(members)
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !container.isAtEnd { elements.append(try container.decode(JSON.self)) }
      self = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let boolean = try? container.decode(Bool.self) {
        self = .boolean(boolean)
      } else {
        self = .null
      }
    }
  }

  /// The member of an object; nil when it is not there, or null, or this is no object.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self, let member = members[name] else { return nil }
    if case .null = member { return nil }
    return member
  }

  /// The elements; nil when this is no array.
  var elements: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// A whole number; nil for any other.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// The number, or the numbers of an array: as frameworks write what may differ by axis.
  var numbers: [Double]? {
    number.map { [$0] }
      ?? elements.flatMap { elements in
        let numbers = elements.compactMap(\.number)
        return numbers.count == elements.count ? numbers : nil
      }
  }
}

extension Bytes {
  /// The value that these bytes are as JSON; `what` names them in the error when they are not.
  func json<Value: Decodable>(_ what: String, as type: Value.Type) throws(ImportError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: contents)
    } catch {
      throw damaged("\(what) is not the JSON that was expected")
    }
  }
}
