import MobileNet

/// A file of `torch.save` or `torch.jit.save`: `.pth`, `.pt`, `.tar`, `.bin`, of any PyTorch since
/// 0.2.
enum PyTorchFileFormat: CheckpointFormat {
  static let name = "PyTorch"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    !file.isFolder && PyTorchContainer.recognizes(file.bytes(format: name))
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes = file.bytes(format: name)
    let container = try PyTorchContainer(bytes)
    let saved = try container.object()
    var problem: ImportError?
    if let script = try TorchScript(bytes), let network = saved.object {
      do throws(ImportError) {
        return try describe(script, network, in: file)
      } catch {
        // The arrays of what is not frozen say much without the code.
        guard case .unsupported = error, !PyTorchModule.all(in: saved).isEmpty else { throw error }
        problem = error
      }
    }
    var description = try describe(saved, in: container, beside: file)
    if case .unsupported(_, let feature)? = problem {
      description.notes.append("\(feature) is not followed; its arrays are taken in their order")
    }
    if description.labels == nil {
      description.labels = PickledLabels.find(in: saved).map { Sourced($0, .metadata) }
    }
    return description
  }

  /// The steps of TorchScript's code.
  private static func describe(
    _ script: TorchScript, _ network: PickleObject, in file: CheckpointFile
  ) throws(ImportError) -> NetworkDescription {
    let layers = try script.layers(of: network, stored: stored)
    let config = try PyTorchConfig(beside: file)
    var description = NetworkDescription(name: config.name ?? file.name)
    config.say(of: .unknown, in: &description)
    description.take(layers.chain)
    if description.head == nil { description.head = config.head }
    if let labels = try script.labels { description.labels = Sourced(labels, .metadata) }
    return description
  }

  /// The facts in arrays' names, their order and their shapes.
  private static func describe(
    _ saved: PickleValue, in container: PyTorchContainer, beside file: CheckpointFile
  ) throws(ImportError) -> NetworkDescription {
    let modules = PyTorchModule.all(in: saved)
    guard let most = modules.map(\.convolutions).max(), most > 0,
      let module = modules.first(where: { $0.convolutions == most })
    else {
      throw .unsupported(format: name, feature: "a file without the weights of a convolution")
    }
    var tensors: [String: StoredTensor] = [:]
    for (name, tensor) in module.arrays { tensors[name] = try stored(tensor, name, container) }
    let arrays = PyTorchArrays(
      names: module.arrays.map(\.name), tensors: tensors, layers: module.layers)
    var description = try arrays.describe(beside: file)
    for other in modules where other.path != module.path && other.convolutions == most {
      description.notes.append(
        "the network in \(other.path) is not used; that in \(module.path) is")
    }
    return description
  }

  /// Returns the elements of a tensor in the order of its axes.
  private static func stored(
    _ tensor: PickledTensor, _ name: String, _ container: PyTorchContainer
  ) throws(ImportError) -> StoredTensor {
    let storage = try container.reader(of: tensor.storage)
    let (type, shape) = (tensor.storage.type, tensor.shape)
    let size = type.bitWidth / 8
    let count = shape.reduce(1, *)
    var step = 1
    var inOrder = true
    for (length, stride) in zip(shape, tensor.strides).reversed() where length != 1 {
      inOrder = inOrder && stride == step
      step *= length
    }
    let (offset, strides) = (tensor.offset, tensor.strides)
    if inOrder || count == 0 {
      return StoredTensor(name: name, shape: shape, type: type) { () throws(ImportError) in
        try storage().slice(offset * size, count: count * size, of: name)
      }
    }
    // The axes are in another order, such as channels last.
    return StoredTensor(name: name, shape: shape, type: .float32) { () throws(ImportError) in
      let reach = zip(shape, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
      let values = try storage().slice(offset * size, count: reach * size, of: name).floats(type)
      var places = Array(repeating: 0, count: shape.count)
      var bits: [UInt32] = []
      bits.reserveCapacity(count)
      for _ in 0..<count {
        bits.append(values[zip(places, strides).reduce(0) { $0 + $1.0 * $1.1 }].bitPattern)
        for axis in shape.indices.reversed() {
          places[axis] += 1
          if places[axis] < shape[axis] { break }
          places[axis] = 0
        }
      }
      return Bytes(bits, format: PyTorchFileFormat.name)
    }
  }
}
