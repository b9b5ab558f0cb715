/// A value that a pickle builds: data, and descriptions of everything else.
///
/// No name in a pickle is ever looked up or called. An object is a record of its class's name and
/// its contents.
indirect enum PickleValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case float(Double)
  case text(String)
  case bytes(Bytes)
  /// The elements, and the levels of containers that they begin.
  case tuple([PickleValue], level: Int)
  case list(PickleList)
  case dictionary(PickleDictionary)
  /// The module and name of a class or a function.
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
    case .tuple(let elements, _): elements
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
  /// The levels of containers within each other; 0 for a value that is none.
  var level: Int {
    switch self {
    case .tuple(_, let level): level
    case .list(let list): list.nesting.level
    case .dictionary(let dictionary): dictionary.nesting.level
    case .object(let object): max(object.state.nesting.level, object.items.nesting.level)
    default: 0
    }
  }
  var object: PickleObject? { if case .object(let object) = self { object } else { nil } }
}

/// The depth of a container, and whether it lies in another one.
struct PickleNesting {
  var level = 1
  var isInside = false
}

/// A list, by reference, because a pickle may append to it after using it elsewhere.
final class PickleList {
  var elements: [PickleValue] = []
  var nesting = PickleNesting()
}

/// A dictionary in the order of insertion, by reference.
final class PickleDictionary {
  private(set) var pairs: [(key: PickleValue, value: PickleValue)] = []
  var nesting = PickleNesting()
  private var places: [String: Int] = [:]

  /// Adds a pair, or changes the value of an existing text key.
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

  /// The value for a text key.
  subscript(name: String) -> PickleValue? { places[name].map { pairs[$0].value } }
}

/// An object of any class.
final class PickleObject {
  /// The module and name of the class.
  let className: String
  /// The state from building the object.
  var state = PickleDictionary()
  /// The pairs that were added as to a dictionary.
  var items = PickleDictionary()

  init(className: String) { self.className = className }

  /// The last part of the class's name, such as "Conv2d".
  var kind: String { className.split(separator: ".").last.map(String.init) ?? className }
}

/// A part of a file that holds tensors' elements.
struct PickledStorage {
  /// The storage's name in the container.
  let key: String
  let type: ScalarType
  /// The number of elements.
  let count: Int
}

/// A tensor: a view of a storage.
struct PickledTensor {
  let storage: PickledStorage
  /// The index of the first element.
  let offset: Int
  let shape: [Int]
  /// The distance between neighbours along each axis, in elements.
  let strides: [Int]
}
