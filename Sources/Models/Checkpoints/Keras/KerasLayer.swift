/// A layer in the configuration of a Keras model; a model within the model has layers itself.
struct KerasLayer: Sendable {
  /// The name of the layer's class, such as "Conv2D".
  let kind: String
  let name: String
  /// The layer's settings; a missing one has Keras' default, or is unknown.
  let settings: JSON
  /// The names of the layers that this one reads; nil where each layer reads the one before.
  let inputs: Set<String>?
  /// The number of outputs of layers that it reads; one that it reads twice counts twice.
  let readings: Int
  /// The inputs in the file's form, which include a function's constants.
  let nodes: [JSON]
  /// The layers of a model; empty for any other layer.
  let layers: [KerasLayer]

  /// Creates a layer that only its arrays imply.
  init(kind: String, name: String) {
    self.kind = kind
    self.name = name
    settings = .object([:])
    inputs = nil
    readings = 0
    nodes = []
    layers = []
  }

  /// Reads a configuration of Keras 1 to 3 or TensorFlow.js.
  init(_ json: JSON) {
    kind = json["class_name"]?.text ?? "a layer without class"
    let settings = json["config"] ?? .null
    self.settings = settings
    name = settings["name"]?.text ?? json["name"]?.text ?? kind
    var names: [String] = []
    json["inbound_nodes"]?.collectHistories(into: &names)
    names.removeAll { $0 == Self.constantValue }
    inputs = names.isEmpty ? nil : Set(names)
    readings = names.count
    nodes = json["inbound_nodes"]?.elements ?? []
    // Early Sequential models have the list of layers in place of the settings.
    layers = (settings["layers"] ?? settings).elements?.map { KerasLayer($0) } ?? []
  }

  /// Whether the layer is a model within the model.
  var isModel: Bool { ["Functional", "Model", "Sequential"].contains(kind) }

  /// The names of the layer's arrays, in the order of their numbers in Keras 3.
  var variables: [String] {
    switch kind {
    case "Conv2D", "DepthwiseConv2D", "Dense":
      ["kernel"] + (settings["use_bias"]?.boolean == false ? [] : ["bias"])
    case "BatchNormalization":
      (settings["scale"]?.boolean == false ? [] : ["gamma"])
        + (settings["center"]?.boolean == false ? [] : ["beta"])
        + ["moving_mean", "moving_variance"]
    case "Normalization": ["mean", "variance", "count"]
    default: []
    }
  }

  /// Keras 3's name for the first layer of this class in a file of weights.
  var groupName: String {
    switch kind {
    case "Conv2D": "conv2d"
    case "DepthwiseConv2D": "depthwise_conv2d"
    case "BatchNormalization": "batch_normalization"
    default: kind.lowercased()
    }
  }
}

extension JSON {
  /// Collects the first parts of all ["layer", node, output] in this value.
  fileprivate func collectHistories(into names: inout [String]) {
    switch self {
    case .array(let elements):
      if let name = elements.first?.text, elements.dropFirst().first?.number != nil {
        names.append(name)
      } else {
        for element in elements { element.collectHistories(into: &names) }
      }
    case .object(let members):
      for member in members.values { member.collectHistories(into: &names) }
    default: break
    }
  }
}
