/// The value of an expression of TorchScript's code.
enum ScriptValue {
  case none
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([ScriptValue])
  case tensor(StoredTensor)
  /// A module, and its name in the network: "features.0".
  case object(PickleObject, path: String)
  /// The network's input, after so many steps.
  case made(Int)
  /// A value that depends on shapes, or on nothing that matters here.
  case unknown

  var number: Double? {
    switch self {
    case .number(let number): number
    case .boolean(let truth): truth ? 1 : 0
    default: nil
    }
  }
  var integer: Int? { number.flatMap { Int(exactly: $0) } }
  var boolean: Bool? { number.map { $0 != 0 } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var tensor: StoredTensor? { if case .tensor(let tensor) = self { tensor } else { nil } }
  var elements: [ScriptValue]? { if case .list(let elements) = self { elements } else { nil } }
  var isNone: Bool { if case .none = self { true } else { false } }

  /// Whole numbers, of which one stands for a list of one.
  var integers: [Int]? {
    if let integer { return [integer] }
    guard let elements else { return nil }
    let integers = elements.compactMap(\.integer)
    return integers.count == elements.count ? integers : nil
  }

  /// The same numbers times `factor`.
  func scaled(by factor: Double?) -> ScriptValue {
    guard let factor, factor != 1, let tensor else { return self }
    return .tensor(tensor.mapped { $0 * Float(factor) })
  }

  /// The numbers of steps after which the network made what this is, or has in it.
  var steps: [Int] {
    switch self {
    case .made(let step): [step]
    case .list(let elements): elements.flatMap(\.steps)
    default: []
    }
  }
}
