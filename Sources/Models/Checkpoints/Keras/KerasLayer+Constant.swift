/// Functions that a Keras model calls between its layers, whose constants are among their inputs.
extension KerasLayer {
  /// The constant of a function of two numbers, and whether it comes first; nil where there is
  /// none.
  ///
  /// Keras 3 has "args" and "kwargs", Keras 2 [layer, node, output, {"y": constant}], or
  /// "_CONSTANT_VALUE" in place of a layer.
  var constant: (numbers: [Double], isFirst: Bool)? {
    guard let node = nodes.first else { return nil }
    if let arguments = node["args"]?.elements {
      for (index, argument) in arguments.enumerated() {
        if let numbers = argument.flatNumbers { return (numbers, index == 0) }
      }
      for (name, value) in node["kwargs"]?.members ?? [:] {
        if let numbers = value.flatNumbers { return (numbers, name == "x1") }
      }
      return nil
    }
    let call = node.elements?.first?.elements ?? node.elements ?? []
    guard call.count >= 3 else { return nil }
    if call[0].text == Self.constantValue, let numbers = call[2].flatNumbers {
      return (numbers, true)
    }
    for (_, value) in call.last?.members ?? [:] {
      if let numbers = value.flatNumbers { return (numbers, false) }
    }
    return nil
  }

  /// Whether the function is x[..., ::-1].
  var takesReverseOfChannels: Bool {
    let isSlice =
      kind == "GetItem" || settings["function"]?.text == "__operators__.getitem"
      || settings["function"]?.text == "reverse"
    return isSlice && nodes.contains { $0.hasStepBackwards }
  }

  /// Whether it makes three channels of one.
  var repeatsOneChannel: Bool {
    let function = settings["function"]?.text ?? kind
    let axis = setting(["axis"])?.integer ?? -1
    switch function.split(separator: ".").last?.lowercased() {
    case "concatenate", "concat":
      return readings == 3 && inputs?.count == 1 && [-1, 3].contains(axis)
    case "repeat": return setting(["repeats"])?.integer == 3 && [-1, 3].contains(axis)
    case "tile": return setting(["repeats", "multiples"])?.integers == [1, 1, 1, 3]
    case "grayscale_to_rgb": return true
    default: return false
    }
  }

  /// A setting by one of these names, which a function has beside what it reads.
  private func setting(_ names: [String]) -> JSON? {
    for place in [settings] + nodes {
      for name in names {
        if let found = place.member(name) { return found }
      }
    }
    return nil
  }

  /// Keras 2's placeholder for a layer where there is a number.
  static let constantValue = "_CONSTANT_VALUE"
}

extension JSON {
  /// The number of this value, or the numbers of an array; nil for anything else.
  var flatNumbers: [Double]? {
    if let number { return [number] }
    if let elements {
      var all: [Double] = []
      for element in elements {
        guard let numbers = element.flatNumbers, all.count <= 4 else { return nil }
        all += numbers
      }
      return all.isEmpty ? nil : all
    }
    let kinds = ["__numpy__", "__tensor__", "__ndarray__"]
    guard let kind = self["class_name"]?.text, kinds.contains(kind) else { return nil }
    return self["config"]?["value"]?.flatNumbers
  }

  /// The first member of that name within.
  fileprivate func member(_ name: String) -> JSON? {
    if let found = self[name] { return found }
    return (elements ?? members.map { Array($0.values) } ?? []).lazy
      .compactMap { $0.member(name) }.first
  }

  /// Whether the value contains a slice with the step −1, or a list of axes with only the last.
  fileprivate var hasStepBackwards: Bool {
    switch self {
    case .array(let elements): elements.contains { $0.hasStepBackwards }
    case .object(let members):
      members["step"]?.number == -1 || members["axis"]?.flatNumbers == [-1]
        || members.values.contains { $0.hasStepBackwards }
    default: false
    }
  }
}
