import Foundation

/// A JSON value of any shape.
enum JSON: Sendable {
  case object([String: JSON])
  case array([JSON])
  case text(String)
  case number(Double)
  case boolean(Bool)
  case null

  /// Parses `data`; throws Foundation's error for invalid JSON.
  init(_ data: Data) throws {
    self.init(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
  }

  /// Converts Foundation's value.
  private init(_ value: Any) {
    switch value {
    case let members as [String: Any]: self = .object(members.mapValues { JSON($0) })
    case let elements as [Any]: self = .array(elements.map { JSON($0) })
    case let text as String: self = .text(text)
    case let number as NSNumber:
      // A boolean is an NSNumber too; its type code tells it from numbers.
      let isBoolean = number.objCType.pointee == CChar(UInt8(ascii: "c"))
      self = isBoolean ? .boolean(number.boolValue) : .number(number.doubleValue)
    default: self = .null
    }
  }

  /// The member of an object; nil when it is missing or null, or this is no object.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self, let member = members[name] else { return nil }
    if case .null = member { return nil }
    return member
  }

  /// The members; nil when this is no object.
  var members: [String: JSON]? {
    if case .object(let members) = self { members } else { nil }
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

  /// The number as an integer; nil for any other value.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// The number, or the numbers of an array: frameworks write either where axes may differ.
  var numbers: [Double]? { number.map { [$0] } ?? elements?.all(\.number) }

  /// The integers of an array; nil when there is anything else.
  var integers: [Int]? { elements?.all(\.integer) }

  /// The texts of an array; nil when there is anything else.
  var texts: [String]? { elements?.all(\.text) }
}

extension [JSON] {
  /// Returns `value` of each element; nil when it is nil for one.
  fileprivate func all<Value>(_ value: (JSON) -> Value?) -> [Value]? {
    let values = compactMap(value)
    return values.count == count ? values : nil
  }
}

extension Bytes {
  /// Parses these bytes as JSON; `what` names them in the error when that fails.
  func json(_ what: String) throws(ImportError) -> JSON {
    do {
      return try JSON(contents)
    } catch {
      throw damaged("\(what) is not the JSON that was expected")
    }
  }
}
