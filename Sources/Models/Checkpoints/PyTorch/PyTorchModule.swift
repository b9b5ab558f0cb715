/// The arrays of a network in a pickle, in the order of insertion.
///
/// A state dict has arrays by name. A whole module is a record with `_parameters`, `_buffers` and
/// `_modules`, and has its layers' settings as well; so does TorchScript's, without those three
/// names.
struct PyTorchModule {
  /// The path of the network in the pickle, such as "state_dict".
  let path: String
  /// The arrays with their names, such as "features.0.weight".
  private(set) var arrays: [(name: String, tensor: PickledTensor)] = []
  /// The layers of a whole module, with their names and settings.
  private(set) var layers: [(name: String, object: PickleObject)] = []

  /// Returns the layer called `name`; nil where the file has only arrays.
  func layer(_ name: String) -> PickleObject? { layers.first { $0.name == name }?.object }

  /// The number of arrays with the shape of a convolution's weights.
  var convolutions: Int { arrays.count { $0.tensor.shape.count == 4 } }

  /// Returns all networks in the saved object.
  ///
  /// Training checkpoints have optimisers, moving averages and settings beside the network.
  static func all(in value: PickleValue) -> [PyTorchModule] {
    var found: [PyTorchModule] = []
    find(in: value, path: "", depth: 0, into: &found)
    return found
  }

  private static func find(
    in value: PickleValue, path: String, depth: Int, into found: inout [PyTorchModule]
  ) {
    guard depth < 4, found.count < 64 else { return }
    if let object = value.object, object.items.pairs.isEmpty {
      var module = PyTorchModule(path: path)
      module.add(object, prefix: "", depth: 0)
      if !module.arrays.isEmpty { found.append(module) }
      return
    }
    guard let dictionary = value.dictionary else { return }
    var module = PyTorchModule(path: path)
    for (key, value) in dictionary.pairs {
      guard let name = key.text else { continue }
      if case .tensor(let tensor) = value {
        module.arrays.append((name, tensor))
      } else {
        find(
          in: value, path: path.isEmpty ? name : "\(path).\(name)", depth: depth + 1, into: &found)
      }
    }
    if !module.arrays.isEmpty { found.append(module) }
  }

  private mutating func add(_ object: PickleObject, prefix: String, depth: Int) {
    guard depth < 32, layers.count < 4096 else { return }
    layers.append((String(prefix.dropLast()), object))
    for table in ["_parameters", "_buffers"] {
      for (key, value) in object.state[table]?.dictionary?.pairs ?? [] {
        if let name = key.text, case .tensor(let tensor) = value {
          arrays.append(("\(prefix)\(name)", tensor))
        }
      }
    }
    let parts = object.state["_modules"]?.dictionary?.pairs ?? object.state.pairs
    for (key, value) in parts {
      guard let name = key.text else { continue }
      switch value {
      case .tensor(let tensor): arrays.append(("\(prefix)\(name)", tensor))
      case .object(let part): add(part, prefix: "\(prefix)\(name).", depth: depth + 1)
      default: break
      }
    }
  }
}
