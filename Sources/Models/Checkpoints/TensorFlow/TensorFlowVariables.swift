import Foundation
import MobileNet

/// The variables of a checkpoint without a graph, whose names and order imply the layers.
struct TensorFlowVariables {
  private let bundle: TensorBundle
  /// The names of objects' variables, "conv1/kernel", in the order of the variables' names, and those
  /// names; none where no objects were saved.
  private let fullNames: [(full: String, name: String)]

  init(_ bundle: TensorBundle) throws(ImportError) {
    self.bundle = bundle
    fullNames = try Self.fullNames(bundle)
  }

  /// The variable of a graph's node, whose name may have a number more than the variable has.
  func tensor(ofNode node: String) throws(ImportError) -> StoredTensor? {
    if let tensor = try bundle.tensor(node) { return tensor }
    let plain = node.replacing(/_[0-9]+$/, with: "")
    let found = fullNames.first { $0.full == node } ?? fullNames.first { $0.full == plain }
    return try found.flatMap { found throws(ImportError) in try bundle.tensor(found.name) }
  }

  /// Reads the TrackableObjectGraph of trackable_object_graph.proto.
  private static func fullNames(
    _ bundle: TensorBundle
  ) throws(ImportError) -> [(full: String, name: String)] {
    guard let text = try bundle.text("_CHECKPOINTABLE_OBJECT_GRAPH") else { return [] }
    var found: [(full: String, name: String)] = []
    for node in try ProtobufMessage(text).messages(1) {
      for attribute in try node.messages(2) {
        found.append((try attribute.string(2), try attribute.string(3)))
      }
    }
    // Those that begin with an underscore are the same ones in another order.
    return found.filter { !$0.full.isEmpty }.sorted { first, second in
      let (own, other) = (first.name.hasPrefix("_"), second.name.hasPrefix("_"))
      return own != other
        ? other : first.name.compare(second.name, options: .numeric) == .orderedAscending
    }
  }

  /// Describes the network of the variables.
  func describe(name: String) throws(ImportError) -> NetworkDescription {
    var description = NetworkDescription(name: name)
    description.padding = Sourced(.same, .convention(of: "TensorFlow"))
    description.activation = Sourced(.relu6, .convention(of: "TensorFlow"))
    description.preprocessing = Sourced(.tensorFlow, .convention(of: "TensorFlow"))
    if let layers = try keras { description.layers = layers } else { description.layers = try slim }
    if bundle.names.contains(where: { $0.hasSuffix("/ExponentialMovingAverage") }) {
      description.notes.append("the moving averages beside its variables are not used")
    }
    return description
  }

  /// The names in order, numbers by size, without the variables of training.
  private var names: [String] {
    let training = [
      "ExponentialMovingAverage", "RMSProp", "Momentum", "Adam", "global_step", "optimizer",
      ".OPTIMIZER_SLOT", "save_counter", "_CHECKPOINTABLE_OBJECT_GRAPH", "keras_api",
    ]
    return bundle.names.filter { name in !training.contains { name.contains($0) } }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
  }

  /// Keras' layers, which are numbered; nil for other checkpoints.
  ///
  /// They are called layer_with_weights-3/kernel/.ATTRIBUTES/VARIABLE_VALUE; where they have numbers alone,
  /// objects have names for them.
  private var keras: [LayerDescription]? {
    get throws(ImportError) {
      let suffix = "/.ATTRIBUTES/VARIABLE_VALUE"
      let names = names.filter { $0.hasSuffix(suffix) && $0.contains("layer_with_weights-") }
      var arrays = KerasArrays()
      if names.isEmpty {
        let own = Set(self.names)
        for (full, name) in fullNames where own.contains(name) {
          guard let tensor = try bundle.tensor(name) else { continue }
          arrays.add(tensor, path: full)
        }
      }
      for name in names {
        let parts = name.dropLast(suffix.count).split(separator: "/").map(String.init)
        guard let variable = parts.last, let tensor = try bundle.tensor(name) else { continue }
        arrays.add(tensor, layer: parts.dropLast().joined(separator: "/"), variable: variable)
      }
      guard !arrays.isEmpty else { return nil }
      var chain = KerasChain(arrays, format: TensorBundle.format)
      for layer in arrays.impliedLayers { try chain.append(layer) }
      return chain.chain.layers
    }
  }

  /// The layers by the paper's authors' names: MobilenetV1/Conv2d_3_depthwise/depthwise_weights,
  /// with a BatchNorm beside.
  private var slim: [LayerDescription] {
    get throws(ImportError) {
      let names = names
      let kernels = ["weights", "kernel", "depthwise_weights", "depthwise_kernel"]
      var layers: [LayerDescription] = []
      for name in names {
        let parts = name.split(separator: "/").map(String.init)
        guard let last = parts.last, kernels.contains(last), let tensor = try bundle.tensor(name),
          [2, 4].contains(tensor.shape.count)
        else { continue }
        let scope = parts.dropLast().joined(separator: "/")
        let isDepthwise = last.hasPrefix("depthwise")
        let filter = try Filter(tensor, layout: isDepthwise ? .hwoi : .hwio)
        layers.append(
          LayerDescription(
            name: scope,
            operation: tensor.shape.count == 2
              ? .fullyConnected : isDepthwise ? .depthwise : .convolution,
            filter: filter, biases: try biases(of: scope),
            batchNorm: try batchNorm(of: scope)))
      }
      guard !layers.isEmpty else {
        let some = names.prefix(3).joined(separator: ", ")
        throw .unsupported(
          format: TensorBundle.format, feature: "a checkpoint without weights of layers (\(some))")
      }
      return layers
    }
  }

  private func biases(of scope: String) throws(ImportError) -> StoredTensor? {
    if let biases = try bundle.tensor("\(scope)/biases") { return biases }
    return try bundle.tensor("\(scope)/bias")
  }

  private func batchNorm(of scope: String) throws(ImportError) -> BatchNorm? {
    let norm = "\(scope)/BatchNorm"
    guard let mean = try bundle.tensor("\(norm)/moving_mean"),
      let variance = try bundle.tensor("\(norm)/moving_variance")
    else { return nil }
    return BatchNorm(
      gamma: try bundle.tensor("\(norm)/gamma"), beta: try bundle.tensor("\(norm)/beta"),
      mean: mean, variance: variance, epsilon: 1e-3)
  }
}
