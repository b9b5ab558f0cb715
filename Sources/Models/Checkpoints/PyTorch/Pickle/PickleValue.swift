/// What a pickle builds: data, and descriptions of everything else.
///
/// Nothing that a pickle names is ever looked up or called. An object is a record of its class's name
/// and what was put into it.
indirect enum PickleValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case float(Double)
  case text(String)
  case bytes(Bytes)
  case tuple([PickleValue])
  case list(PickleList)
  case dictionary(PickleDictionary)
  /// A class or a function, by module and name.
  case global(String)
  case object(PickleObject)
  case tensor(PickledTensor)
  case storage(PickledStorage)

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var integer: Int? {
    switch self {
    case .integer(let integer): integer
    case .boolean(let boolean): boolean ? 1 : 0
    default: nil
    }
  }
  var number: Double? {
    if case .float(let number) = self { number } else { integer.map { Double($0) } }
  }
  var global: String? { if case .global(let name) = self { name } else { nil } }
  var elements: [PickleValue]? {
    switch self {
    case .tuple(let elements): elements
    case .list(let list): list.elements
    default: nil
    }
  }
  var integers: [Int]? {
    guard let elements else { return nil }
    let integers = elements.compactMap(\.integer)
    return integers.count == elements.count ? integers : nil
  }
  var dictionary: PickleDictionary? {
    switch self {
    case .dictionary(let dictionary): dictionary
    case .object(let object): object.items.pairs.isEmpty ? nil : object.items
    default: nil
    }
  }
  var object: PickleObject? { if case .object(let object) = self { object } else { nil } }
}

/// A list, which more may be appended to after it was put elsewhere.
final class PickleList {
  var elements: [PickleValue] = []
}

/// A dictionary, in the order in which it was filled.
final class PickleDictionary {
  private(set) var pairs: [(key: PickleValue, value: PickleValue)] = []
  private var places: [String: Int] = [:]

  /// Adds a pair, or changes the value of a text that is a key already.
  func set(_ key: PickleValue, _ value: PickleValue) {
    if let text = key.text {
      if let place = places[text] {
        pairs[place].value = value
        return
      }
      places[text] = pairs.count
    }
    pairs.append((key, value))
  }

  /// The value of a text.
  subscript(name: String) -> PickleValue? { places[name].map { pairs[$0].value } }
}

/// An object of some class.
final class PickleObject {
  /// The class, by module and name.
  let className: String
  /// What it was built with.
  var state = PickleDictionary()
  /// What was put into it as into a dictionary.
  var items = PickleDictionary()

  init(className: String) { self.className = className }

  /// The last word of the class's name: "Conv2d".
  var kind: String { className.split(separator: ".").last.map(String.init) ?? className }
}

/// A part of a file that tensors lie in.
struct PickledStorage {
  /// Its name in the container.
  let key: String
  let type: ScalarType
  /// The count of its numbers.
  let count: Int
}

/// A tensor: places in a storage.
struct PickledTensor {
  let storage: PickledStorage
  /// The number that it begins with.
  let offset: Int
  let shape: [Int]
  /// From one number to the next along each axis.
  let strides: [Int]
}
