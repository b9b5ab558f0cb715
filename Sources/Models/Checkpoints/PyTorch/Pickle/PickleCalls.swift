/// The functions that PyTorch's pickles call, implemented by their results.
enum PickleCalls {
  /// Returns the result of `function` for `arguments`.
  ///
  /// Functions of libraries whose data lie beside the weights return records; any other function is
  /// refused, by name.
  static func result(
    of function: PickleValue, _ arguments: [PickleValue], damaged: (String) -> ImportError
  ) throws(ImportError) -> PickleValue {
    guard let name = function.global else { throw damaged("a pickle calls what is no function") }
    switch name {
    case "collections.OrderedDict", "collections.defaultdict":
      let dictionary = PickleDictionary()
      // Early PyTorch versions pass a list of pairs.
      for pair in arguments.first?.elements ?? [] {
        if let parts = pair.elements, parts.count == 2 { dictionary.set(parts[0], parts[1]) }
      }
      dictionary.nesting.level = arguments.first?.level ?? 1
      return .dictionary(dictionary)
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
      "torch._utils._rebuild_tensor_v3":
      return .tensor(try tensor(arguments, damaged: damaged))
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch._tensor._rebuild_from_type_v2", "torch._utils._rebuild_from_type":
      if name.hasPrefix("torch._tensor"), arguments.count >= 3, let parts = arguments[2].elements {
        return try result(of: arguments[0], parts, damaged: damaged)
      }
      return arguments.first ?? .none
    case "torch.jit._pickle.build_intlist", "torch.jit._pickle.build_doublelist",
      "torch.jit._pickle.build_boollist", "torch.jit._pickle.build_tensorlist",
      "torch.jit._pickle.restore_type_tag":
      return arguments.first ?? .none
    case "torch.Size", "builtins.tuple", "__builtin__.tuple", "builtins.list", "__builtin__.list",
      "builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset":
      return .tuple(arguments.first?.elements ?? [], level: arguments.first?.level ?? 1)
    case "copy_reg._reconstructor", "copyreg._reconstructor":
      return .object(PickleObject(className: arguments.first?.global ?? "?"))
    case "copy_reg.__newobj__", "copyreg.__newobj__":
      return .object(PickleObject(className: arguments.first?.global ?? "?"))
    default:
      let module = name.split(separator: ".").dropLast().joined(separator: ".")
      guard dataModules.contains(where: { module == $0 || module.hasPrefix("\($0).") }),
        !notData.contains(where: { name.hasPrefix($0) })
      else {
        throw .unsupported(
          format: PyTorchFileFormat.name,
          feature: "a pickle that calls \(name) when it is opened")
      }
      return .object(PickleObject(className: name))
    }
  }

  /// Modules whose functions make the data that lie beside weights: settings, dates, paths, arrays.
  private static let dataModules = [
    "torch", "torchvision", "timm", "numpy", "collections", "argparse", "pathlib", "datetime",
    "enum", "decimal", "fractions", "uuid", "_codecs", "omegaconf", "easydict", "yacs", "addict",
    "types", "pytorch_lightning", "lightning", "lightning_fabric", "__torch__",
  ]

  /// Functions of those modules that read files or run programs.
  private static let notData = [
    "torch.hub", "torch.load", "torch.serialization", "torch.jit", "torch.utils.cpp_extension",
    "torch.package", "torch.ops", "numpy.load", "numpy.fromfile", "numpy.f2py", "numpy.distutils",
    "numpy.testing", "types.FunctionType", "types.CodeType", "types.LambdaType",
    "torch.multiprocessing",
    "torch.distributed", "torch._dynamo", "torch._inductor",
  ]

  /// Builds a tensor from (storage, offset, shape, strides, …).
  private static func tensor(
    _ arguments: [PickleValue], damaged: (String) -> ImportError
  ) throws(ImportError) -> PickledTensor {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      let offset = arguments[1].integer, let shape = arguments[2].integers,
      let strides = arguments[3].integers, shape.count == strides.count, shape.count <= 8
    else { throw damaged("a tensor has no storage, shape or strides") }
    // The last element along every axis must lie in the storage, and the tensor has no more
    // elements than the storage.
    guard let count = shape.checkedProduct, count <= storage.count, offset >= 0,
      strides.allSatisfy({ 0..<1 << 40 ~= $0 })
    else { throw damaged("a tensor of \(shape) begins at \(offset) of \(storage.count) numbers") }
    let reach = zip(shape, strides).reduce(0) { $0 + max($1.0 - 1, 0) * $1.1 }
    guard count == 0 || reach < storage.count - offset else {
      throw damaged("a tensor of \(shape) ends behind its storage of \(storage.count) numbers")
    }
    var type = storage.type
    if arguments.count >= 7, let name = arguments[6].global {
      // Untyped storages count bytes; the tensor states the type.
      guard let found = dataTypes[name] else {
        throw .unsupported(format: PyTorchFileFormat.name, feature: "a tensor of type \(name)")
      }
      type = found
    }
    let typed = PickledStorage(
      key: storage.key, type: type, count: storage.count * storage.type.bitWidth / type.bitWidth)
    return PickledTensor(storage: typed, offset: offset, shape: shape, strides: strides)
  }

  /// The types of storages, by the names of their classes.
  static let storageTypes: [String: ScalarType] = [
    "FloatStorage": .float32, "DoubleStorage": .float64, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "LongStorage": .int64, "IntStorage": .int32,
    "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .uint8,
    "UntypedStorage": .uint8,
  ]

  private static let dataTypes: [String: ScalarType] = [
    "torch.float32": .float32, "torch.float64": .float64, "torch.float16": .float16,
    "torch.bfloat16": .bfloat16, "torch.int64": .int64, "torch.int32": .int32,
    "torch.int16": .int16, "torch.int8": .int8, "torch.uint8": .uint8, "torch.bool": .uint8,
  ]
}
