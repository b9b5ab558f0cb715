import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Spellings of ONNX that some writers have, each made of the same file.
struct ONNXTests {
  private let tiny: Checkpoint

  init() throws { tiny = try Fixture("project.safetensors").read() }

  /// The tiny network as ONNX, with other fields in the place of each of its graph's.
  private func file(
    _ change: (Int, ProtobufMessage) throws -> [(field: Int, bytes: Data)]
  ) throws -> CheckpointFile {
    let whole = ProtobufMessage(Bytes(try ONNXWriter.encode(tiny), format: "ONNX"))
    let graph = try #require(try whole.message(7))
    var changed = ProtobufWriter()
    for (field, part) in try fields(of: graph) {
      for (field, bytes) in try change(field, ProtobufMessage(part)) { changed.add(field, bytes) }
    }
    var model = ProtobufWriter()
    model.add(1, 7)
    model.add(7, changed.data)
    return CheckpointFile(name: "a.onnx", data: model.data)
  }

  private func fields(of message: ProtobufMessage) throws -> [(Int, Bytes)] {
    var fields: [(Int, Bytes)] = []
    try message.forEachField { number, value in
      if case .bytes(let bytes) = value { fields.append((number, bytes)) }
      return true
    }
    return fields
  }

  /// The fields of a graph that `fill` makes.
  private func graph(_ fill: (inout ONNXGraphWriter) -> Void) throws -> [(field: Int, bytes: Data)]
  {
    var writer = ONNXGraphWriter(name: "")
    fill(&writer)
    return try fields(of: ProtobufMessage(Bytes(writer.message.data, format: "")))
      .filter { $0.0 != 2 }.map { ($0.0, $0.1.contents) }
  }

  private func read(_ file: CheckpointFile) throws -> Checkpoint {
    try CheckpointReader.inspect(file).checkpoint
  }

