import Foundation

/// Python's pickle machine (protocols 0 to 5, Lib/pickle.py), restricted to building data.
///
/// Python's own machine looks up names and calls the functions, so that every pickle is a program.
/// This one implements a handful of PyTorch's functions, keeps objects as records, and refuses any
/// other call, by name.
struct PickleMachine {
  private var reader: ByteReader
  private var stack: [PickleValue] = []
  /// The stacks that marks put aside.
  private var marks: [[PickleValue]] = []
  private var memo: [Int: PickleValue] = [:]
  private var steps = 0

  /// The most steps of a pickle: more than that of any MobileNet takes, optimisers included.
  private static let mostSteps = 4_000_000

  /// The most levels of containers within each other: memory that is nested deeper can't be freed on a
  /// small stack.
  private static let mostLevels = 100
  /// The number of times that a container within another one may get deeper.
  private static let mostGrowths = 10
  private var growths = 0

  private let recorder: StorageTypes?

  /// The types of the storages in a pickle, by name.
  final class StorageTypes {
    var types: [String: ScalarType] = [:]
  }

  /// Begins at `offset` of `bytes`; `recorder` collects the storages.
  init(_ bytes: Bytes, at offset: Int = 0, recording recorder: StorageTypes? = nil) {
    reader = ByteReader(bytes, at: offset)
    self.recorder = recorder
  }

  /// The offset behind the pickle.
  var offset: Int { reader.offset }

  /// Runs the pickle and returns its result.
  mutating func run() throws(ImportError) -> PickleValue {
    while true {
      steps += 1
      guard steps <= Self.mostSteps else { throw damaged("a pickle of too many steps") }
      let code = UInt8(try reader.next(UInt8.self))
      if code == UInt8(ascii: ".") { return try pop() }
      try execute(code)
    }
  }

