/// Follows the code of TorchScript from the input on, and makes layers of what it does with it.
///
/// Nothing is computed but what decides where the code goes on: the names of layers, settings,
/// and whether a flag is set.
struct ScriptMachine {
  /// The findings so far.
  private(set) var layers = ScriptChain()

  private let archive: ZipArchive
  /// The folder of the code's files: "network/code/".
  private let folder: String
  private let constants: [ScriptValue]
  /// Makes an array of what a pickle says of it.
  private let stored: (PickledTensor, String) throws(ImportError) -> StoredTensor
  private var files: [String: ScriptCode] = [:]
  private var count = 0

  /// More than any MobileNet takes.
  private static let mostStatements = 100_000
  private static let mostCalls = 16

  init(
    _ archive: ZipArchive, folder: String, constants: [ScriptValue],
    stored: @escaping (PickledTensor, String) throws(ImportError) -> StoredTensor
  ) {
    self.archive = archive
    self.folder = folder
    self.constants = constants
    self.stored = stored
  }

  /// Follows the method `forward` of the network, whose first argument is the picture.
  mutating func run(_ network: PickleObject) throws(ImportError) {
    _ = try call(
      "\(network.className).forward", [.object(network, path: ""), .made(0)], named: [:], depth: 0)
  }

  /// A method or a function of the file's own code.
  private mutating func call(
    _ name: String, _ arguments: [ScriptValue], named: [String: ScriptValue], depth: Int
  ) throws(ImportError) -> ScriptValue {
    guard depth < Self.mostCalls, let function = try self.function(called: name) else {
      throw unreadable("whose code calls \(name), which is missing or calls itself,")
    }
    var variables: [String: ScriptValue] = [:]
    for (index, parameter) in function.parameters.enumerated() {
      if index < arguments.count {
        variables[parameter.name] = arguments[index]
      } else if let value = named[parameter.name] {
        variables[parameter.name] = value
      } else {
        variables[parameter.name] = try evaluate(
          parameter.standard ?? ScriptExpression.none, [:], step: name, depth: depth)
      }
    }
    return try run(function.body, &variables, depth: depth) ?? ScriptValue.none
  }

  /// Runs statements; answers what they return, if they do.
  private mutating func run(
    _ statements: [ScriptStatement], _ variables: inout [String: ScriptValue], depth: Int
  ) throws(ImportError) -> ScriptValue? {
    for statement in statements {
      count += 1
      guard count <= Self.mostStatements else { throw unreadable("whose code does not end") }
      switch statement {
      case .assign(let names, let expression):
        let value = try evaluate(expression, variables, step: names[0], depth: depth)
        if names.count == 1 {
          variables[names[0]] = value
        } else {
          for (index, name) in names.enumerated() {
            variables[name] =
              value.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .unknown
          }
        }
      case .evaluate(let expression):
        _ = try evaluate(expression, variables, step: "", depth: depth)
      case .answer(let expression):
        return try evaluate(expression, variables, step: "the last step", depth: depth)
      case .choose(let condition, let then, let otherwise):
        let chosen: [ScriptStatement]
        switch try evaluate(condition, variables, step: "", depth: depth).boolean {
        case true?: chosen = then
        case false?: chosen = otherwise
        // What depends on shapes is mostly whether to give up.
        case nil where then.contains(where: \.isRefusal): chosen = otherwise
        case nil where otherwise.contains(where: \.isRefusal): chosen = then
        case nil: throw unreadable("whose code depends on the picture")
        }
        if let answer = try run(chosen, &variables, depth: depth) { return answer }
      case .loop: throw unreadable("with a loop in its code")
      }
    }
    return nil
  }

  private mutating func evaluate(
    _ expression: ScriptExpression, _ variables: [String: ScriptValue], step: String, depth: Int
  ) throws(ImportError) -> ScriptValue {
    switch expression {
    case .none: return .none
    case .boolean(let truth): return .boolean(truth)
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .name(let name): return variables[name] ?? .unknown
    case .list(let parts):
      // Lists within lists within lists say nothing of a network; too many of them can't be freed.
      return .list(
        try evaluate(parts, variables, step: step, depth: depth).map {
          $0.elements?.contains { $0.elements != nil } == true ? .unknown : $0
        })
    case .element(let list, let place):
      let elements = try evaluate(list, variables, step: step, depth: depth).elements ?? []
      let index = try evaluate(place, variables, step: step, depth: depth).integer
      guard let index, elements.indices.contains(index) else { return .unknown }
      return elements[index]
    case .attribute(let owner, let name):
      if case .name("CONSTANTS") = owner {
        guard let number = Int(name.dropFirst()), constants.indices.contains(number) else {
          throw unreadable("without its constant \(name)")
        }
        return constants[number]
      }
      // A function that is called later, by a shorter name.
      if let name = expression.dotted, name.hasPrefix("__torch__.") { return .text(name) }
      return try attribute(
        name, of: evaluate(owner, variables, step: step, depth: depth))
    case .call(let callee, let arguments, let named):
      return try call(callee, arguments, named, variables, step: step, depth: depth)
    }
  }