  /// Expects of every weight of the tiny network what `expected` makes of it and its output's largest.
  private func expectWeights(
    _ found: Checkpoint, _ expected: (Float, _ largest: Float) -> Float
  ) throws {
    for layer in tiny.architecture.layers(resolution: 64) where layer.hasWeights {
      let own = try #require(tiny.weights(of: layer))
      let other = try #require(found.weights(of: layer))
      for channel in own.biases.indices {
        let weights = own.weights(of: channel)
        let largest = weights.map(abs).max() ?? 0
        #expect(
          weights.map { expected($0, largest) } == Array(other.weights(of: channel)),
          "\(layer.name)")
      }
    }
  }

  /// Halves as a list of integers are their bits: what onnx.helper.make_tensor writes.
  @Test func halvesInAListAreBits() throws {
    let file = try file { field, part in
      guard field == 5, let raw = try part.data(9), try part.integer(2) == 1 else {
        return [(field, part.bytes.contents)]
      }
      var tensor = ProtobufWriter()
      for size in try part.integers(1) { tensor.add(1, size) }
      tensor.add(2, 10)
      tensor.add(8, try part.string(8))
      for value in raw.floats(.float32) { tensor.add(5, Int(Float16(value).bitPattern)) }
      return [(5, tensor.data)]
    }
    try expectWeights(read(file)) { value, _ in Float(Float16(value)) }
  }

  /// Weights of eight bits behind DequantizeLinear, with a scale for each output channel; or floats that
  /// QuantizeLinear rounds before, as training with rounded numbers leaves them.
  @Test(arguments: [false, true])
  func weightsBehindDequantizeLinearAreConstants(areRoundedThere: Bool) throws {
    func rounded(_ value: Float, _ largest: Float) -> (number: Float, scale: Float) {
      let scale = largest / 127
      return ((value / scale).rounded(), scale)
    }
    let file = try file { field, part in
      guard field == 5, case let name = try part.string(8), name.hasSuffix(".weight"),
        let raw = try part.data(9)
      else { return [(field, part.bytes.contents)] }
      let (shape, values) = (try part.integers(1), raw.floats(.float32))
      let group = values.count / shape[0]
      let scales = (0..<shape[0]).map { channel in
        rounded(0, values[channel * group..<(channel + 1) * group].map(abs).max() ?? 0).scale
      }
      func integers(_ name: String, _ shape: [Int], _ numbers: [Int8]) -> (field: Int, bytes: Data)
      {
        var tensor = ProtobufWriter()
        for size in shape { tensor.add(1, size) }
        tensor.add(2, 3)
        tensor.add(8, name)
        tensor.add(9, Data(numbers.map { UInt8(bitPattern: $0) }))
        return (5, tensor.data)
      }
      let numbers =
        areRoundedThere
        ? integers("\(name).zero", [scales.count], scales.map { _ in 0 })
        : integers(
          "\(name).q", shape,
          values.enumerated().map { Int8(($1 / scales[$0 / group]).rounded()) })
      return [numbers]
        + (try graph {
          $0.add("\(name).scale", scales, shape: [scales.count])
          if areRoundedThere {
            $0.add("\(name).f", values, shape: shape)
            $0.add(
              "QuantizeLinear", ["\(name).f", "\(name).scale", "\(name).zero"], "\(name).q",
              ["axis": .integer(0)])
          }
          $0.add(
            "DequantizeLinear", ["\(name).q", "\(name).scale"], name, ["axis": .integer(0)])
        })
    }
    try expectWeights(read(file)) { value, largest in
      let (number, scale) = rounded(value, largest)
      return Float(Double(number) * Double(scale))
    }
  }

  /// Logits over a temperature, as calibration leaves them: one number for all channels.
  @Test func aTemperatureIsPartOfTheClassifier() throws {
    let file = try file { field, part in
      guard field == 1, try part.string(4) == "Softmax" else {
        return [(field, part.bytes.contents)]
      }
      let inputs = try part.strings(1)
      return try graph {
        $0.add("T", [2], shape: [1])
        $0.add("Div", [inputs[0], "T"], "cooler")
        $0.add("Softmax", ["cooler"], "prob", ["axis": .integer(1)])
      }
    }
    let table = tiny.architecture.layers(resolution: 64).filter(\.hasWeights)
    let layer = try #require(table.last)
    let own = try #require(tiny.weights(of: layer))
    let found = try #require(try read(file).weights(of: layer))
    #expect(
      found.weights == own.weights.map { $0 / 2 } && found.biases == own.biases.map { $0 / 2 })
  }

  /// Converters append steps that belong further up.
  @Test func stepsMayStandInAnyOrder() throws {
    let whole = ProtobufMessage(Bytes(try ONNXWriter.encode(tiny), format: "ONNX"))
    let graph = try #require(try whole.message(7))
    var turned = ProtobufWriter()
    for (field, part) in try fields(of: graph).reversed() { turned.add(field, part.contents) }
    var model = ProtobufWriter()
    model.add(1, 7)
    model.add(7, turned.data)
    let found = try read(CheckpointFile(name: "a.onnx", data: model.data))
    #expect(found.architecture == tiny.architecture)
    try expectWeights(found) { value, _ in value }
  }

  @Test(arguments: ["labels", "id2label", "class_labels", "Names"])
  func labelsAreFoundUnderAnyOfTheirNames(key: String) throws {
    let names = (0..<11).map { "kind \($0)" }
    var entry = ProtobufWriter()
    entry.add(1, key)
    entry.add(2, names.joined(separator: ","))
    var model = ProtobufWriter()
    model.add(1, 7)
    let whole = ProtobufMessage(Bytes(try ONNXWriter.encode(tiny), format: "ONNX"))
    model.add(7, try #require(try whole.message(7)).bytes.contents)
    model.add(14, entry.data)
    #expect(try read(CheckpointFile(name: "a.onnx", data: model.data)).labels == names)
  }

  /// No scale at all would be one for each index of an axis that is not there.
  @Test(arguments: [9, 4, -9])
  func weightsWithoutAScaleAreRefused(axis: Int) throws {
    let file = try file { field, part in
      guard field == 5, case let name = try part.string(8), name.hasSuffix(".weight"),
        let raw = try part.data(9)
      else { return [(field, part.bytes.contents)] }
      let (shape, values) = (try part.integers(1), raw.floats(.float32))
      return try graph {
        $0.add("\(name).q", values, shape: shape)
        $0.add("\(name).scale", [], shape: [0])
        $0.add(
          "DequantizeLinear", ["\(name).q", "\(name).scale"], name, ["axis": .integer(axis)])
      }
    }
    #expect { try read(file) } throws: { "\($0)".contains("has 0 scales") }
  }

  /// A pooling with a window of its own is the network's only if it is over the whole map.
  @Test(arguments: [2, 1, 3, 7])
  func aPoolingsWindowIsRead(side: Int) throws {
    let file = try file { field, part in
      guard field == 1, try part.string(4) == "GlobalAveragePool" else {
        return [(field, part.bytes.contents)]
      }
      let inputs = try part.strings(1)
      return try graph {
        $0.add(
          "AveragePool", inputs, "pool6",
          ["kernel_shape": .integers([side, side]), "strides": .integers([1, 1])])
      }
    }
    guard side != 2 else {
      let found = try read(file)
      #expect(found.architecture == tiny.architecture)
      return
    }
    #expect(throws: ImportError.self) { try read(file) }
  }

  /// A Gemm may multiply its product and its biases with numbers of its own.
  @Test func aProductsFactorsAreWeights() throws {
    let file = try file { field, part in
      guard field == 1, try part.string(4) == "Gemm" else {
        return [(field, part.bytes.contents)]
      }
      // AttributeProto: a name in field 1, a float in field 2.
      let factors = [("alpha", Float(2)), ("beta", 3)].map { name, factor in
        var attribute = ProtobufWriter()
        attribute.add(1, name)
        let bits = withUnsafeBytes(of: factor.bitPattern.littleEndian) { Data($0) }
        return attribute.data + [2 << 3 | 5] + bits
      }
      var node = ProtobufWriter()
      for factor in factors { node.add(5, factor) }
      return [(1, part.bytes.contents + node.data)]
    }
    let classifier = try #require(tiny.architecture.layers(resolution: 64).classifier)
    let layer = tiny.architecture.layers(resolution: 64)[classifier]
    let (own, found) = (try #require(tiny.weights(of: layer)), try read(file).weights(of: layer))
    #expect(found?.weights == own.weights.map { 2 * $0 })
    #expect(found?.biases == own.biases.map { 3 * $0 })
  }

  /// The tiny network with a step before its first layer, which reads "input" and makes "picture".
  private func fileBeginning(
    with fill: (inout ONNXGraphWriter) -> Void
  ) throws -> CheckpointFile {
    try file { field, part in
      guard field == 1, try part.strings(1).first == "input" else {
        return [(field, part.bytes.contents)]
      }
      // The first step reads another name, which has as many letters.
      let inputs = Data([1 << 3 | 2, 5]) + Data("input".utf8)
      var node = part.bytes.contents
      let place = try #require(node.range(of: inputs))
      node.replaceSubrange(place, with: Data([1 << 3 | 2, 7]) + Data("picture".utf8))
      return try graph(fill) + [(1, node)]
    }
  }

  /// A Resize says its sizes, or factors of the input's 64×64.
  @Test(arguments: [false, true])
  func aResizeBeforeTheFirstLayerIsPreprocessing(hasFactors: Bool) throws {
    let file = try fileBeginning { graph in
      if hasFactors {
        graph.add("factors", [1, 1, 1.5, 2], shape: [4])
        graph.add("Resize", ["input", "", "factors"], "picture")
      } else {
        graph.add("sizes", [1, 3, 96, 128])
        graph.add("Resize", ["input", "", "", "sizes"], "picture")
      }
    }
    let found = try CheckpointReader.inspect(file)
    #expect(found.checkpoint.resolution == Resolution(height: 96, width: 128))
    #expect(found.checkpoint.preprocessing.fitting == .stretch)
    #expect(found.checkpoint.preprocessing.cropFraction == 1)
    #expect(found.outline.notes.contains { $0.contains("resizes pictures") })
  }

  @Test func aResizeToWhatIsComputedIsRefusedByItsName() throws {
    let file = try fileBeginning { $0.add("Resize", ["input"], "picture") }
    let error = #expect(throws: ImportError.self) { try read(file) }
    #expect(error?.description.contains("a change of the picture's size to a computed one") == true)
  }

  /// Another order of axes mirrors a picture, another filling than zeros draws a frame around it.
  @Test(arguments: ["Transpose", "Pad", "Reshape"])
  func whatASettingMakesOfAPictureIsRead(kind: String) throws {
    let file = try fileBeginning { graph in
      switch kind {
      case "Transpose":
        graph.add("Transpose", ["input"], "picture", ["perm": .integers([0, 1, 3, 2])])
      case "Reshape":
        graph.add("sizes", [1, 3, 128, 32])
        graph.add("Reshape", ["input", "sizes"], "picture")
      default:
        graph.add("amounts", [0, 0, 1, 1, 0, 0, 1, 1])
        graph.add("filling", [1], shape: [1])
        graph.add("Pad", ["input", "amounts", "filling"], "picture")
      }
    }
    let words = [
      "Transpose": "a change of axes to [0, 1, 3, 2]", "Reshape": "another shape",
      "Pad": "padding with something else than 0",
    ]
    let error = #expect(throws: ImportError.self) { try read(file) }
    #expect(error?.description.contains(words[kind] ?? "?") == true, "\(String(describing: error))")
  }

  @Test(arguments: ["Concat", "Tile"])
  func oneChannelThatBecomesThreeIsBrightness(operation: String) throws {
    let file = try fileBeginning { graph in
      if operation == "Concat" {
        graph.add("Concat", ["input", "input", "input"], "picture", ["axis": .integer(1)])
      } else {
        graph.add("counts", [1, 3, 1, 1])
        graph.add("Tile", ["input", "counts"], "picture")
      }
    }
    #expect(try read(file).preprocessing.channelOrder == .greyThrice)
  }

  @Test func aFieldWithoutANumberIsRefused() throws {
    var model = ProtobufWriter()
    model.add(1, 7)
    model.add(0, "nothing")
    let message = ProtobufMessage(Bytes(model.data, format: "ONNX"))
    #expect(message.fieldNumbers == [1])
    #expect(throws: ImportError.self) { try message.has(1) }
  }
}