  private mutating func execute(_ code: UInt8) throws(ImportError) {
    switch code {
    case 0x80: try reader.skip(1)
    case 0x95: try reader.skip(8)
    case UInt8(ascii: "("):
      marks.append(stack)
      stack = []
    case UInt8(ascii: "0"): _ = try pop()
    case UInt8(ascii: "1"): _ = try popMark()
    case UInt8(ascii: "2"): stack.append(try top())
    case UInt8(ascii: "N"): stack.append(.none)
    case 0x88: stack.append(.boolean(true))
    case 0x89: stack.append(.boolean(false))
    case UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "J"), UInt8(ascii: "K"),
      UInt8(ascii: "M"), 0x8A, 0x8B, UInt8(ascii: "F"), UInt8(ascii: "G"):
      stack.append(try number(code))
    case UInt8(ascii: "S"), UInt8(ascii: "T"), UInt8(ascii: "U"), UInt8(ascii: "V"),
      UInt8(ascii: "X"), 0x8C, 0x8D:
      stack.append(.text(try text(code)))
    case UInt8(ascii: "B"): stack.append(.bytes(try reader.take(size(UInt32.self), of: "bytes")))
    case UInt8(ascii: "C"): stack.append(.bytes(try reader.take(size(UInt8.self), of: "bytes")))
    case 0x8E, 0x96: stack.append(.bytes(try reader.take(size(UInt64.self), of: "bytes")))
    case UInt8(ascii: "]"), 0x8F: stack.append(.list(PickleList()))
    case UInt8(ascii: ")"): stack.append(.tuple([], level: 1))
    case UInt8(ascii: "}"): stack.append(.dictionary(PickleDictionary()))
    case UInt8(ascii: "t"), 0x91: stack.append(try tuple(popMark()))
    case 0x85: stack.append(try tuple(pop(1)))
    case 0x86: stack.append(try tuple(pop(2)))
    case 0x87: stack.append(try tuple(pop(3)))
    case UInt8(ascii: "l"):
      let list = PickleList()
      list.elements = try popMark()
      list.nesting.level = try level(of: list.nesting, with: list.elements)
      stack.append(.list(list))
    case UInt8(ascii: "d"):
      let dictionary = PickleDictionary()
      try fill(dictionary, with: popMark())
      stack.append(.dictionary(dictionary))
    case UInt8(ascii: "a"): try append([pop()])
    case UInt8(ascii: "e"), 0x90: try append(popMark())
    case UInt8(ascii: "s"): try setItems(pop(2))
    case UInt8(ascii: "u"): try setItems(popMark())
    case UInt8(ascii: "p"): memo[try decimal()] = try top()
    case UInt8(ascii: "q"): memo[try size(UInt8.self)] = try top()
    case UInt8(ascii: "r"): memo[try size(UInt32.self)] = try top()
    case 0x94: memo[memo.count] = try top()
    case UInt8(ascii: "g"): stack.append(try remembered(decimal()))
    case UInt8(ascii: "h"): stack.append(try remembered(size(UInt8.self)))
    case UInt8(ascii: "j"): stack.append(try remembered(size(UInt32.self)))
    default: try executeObject(code)
    }
  }

  /// Executes the steps that name classes and functions.
  private mutating func executeObject(_ code: UInt8) throws(ImportError) {
    switch code {
    case UInt8(ascii: "c"):
      let module = try line()
      stack.append(.global("\(module).\(try line())"))
    case 0x93:
      let names = try pop(2).map { $0.text ?? "?" }
      stack.append(.global(names.joined(separator: ".")))
    case UInt8(ascii: "R"):
      let call = try pop(2)
      stack.append(try result(of: call[0], call[1].elements ?? []))
    case 0x81:
      let call = try pop(2)
      stack.append(.object(PickleObject(className: call[0].global ?? "?")))
    case 0x92:
      let call = try pop(3)
      stack.append(.object(PickleObject(className: call[0].global ?? "?")))
    case UInt8(ascii: "i"):
      let name = "\(try line()).\(try line())"
      stack.append(try result(of: .global(name), popMark()))
    case UInt8(ascii: "o"):
      let call = try popMark()
      guard let first = call.first else { throw damaged("a pickle makes an object of nothing") }
      stack.append(try result(of: first, Array(call.dropFirst())))
    case UInt8(ascii: "b"): try build(pop())
    case UInt8(ascii: "P"): stack.append(try storage(.text(line())))
    case UInt8(ascii: "Q"): stack.append(try storage(pop()))
    default: throw damaged("a pickle has the unknown step \(code)")
    }
  }

  /// Adds a state to the object on the stack: names and values, or two such sets.
  private mutating func build(_ state: PickleValue) throws(ImportError) {
    guard case .object(let object) = try top() else { return }
    for part in state.elements ?? [state] {
      for (key, value) in part.dictionary?.pairs ?? [] {
        object.state.nesting.level = try level(of: object.state.nesting, with: [key, value])
        object.state.set(key, value)
      }
    }
  }

  private mutating func append(_ values: [PickleValue]) throws(ImportError) {
    guard case .list(let list) = try top() else { return }
    list.nesting.level = try level(of: list.nesting, with: values)
    list.elements += values
  }

  private mutating func setItems(_ values: [PickleValue]) throws(ImportError) {
    switch try top() {
    case .dictionary(let dictionary): try fill(dictionary, with: values)
    case .object(let object): try fill(object.items, with: values)
    default: throw damaged("a pickle puts a pair into what is no dictionary")
    }
  }

  private mutating func fill(
    _ dictionary: PickleDictionary, with values: [PickleValue]
  ) throws(ImportError) {
    guard values.count.isMultiple(of: 2) else { throw damaged("a pickle has half a pair") }
    dictionary.nesting.level = try level(of: dictionary.nesting, with: values)
    for index in stride(from: 0, to: values.count, by: 2) {
      dictionary.set(values[index], values[index + 1])
    }
  }

  /// Makes a tuple.
  private mutating func tuple(_ elements: [PickleValue]) throws(ImportError) -> PickleValue {
    .tuple(elements, level: try level(of: PickleNesting(), with: elements))
  }

  /// Returns the result of a function, which may hold its arguments.
  private mutating func result(
    of function: PickleValue, _ arguments: [PickleValue]
  ) throws(ImportError) -> PickleValue {
    _ = try tuple(arguments)
    return try PickleCalls.result(of: function, arguments, damaged: damaged)
  }

  /// Notes that `values` lie in a container now, and returns its level; throws where containers lie in each
  /// other too deep.
  ///
  /// A container may lie in itself. Pickles are written from the inside out: what lies in a container grows no more, but for a few
  /// objects that refer to each other.
  private mutating func level(
    of nesting: PickleNesting, with values: [PickleValue]
  ) throws(ImportError) -> Int {
    let level = 1 + (values.lazy.map(\.level).max() ?? 0)
    if level > nesting.level, nesting.isInside { growths += 1 }
    guard level <= Self.mostLevels, growths <= Self.mostGrowths else {
      throw damaged("a pickle of too many levels")
    }
    for value in values {
      switch value {
      case .list(let list): list.nesting.isInside = true
      case .dictionary(let dictionary): dictionary.nesting.isInside = true
      case .object(let object):
        object.state.nesting.isInside = true
        object.items.nesting.isInside = true
      default: break
      }
    }
    return max(level, nesting.level)
  }

  /// Reads a reference to a storage: ('storage', type, name, device, number of elements).
  private func storage(_ reference: PickleValue) throws(ImportError) -> PickleValue {
    // A reference to a module's class, with its source, which is not read.
    if let parts = reference.elements, parts.count >= 2, parts[0].text == "module" {
      return parts[1]
    }
    guard let parts = reference.elements, parts.count >= 5, parts[0].text == "storage",
      let key = parts[2].text, let count = parts[4].integer, 0..<1 << 40 ~= count
    else { throw damaged("a pickle refers to something else than a storage") }
    let name = parts[1].global ?? parts[1].text ?? "?"
    guard
      let type = PickleCalls.storageTypes[name.split(separator: ".").last.map(String.init) ?? name]
    else {
      throw .unsupported(format: PyTorchFileFormat.name, feature: "a storage of type \(name)")
    }
    recorder?.types[key] = type
    return .storage(PickledStorage(key: key, type: type, count: count))
  }

  private func remembered(_ index: Int) throws(ImportError) -> PickleValue {
    guard let value = memo[index] else { throw damaged("a pickle remembers nothing at \(index)") }
    return value
  }

  private func top() throws(ImportError) -> PickleValue {
    guard let value = stack.last else { throw damaged("a pickle takes from an empty stack") }
    return value
  }

  private mutating func pop() throws(ImportError) -> PickleValue {
    guard let value = stack.popLast() else { throw damaged("a pickle takes from an empty stack") }
    return value
  }

  private mutating func pop(_ count: Int) throws(ImportError) -> [PickleValue] {
    guard stack.count >= count else { throw damaged("a pickle takes from an empty stack") }
    let values = Array(stack.suffix(count))
    stack.removeLast(count)
    return values
  }

  private mutating func popMark() throws(ImportError) -> [PickleValue] {
    guard let before = marks.popLast() else { throw damaged("a pickle goes back to no mark") }
    defer { stack = before }
    return stack
  }

  private mutating func number(_ code: UInt8) throws(ImportError) -> PickleValue {
    switch code {
    case UInt8(ascii: "I"):
      let text = try line()
      if text == "01" || text == "00" { return .boolean(text == "01") }
      guard let value = Int(text) else {
        throw damaged("a pickle has the number \(text.prefix(20))")
      }
      return .integer(value)
    case UInt8(ascii: "L"):
      let text = try line()
      return .integer(Int(text.hasSuffix("L") ? String(text.dropLast()) : text) ?? Int.max)
    case UInt8(ascii: "F"): return .float(Double(try line()) ?? 0)
    case UInt8(ascii: "G"):
      let bytes = try reader.take(8, of: "a float")
      return .float(Double(bitPattern: UInt64(bigEndian: try bytes.load(UInt64.self, at: 0))))
    case UInt8(ascii: "J"):
      let bits = UInt32(truncatingIfNeeded: try size(UInt32.self))
      return .integer(Int(Int32(bitPattern: bits)))
    case UInt8(ascii: "K"): return .integer(try size(UInt8.self))
    case UInt8(ascii: "M"): return .integer(try size(UInt16.self))
    default:
      let bytes = try reader.take(
        code == 0x8A ? size(UInt8.self) : size(UInt32.self), of: "a number")
      // Larger numbers are not needed for a network.
      guard bytes.count <= 8 else { return .integer(Int.max) }
      var value = 0
      for index in 0..<bytes.count {
        value |= Int(try bytes.load(UInt8.self, at: index)) << (8 * index)
      }
      let unused = 64 - 8 * bytes.count
      return .integer(bytes.count == 0 ? 0 : (value << unused) >> unused)
    }
  }

  private mutating func text(_ code: UInt8) throws(ImportError) -> String {
    switch code {
    case UInt8(ascii: "S"):
      return try line().trimmingCharacters(in: .init(charactersIn: "'\""))
    case UInt8(ascii: "V"): return try line()
    case UInt8(ascii: "U"), 0x8C: return try reader.take(size(UInt8.self), of: "a text").text ?? ""
    case 0x8D: return try reader.take(size(UInt64.self), of: "a text").text ?? ""
    default: return try reader.take(size(UInt32.self), of: "a text").text ?? ""
    }
  }

  private mutating func size<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(ImportError) -> Int { try reader.next(type) }

  private mutating func decimal() throws(ImportError) -> Int {
    guard let value = Int(try line()) else { throw damaged("a pickle has no number where one is") }
    return value
  }

  /// Reads the text up to the end of the line.
  private mutating func line() throws(ImportError) -> String {
    var bytes: [UInt8] = []
    while bytes.count < 4096 {
      let byte = UInt8(try reader.next(UInt8.self))
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw damaged("a pickle has an endless line")
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: PyTorchFileFormat.name, problem: problem)
  }
}