  private mutating func evaluate(
    _ parts: [ScriptExpression], _ variables: [String: ScriptValue], step: String, depth: Int
  ) throws(ImportError) -> [ScriptValue] {
    var values: [ScriptValue] = []
    for part in parts {
      values.append(try evaluate(part, variables, step: step, depth: depth))
    }
    return values
  }

  private mutating func call(
    _ callee: ScriptExpression, _ parts: [ScriptExpression],
    _ namedParts: [String: ScriptExpression],
    _ variables: [String: ScriptValue], step: String, depth: Int
  ) throws(ImportError) -> ScriptValue {
    let arguments = try evaluate(parts, variables, step: step, depth: depth)
    var named: [String: ScriptValue] = [:]
    for (name, part) in namedParts {
      named[name] = try evaluate(part, variables, step: step, depth: depth)
    }
    if case .name(let name) = callee, case .text(let function)? = variables[name] {
      return try call(function, arguments, named: named, depth: depth + 1)
    }
    if let name = callee.dotted, variables[String(name.prefix { $0 != "." })] == nil {
      switch name {
      case "getattr" where arguments.count == 2:
        return try attribute(arguments[1].text ?? "", of: arguments[0])
      case "annotate", "unchecked_cast": return arguments.last ?? .none
      case "float" where arguments.first?.text != nil:
        return arguments[0].text.flatMap { Double($0) }.map { .number($0) } ?? .unknown
      case "int", "float", "bool": return arguments.first ?? .unknown
      case let name where name.hasPrefix("__torch__."):
        return try call(name, arguments, named: named, depth: depth + 1)
      default:
        return try layers.take(name, ScriptArguments(arguments, named: named), step: step)
      }
    }
    guard case .attribute(let owner, let method) = callee else { return .unknown }
    let object = try evaluate(owner, variables, step: step, depth: depth)
    guard case .object(let record, _) = object else { return .unknown }
    return try call(
      "\(record.className).\(method)", [object] + arguments, named: named, depth: depth + 1)
  }

  /// The module's attribute of that name.
  private func attribute(_ name: String, of owner: ScriptValue) throws(ImportError) -> ScriptValue {
    guard case .object(let object, let path) = owner else { return .unknown }
    // Whoever saved it while it was trained wants to know what it says now.
    if name == "training" { return .boolean(false) }
    let whole = path.isEmpty ? name : "\(path).\(name)"
    return try value(object.state[name] ?? PickleValue.none, called: whole)
  }

  /// A pickle's value, as the code sees it.
  ///
  /// Lists within lists say nothing of a network, and may hold themselves.
  private func value(
    _ found: PickleValue, called name: String, isInside: Bool = false
  ) throws(ImportError) -> ScriptValue {
    switch found {
    case .none: return .none
    case .boolean(let truth): return .boolean(truth)
    case .integer, .float: return found.number.map { .number($0) } ?? .unknown
    case .text(let text): return .text(text)
    case .tensor(let tensor): return .tensor(try stored(tensor, name))
    case .object(let object): return .object(object, path: name)
    case .tuple, .list:
      guard !isInside else { return .unknown }
      var parts: [ScriptValue] = []
      for (index, part) in (found.elements ?? []).prefix(4096).enumerated() {
        parts.append(try value(part, called: "\(name).\(index)", isInside: true))
      }
      return .list(parts)
    default: return .unknown
    }
  }

  /// The function of that name, whose file is named by the first words of it.
  private mutating func function(called name: String) throws(ImportError) -> ScriptCode.Function? {
    var words = name.split(separator: ".").map(String.init)
    var inside: [String] = []
    // A method stands in a class, a function in the file.
    while inside.count < 2, let last = words.popLast() {
      inside.insert(last, at: 0)
      let path = "\(folder)\(words.joined(separator: "/")).py"
      guard archive.has(path) else { continue }
      if files[path] == nil { files[path] = try ScriptCode(archive.file(path)) }
      if let found = files[path]?.functions[inside.joined(separator: ".")] { return found }
    }
    return nil
  }

  private func unreadable(_ problem: String) -> ImportError {
    .unsupported(format: PyTorchFileFormat.name, feature: "TorchScript \(problem)")
  }
}

extension ScriptExpression {
  /// The words of a name with points: "torch.conv2d".
  fileprivate var dotted: String? {
    switch self {
    case .name(let name): name
    case .attribute(let owner, let name): owner.dotted.map { "\($0).\(name)" }
    default: nil
    }
  }
}

extension ScriptStatement {
  /// Whether it gives up.
  fileprivate var isRefusal: Bool {
    guard case .evaluate(.call(let callee, _, _)) = self else { return false }
    return callee.dotted == "ops.prim.RaiseException"
  }
}
