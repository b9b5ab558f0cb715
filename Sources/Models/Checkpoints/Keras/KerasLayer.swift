/// A layer as the configuration of a Keras model has it; a model within the model has layers.
struct KerasLayer: Sendable {
  /// The name of its class: "Conv2D".
  let kind: String
  let name: String
  /// What it was made with; what is missing has Keras' default, or is not known.
  let settings: JSON
  /// The names of the layers that it reads; nil where each reads the one before.
  let inputs: Set<String>?
  /// How many outputs of layers it reads; one that it reads twice counts twice.
  let readings: Int
  /// What it reads, as the file has it; a function's constants stand there too.
  let nodes: [JSON]
  /// Its own layers, if it is a model.
  let layers: [KerasLayer]

  /// A layer that only its arrays tell of.
  init(kind: String, name: String) {
    self.kind = kind
    self.name = name
    settings = .object([:])
    inputs = nil
    readings = 0
    nodes = []
    layers = []
  }

  /// Reads a configuration, as Keras 1 to 3 and TensorFlow.js write them.
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
    // Early Sequential models had the list where the settings are now.
    layers = (settings["layers"] ?? settings).elements?.map { KerasLayer($0) } ?? []
  }

  /// Whether it is a model within the model.
  var isModel: Bool { ["Functional", "Model", "Sequential"].contains(kind) }

  /// What its arrays mean, in the order in which Keras 3 numbers them.
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

  /// What Keras 3 calls the first layer of that class in a file of weights.
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
  /// The first parts of all ["layer", node, output] within.
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
