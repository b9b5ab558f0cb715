/// The arrays of a network by layer and variable: "conv1", "kernel".
struct KerasArrays: Sendable {
  /// The names of the layers that have arrays, in the file's order.
  private(set) var names: [String] = []

  private var layers: [String: [String: StoredTensor]] = [:]
  /// The layers whose kernels have depthwise in their name, as before Keras 3.
  private var depthwise: Set<String> = []

  /// Returns an array of a layer; nil when the layer has none of that name.
  func array(_ layer: String, _ variable: String) -> StoredTensor? { layers[layer]?[variable] }

  /// Whether there are no arrays.
  var isEmpty: Bool { layers.isEmpty }

  /// Adds an array by its full name, such as "model/conv1/kernel:0", whose last two parts count.
  mutating func add(_ tensor: StoredTensor, path: String) {
    let parts = path.split(separator: "/").suffix(2).map(String.init)
    guard parts.count == 2 else { return }
    let variable = parts[1].split(separator: ":").first.map(String.init) ?? parts[1]
    add(tensor, layer: parts[0], variable: variable)
  }

  /// Adds an array.
  mutating func add(_ tensor: StoredTensor, layer: String, variable: String) {
    if layers[layer] == nil { names.append(layer) }
    // Keras 2 has a separate name for a depthwise kernel.
    let isDepthwise = variable == "depthwise_kernel"
    layers[layer, default: [:]][isDepthwise ? "kernel" : variable] = tensor
    if isDepthwise { depthwise.insert(layer) }
  }

  /// The layers that the arrays imply, for files without a configuration.
  ///
  /// Wide integers alone are no layer's: they count, or are the state of a generator of random numbers.
  var impliedLayers: [KerasLayer] {
    let wide: Set<ScalarType> = [.int32, .int64]
    let own = names.filter { layers[$0]?.values.contains { !wide.contains($0.type) } == true }
    return own.map { name in
      let kind: String
      if ["gamma", "moving_mean", "moving_variance"].contains(where: { array(name, $0) != nil }) {
        kind = "BatchNormalization"
      } else if let kernel = array(name, "kernel") {
        // A depthwise kernel has one output for each input.
        let isDepthwise =
          depthwise.contains(name) || kernel.shape.count == 4 && kernel.shape[3] == 1
        kind = kernel.shape.count == 2 ? "Dense" : isDepthwise ? "DepthwiseConv2D" : "Conv2D"
      } else {
        kind = "a layer without kernel"
      }
      return KerasLayer(kind: kind, name: name)
    }
  }
}
