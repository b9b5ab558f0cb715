import Foundation

/// A node of a TensorFlow graph: a NodeDef of node_def.proto, or TensorFlow.js's JSON for one.
struct TensorFlowNode: Sendable {
  let name: String
  let operation: String
  /// The names of the nodes that this one reads, without control inputs.
  let inputs: [String]

  /// The node's attributes, in one of the two forms.
  private enum Attributes: Sendable {
    case protobuf([String: ProtobufMessage])
    case json(JSON)
  }
  private let attributes: Attributes

  /// Reads a NodeDef.
  init(_ message: ProtobufMessage) throws(ImportError) {
    name = try message.string(1)
    operation = try message.string(2)
    inputs = Self.names(try message.strings(3))
    var attributes: [String: ProtobufMessage] = [:]
    for entry in try message.messages(5) {
      if let value = try entry.message(2) { attributes[try entry.string(1)] = value }
    }
    self.attributes = .protobuf(attributes)
  }

  /// Reads a node of TensorFlow.js's `model.json`.
  init(_ json: JSON) {
    name = json["name"]?.text ?? ""
    operation = json["op"]?.text ?? ""
    inputs = Self.names(json["input"]?.texts ?? [])
    attributes = .json(json["attr"] ?? .null)
  }

  private init(
    name: String, operation: String, inputs: [String], attributes: Attributes
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.attributes = attributes
  }

  /// The same by another name, reading what is called otherwise, or doing something else.
  func renamed(
    _ name: String, as operation: String? = nil, reading inputs: [String]
  ) -> TensorFlowNode {
    TensorFlowNode(
      name: name, operation: operation ?? self.operation, inputs: inputs, attributes: attributes)
  }

  /// Returns the names of the nodes without control inputs, "^name"; "name:1" is the second output
  /// of a node.
  private static func names(_ inputs: [String]) -> [String] {
    inputs.filter { !$0.hasPrefix("^") }.map(nodeName)
  }

  /// The node that makes an output: "conv1/Conv2D" of "conv1/Conv2D:output:0".
  static func nodeName(_ output: String) -> String {
    output.split(separator: ":").first.map(String.init) ?? output
  }

  /// The name of a function that is called.
  func function(_ name: String) throws(ImportError) -> String? {
    guard case .protobuf(let attributes) = attributes else { return nil }
    return try attributes[name]?.message(10)?.string(1)
  }

  /// Returns a text.
  func text(_ name: String) throws(ImportError) -> String? {
    switch attributes {
    case .protobuf(let attributes): return try attributes[name]?.data(2)?.text
    case .json(let json): return json[name]?["s"]?.text.map(Self.decoded)
    }
  }

  /// Returns a float.
  func float(_ name: String) throws(ImportError) -> Double? {
    switch attributes {
    case .protobuf(let attributes): return try attributes[name]?.float(4).map { Double($0) }
    case .json(let json): return json[name]?["f"]?.number
    }
  }

  /// Whether a type is that of bytes.
  func isOfBytes(_ name: String) throws(ImportError) -> Bool { try has([4: "DT_UINT8"], name) }

  /// Whether a type is that of texts.
  func isOfTexts(_ name: String) throws(ImportError) -> Bool { try has([7: "DT_STRING"], name) }

  /// Whether a type is one of integers.
  func isOfIntegers(_ name: String) throws(ImportError) -> Bool {
    let types = [
      3: "DT_INT32", 4: "DT_UINT8", 5: "DT_INT16", 6: "DT_INT8", 9: "DT_INT64", 10: "DT_BOOL",
      17: "DT_UINT16", 22: "DT_UINT32", 23: "DT_UINT64",
    ]
    return try has(types, name)
  }

  /// Whether a type is one of these; JSON has the names, and types.proto numbers for them.
  private func has(_ types: [Int: String], _ name: String) throws(ImportError) -> Bool {
    switch attributes {
    case .protobuf(let attributes):
      return try attributes[name]?.integer(6).map { types[$0] != nil } ?? false
    case .json(let json): return types.values.contains(json[name]?["type"]?.text ?? "")
    }
  }

  /// Returns whether an attribute is true.
  func boolean(_ name: String) throws(ImportError) -> Bool {
    switch attributes {
    case .protobuf(let attributes): return try attributes[name]?.integer(5) == 1
    case .json(let json): return json[name]?["b"]?.boolean ?? false
    }
  }

  /// Returns a list of integers.
  func integers(_ name: String) throws(ImportError) -> [Int]? {
    switch attributes {
    case .protobuf(let attributes): return try attributes[name]?.message(1)?.integers(3)
    case .json(let json):
      // JSON has no 64-bit integers, so they are texts.
      return json[name]?["list"]?["i"]?.elements?.map {
        $0.text.flatMap { Int($0) } ?? $0.integer ?? 0
      }
    }
  }

  /// Returns a list of texts.
  func texts(_ name: String) throws(ImportError) -> [String] {
    switch attributes {
    case .protobuf(let attributes): return try attributes[name]?.message(1)?.strings(2) ?? []
    case .json(let json): return (json[name]?["list"]?["s"]?.texts ?? []).map(Self.decoded)
    }
  }

  /// Returns the sizes of a shape; −1 for an open one.
  func shape(_ name: String) throws(ImportError) -> [Int] {
    switch attributes {
    case .protobuf(let attributes): return try TensorBundle.shape(attributes[name]?.message(7))
    case .json(let json):
      return (json[name]?["shape"]?["dim"]?.elements ?? []).map {
        $0["size"]?.text.flatMap { Int($0) } ?? $0["size"]?.integer ?? 0
      }
    }
  }

  /// Returns a constant's TensorProto; nil for JSON, which has none.
  func tensor(_ name: String) throws(ImportError) -> ProtobufMessage? {
    guard case .protobuf(let attributes) = attributes else { return nil }
    return try attributes[name]?.message(8)
  }

  /// Decodes a text, which TensorFlow.js writes as base 64.
  private static func decoded(_ text: String) -> String {
    Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) } ?? text
  }
}
