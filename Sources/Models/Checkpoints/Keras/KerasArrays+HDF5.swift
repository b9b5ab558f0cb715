/// `.h5` files of Keras 1 to 3 have a list of names in each group.
extension KerasArrays {
  /// Reads the arrays in the lists; nil when the file has no lists.
  init?(listedIn weights: HDF5Group) throws(ImportError) {
    guard let layers = try weights.object.list("layer_names") else { return nil }
    self.init()
    for layer in layers {
      guard let group = try weights.group(layer.split(separator: "/").map(String.init)) else {
        throw .damaged(format: KerasFormat.name, problem: "the layer \(layer) is missing")
      }
      for path in try group.object.list("weight_names") ?? [] {
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last,
          let array = try group.group(parts.dropLast())?.array(last, label: path)
        else { throw .damaged(format: KerasFormat.name, problem: "\(path) is missing") }
        add(array, path: path)
      }
    }
  }
}

/// `.keras` and `.weights.h5` files have a group for each layer, whose arrays are numbered.
extension KerasArrays {
  /// Reads the arrays of these layers, each from a group named after the layer's class and a
  /// number.
  init(numberedIn weights: HDF5Group, for layers: [KerasLayer]) throws(ImportError) {
    self.init()
    try add(numberedIn: weights, for: layers)
  }

  private mutating func add(
    numberedIn weights: HDF5Group, for layers: [KerasLayer]
  ) throws(ImportError) {
    guard let groups = try weights.group("layers") else { return }
    var counts: [String: Int] = [:]
    for layer in layers {
      let count = counts[layer.groupName, default: 0]
      counts[layer.groupName] = count + 1
      let group = Self.groupName(layer.groupName, number: count)
      guard let part = try groups.group(group) else { continue }
      if layer.isModel {
        try add(numberedIn: part, for: layer.layers)
      } else {
        try add(numberedIn: part, of: layer)
      }
    }
  }

  /// Adds the arrays of one layer.
  private mutating func add(
    numberedIn group: HDF5Group, of layer: KerasLayer
  ) throws(ImportError) {
    guard let arrays = try group.group("vars") else { return }
    for (number, variable) in layer.variables.enumerated() {
      guard let array = try arrays.array("\(number)", label: "\(layer.name)/\(variable)") else {
        continue
      }
      add(array, layer: layer.name, variable: variable)
    }
  }

  /// Reads the arrays of a MobileNet v1 from groups whose names alone identify the layers.
  ///
  /// Layers of one class are numbered in the order of execution; the order of the classes is the
  /// same in every MobileNet v1.
  init(numberedIn weights: HDF5Group) throws(ImportError) {
    self.init()
    // A trained model may be inside of one with another classifier.
    var models: [HDF5Group] = []
    var next = try weights.group("layers")
    while models.count < 4, let model = next {
      models.append(model)
      next = nil
      for kind in ["functional", "sequential"] where next == nil {
        next = try model.group([kind, "layers"])
      }
    }
    guard let trunk = models.popLast() else { return }

    let kinds = ["Conv2D", "BatchNormalization"]
    try add(numberedIn: trunk, kinds: kinds, numbers: [0, 0])
    var pairs = 0
    while pairs < 16, trunk.has(Self.groupName("depthwise_conv2d", number: pairs)) {
      try add(
        numberedIn: trunk, kinds: ["DepthwiseConv2D", "BatchNormalization"] + kinds,
        numbers: [pairs, 2 * pairs + 1, pairs + 1, 2 * pairs + 2])
      pairs += 1
    }
    try add(numberedIn: trunk, kinds: ["Conv2D", "Dense"], numbers: [pairs + 1, 0])
    for model in models.reversed() {
      try add(numberedIn: model, kinds: ["Conv2D", "Dense"], numbers: [0, 0])
    }
  }

  /// Adds the arrays of these layers, where there are any.
  private mutating func add(
    numberedIn groups: HDF5Group, kinds: [String], numbers: [Int]
  ) throws(ImportError) {
    for (kind, number) in zip(kinds, numbers) {
      let group = Self.groupName(KerasLayer(kind: kind, name: "").groupName, number: number)
      guard let part = try groups.group(group) else { continue }
      let name = try part.group("vars")?.object.list("name")?.first ?? group
      try add(numberedIn: part, of: KerasLayer(kind: kind, name: name))
    }
  }

  private static func groupName(_ name: String, number: Int) -> String {
    number == 0 ? name : "\(name)_\(number)"
  }
}
