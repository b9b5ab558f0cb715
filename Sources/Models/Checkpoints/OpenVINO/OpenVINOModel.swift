import Foundation

/// The layers of an OpenVINO network and what joins them: an `.xml` of its IR, version 10 or 11.
///
/// The numbers lie in the `.bin` beside it, by offset and size.
struct OpenVINOModel {
  /// A step.
  struct Layer {
    let id: String
    let name: String
    let kind: String
    /// The settings in its element `data`.
    let settings: [String: String]
    /// The ids of the steps that it reads, by port.
    fileprivate(set) var inputs: [String] = []

    /// Whole numbers with commas: "2, 2".
    func integers(_ name: String) -> [Int]? {
      guard let text = settings[name] else { return nil }
      let parts = text.split { $0 == "," || $0 == " " }
      let numbers = parts.compactMap { Int($0) }
      return numbers.count == parts.count ? numbers : nil
    }

    func number(_ name: String) -> Double? { settings[name].flatMap { Double($0) } }
    func isTrue(_ name: String) -> Bool { ["true", "1"].contains(settings[name]?.lowercased()) }
  }

  /// All steps, in the file's order, in which each comes after those that it reads.
  let layers: [Layer]
  /// The makers' notes on pictures and classes, which the Model API reads.
  let information: MarkupElement?

  private let byID: [String: Layer]
  private let readers: [String: [Layer]]
  private let numbers: Bytes

  init(_ file: Bytes, numbers: Bytes) throws(ImportError) {
    let network = try MarkupElement.root(of: file)
    guard network.name == "net", let version = network.attributes["version"].flatMap({ Int($0) })
    else { throw file.damaged("it is no network") }
    guard [10, 11].contains(version) else {
      throw .unsupported(format: file.format, feature: "version \(version) of its IR")
    }
    var readings: [String: [(port: Int, source: String)]] = [:]
    for edge in network["edges"]?.children ?? [] {
      guard let source = edge.attributes["from-layer"], let target = edge.attributes["to-layer"],
        let port = edge.attributes["to-port"].flatMap({ Int($0) })
      else { throw file.damaged("an edge joins nothing") }
      readings[target, default: []].append((port, source))
    }
    layers = (network["layers"]?.children ?? []).map { element in
      let id = element.attributes["id"] ?? ""
      var layer = Layer(
        id: id, name: element.attributes["name"] ?? id, kind: element.attributes["type"] ?? "?",
        settings: element["data"]?.attributes ?? [:])
      layer.inputs = (readings[id] ?? []).sorted { $0.port < $1.port }.map(\.source)
      return layer
    }
    byID = Dictionary(layers.map { ($0.id, $0) }) { first, _ in first }
    var readers: [String: [Layer]] = [:]
    for layer in layers {
      for source in Set(layer.inputs) { readers[source, default: []].append(layer) }
    }
    self.readers = readers
    information = network["rt_info"]?["model_info"]
    self.numbers = numbers
  }

  /// The steps that read what a step makes, but those that only ask for its shape.
  func readers(of layer: Layer) -> [Layer] {
    (readers[layer.id] ?? []).filter { $0.kind != "ShapeOf" }
  }

  /// The numbers of a constant, or what steps make of constants alone; nil where the input counts.
  func constant(_ id: String) throws(ImportError) -> StoredTensor? { try constant(id, depth: 0) }

  private func constant(_ id: String, depth: Int) throws(ImportError) -> StoredTensor? {
    guard let layer = byID[id] else { return nil }
    guard depth < 16 else { throw numbers.damaged("\(layer.name) is made in too many steps") }
    func input(_ index: Int) throws(ImportError) -> StoredTensor? {
      guard layer.inputs.indices.contains(index) else { return nil }
      return try constant(layer.inputs[index], depth: depth + 1)
    }
    switch layer.kind {
    case "Const": return try stored(layer)
    case "Convert": return try input(0)
    case "Reshape":
      guard let first = try input(0), let shape = try input(1), shape.count <= 8 else { return nil }
      return try first.reshaped(to: shape.floats().map { Int(exactly: $0) ?? 0 }, name: layer.name)
    case "Unsqueeze", "Squeeze":
      return try input(0).map { first throws(ImportError) in
        try first.reshaped(to: first.shape.filter { $0 != 1 }, name: layer.name)
      }
    case "Transpose":
      guard let first = try input(0), let order = try input(1), order.count <= 8 else { return nil }
      let axes = try order.floats().map { Int(exactly: $0) ?? -1 }
      guard axes.sorted() == Array(first.shape.indices) else {
        throw numbers.damaged("\(layer.name) turns its axes to \(axes)")
      }
      return first.transposed(axes)
    case "Multiply": return try .combined(input(0), input(1)) { $0 * $1 }
    case "Subtract": return try .combined(input(0), input(1)) { $0 - $1 }
    case "Add": return try .combined(input(0), input(1)) { $0 + $1 }
    default: return nil
    }
  }

  private func stored(_ layer: Layer) throws(ImportError) -> StoredTensor {
    let code = layer.settings["element_type"] ?? layer.settings["precision"] ?? "?"
    guard let type = Self.types[code.lowercased()] else {
      throw .unsupported(format: OpenVINOFormat.name, feature: "\(layer.name) as \(code)")
    }
    let shape = layer.integers("shape") ?? []
    guard let offset = layer.integers("offset")?.first, let size = layer.integers("size")?.first
    else { throw numbers.damaged("\(layer.name) lies nowhere") }
    return try StoredTensor(
      name: layer.name, shape: shape, bytes: numbers.slice(offset, count: size, of: layer.name),
      type: type)
  }

  private static let types: [String: ScalarType] = [
    "f64": .float64, "f32": .float32, "f16": .float16, "bf16": .bfloat16, "i64": .int64,
    "i32": .int32, "i16": .int16, "u16": .uint16, "i8": .int8, "u8": .uint8, "boolean": .uint8,
    "u4": .lowBits(4), "i4": .lowBits(4, isSigned: true),
  ]
}
