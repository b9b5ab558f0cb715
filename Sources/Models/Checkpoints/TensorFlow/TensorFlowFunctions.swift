/// The functions of a TensorFlow graph, in which TensorFlow 2 keeps the layers.
///
/// The field numbers are those of graph.proto, function.proto and op_def.proto.
struct TensorFlowFunctions {
  private struct Function {
    let arguments: [String]
    let nodes: [TensorFlowNode]
    /// The node that makes the first of its results.
    let result: String
  }

  private var functions: [String: Function] = [:]

  private static let calls: Set = ["PartitionedCall", "StatefulPartitionedCall"]
  private static let mostDepth = 16
  /// More nodes than those of any MobileNet, trained or not.
  private static let mostNodes = 1 << 16

  /// Reads the FunctionDefLibrary of a GraphDef.
  init(_ graph: ProtobufMessage) throws(ImportError) {
    for function in try graph.message(2)?.messages(1) ?? [] {
      guard let signature = try function.message(1) else { continue }
      var arguments: [String] = []
      for argument in try signature.messages(2) { arguments.append(try argument.string(1)) }
      var nodes: [TensorFlowNode] = []
      for node in try function.messages(3) { nodes.append(try TensorFlowNode(node)) }
      // What each result is made by; the first in the signature counts.
      let first = try signature.messages(3).first?.string(1) ?? ""
      var result = ""
      for entry in try function.messages(4) where try entry.string(1) == first {
        result = try entry.string(2)
      }
      functions[try signature.string(1)] = Function(
        arguments: arguments, nodes: nodes, result: TensorFlowNode.nodeName(result))
    }
  }

  /// `nodes`, with what functions do in the place of the calls of them.
  func inlined(_ nodes: [TensorFlowNode]) throws(ImportError) -> [TensorFlowNode] {
    var all: [TensorFlowNode] = []
    try add(nodes, to: &all, prefix: "", arguments: [:], depth: 0)
    return all
  }

  private func add(
    _ nodes: [TensorFlowNode], to all: inout [TensorFlowNode], prefix: String,
    arguments: [String: String], depth: Int
  ) throws(ImportError) {
    guard depth < Self.mostDepth, all.count + nodes.count < Self.mostNodes else {
      throw .damaged(
        format: TensorFlowGraphFormat.name, problem: "its functions call each other without end")
    }
    for node in nodes {
      let name = prefix + node.name
      let inputs = node.inputs.map { arguments[$0] ?? prefix + $0 }
      guard Self.calls.contains(node.operation), let called = try node.function("f"),
        let function = functions[called]
      else {
        all.append(node.renamed(name, reading: inputs))
        continue
      }
      let inside = "\(name)/"
      let given = Dictionary(zip(function.arguments, inputs)) { first, _ in first }
      try add(
        function.nodes, to: &all, prefix: inside, arguments: given, depth: depth + 1)
      let result = given[function.result] ?? inside + function.result
      all.append(node.renamed(name, as: "Identity", reading: [result]))
    }
  }
}
