import MobileNet

/// A frozen graph, `.pb`, or a SavedModel: a folder with `saved_model.pb` and `variables`.
///
/// The field numbers are those of graph.proto, saved_model.proto and meta_graph.proto.
enum TensorFlowGraphFormat: CheckpointFormat {
  static let name = "TensorFlow graph"

  private static let fileInFolder = "saved_model.pb"
  private static let index = "variables/variables.index"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    if file.isFolder { return file.hasNeighbour(fileInFolder) }
    let message = ProtobufMessage(file.bytes(format: name))
    return isSavedModel(message) || isGraph(message)
  }

  /// Returns whether there is a version and a MetaGraphDef, whose meta information is field 1 and
  /// graph field 2.
  private static func isSavedModel(_ message: ProtobufMessage) -> Bool {
    let fields = message.fieldNumbers
    guard fields.first == 1, fields.contains(2), fields.allSatisfy({ $0 <= 2 }),
      let version = try? message.integer(1), version == 1, let graph = try? message.message(2)
    else { return false }
    return graph.fieldNumbers.contains(2) && graph.fieldNumbers.allSatisfy { $0 <= 7 }
  }

  /// Returns whether there are nodes, each with a name and an operation.
  private static func isGraph(_ message: ProtobufMessage) -> Bool {
    guard message.fieldNumbers.first == 1, let first = try? message.message(1),
      let operation = try? first.string(2), let name = try? first.string(1)
    else { return false }
    return !name.isEmpty && operation.first?.isUppercase == true || operation.hasPrefix("_")
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes =
      file.isFolder ? try file.neighbour(fileInFolder, format: name) : file.bytes(format: name)
    let message = ProtobufMessage(bytes)
    let isSaved = isSavedModel(message)
    guard isSaved || !file.isFolder else {
      throw .damaged(format: name, problem: "its \(fileInFolder) is cut off, or none")
    }
    guard !isSaved || file.hasNeighbour(index) else {
      throw .unsupported(
        format: name,
        feature: "a TensorFlow SavedModel without its folder variables; keep both together, or "
          + "freeze the graph, as this")
    }
    let bundle = isSaved ? try TensorBundle(index: index, beside: file) : nil
    var graph: ProtobufMessage? = message
    if isSaved { graph = try message.message(2)?.message(2) }
    var nodes: [TensorFlowNode] = []
    for node in try graph?.messages(1) ?? [] { nodes.append(try TensorFlowNode(node)) }
    if let bundle, let graph, !nodes.contains(where: { $0.operation == "Conv2D" }) {
      return try describe(nodes, of: graph, bundle, name: file.name)
    }
    var description = NetworkDescription(name: file.name)
    try describe(nodes, in: &description) { name throws(ImportError) in try bundle?.tensor(name) }
    return description
  }

  /// Follows a graph of TensorFlow 2, whose layers are in functions; where it decodes a picture file
  /// first, the variables' names tell the layers.
  private static func describe(
    _ nodes: [TensorFlowNode], of graph: ProtobufMessage, _ bundle: TensorBundle, name: String
  ) throws(ImportError) -> NetworkDescription {
    let all = try TensorFlowFunctions(graph).inlined(nodes)
    let variables = try TensorFlowVariables(bundle)
    func variablesAlone(_ reason: String) throws(ImportError) -> NetworkDescription {
      var description = try variables.describe(name: name)
      description.notes.append(
        "its graph is not followed (\(reason)); its variables are taken in their order, and padding, "
          + "activation, head and preprocessing are assumed")
      return description
    }
    guard all.contains(where: { $0.operation == "Conv2D" }) else {
      return try variablesAlone("none of its functions has a convolution")
    }
    var description = NetworkDescription(name: name)
    let takesTexts = try describe(all, in: &description) { name throws(ImportError) in
      try variables.tensor(ofNode: name)
    }
    // What decodes a picture file is no arithmetic; any other step has to be followed.
    guard takesTexts, let first = description.layers.first, case .other(let step) = first.operation
    else { return description }
    return try variablesAlone("\(first.name) is \(step)")
  }

  /// Describes the network of a graph, and returns whether it takes picture files; `stored` returns
  /// variables and constants from other files.
  @discardableResult
  static func describe(
    _ nodes: [TensorFlowNode], in description: inout NetworkDescription,
    stored: @escaping (String) throws(ImportError) -> StoredTensor?
  ) throws(ImportError) -> Bool {
    var graph = try TensorFlowChain(nodes, stored: stored)
    try graph.run()
    description.take(graph.chain)
    description.preprocessing =
      graph.takesBytes
      ? Sourced(.unchanged, .implied(by: "its input of bytes"))
      : Sourced(.tensorFlow, .convention(of: "TensorFlow"))
    description.inputSize = graph.inputSize.map {
      Sourced($0, .implied(by: "the shape of its input"))
    }
    if graph.isRounded {
      description.notes.append("it runs as floats, without the rounding of its FakeQuant steps")
    }
    return graph.takesTexts
  }
}
