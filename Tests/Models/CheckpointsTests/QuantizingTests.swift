import Checkpoints
import Foundation
import Kernels
import MobileNet
import Tensors
import Testing

/// Making a network of integers of one of floats, and the file that it is written to.
@Suite final class QuantizingTests {
  private let path =
    FileManager.default.temporaryDirectory.path + "/quantized-\(UUID().uuidString).tflite"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let recipes = [
    QuantizationRecipe(isSigned: true, isPerChannel: true),
    QuantizationRecipe(isSigned: true, isPerChannel: false),
    QuantizationRecipe(isSigned: false, isPerChannel: false),
  ]

  private func checkpoint(_ padding: Padding, _ activation: Activation) throws -> Checkpoint {
    let architecture = Architecture(
      width: 0.25, classes: 10, padding: padding, activation: activation)
    let weights = try Checkpoint.synthetic(architecture)
    return try Checkpoint(
      name: "made-up", architecture: architecture,
      weights: Dictionary(
        uniqueKeysWithValues: architecture.layers(resolution: 64).compactMap { layer in
          weights.weights(of: layer).map { (layer.name, $0) }
        }),
      preprocessing: .torchvision, resolution: 64, labels: (0..<10).map { "thing \($0)" })
  }

  private func image(_ seed: Int) -> Tensor {
    let shape = Shape(side: 64, channels: 3)
    return Tensor(
      shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: seed, scale: 2))
  }

  private func quantized(_ floats: Checkpoint, _ recipe: QuantizationRecipe) throws -> Checkpoint {
    let network = try Network(floats)
    var ranges = ActivationRanges(layers: network.layers.count)
    for seed in 0..<3 { ranges.add(network.run(image(seed))) }
    return floats.adding(
      integers: try IntegerWeights(quantizing: floats, ranges, recipe))
  }

  /// At some sides both conventions pad a layer alike; the file says which one it is all the same.
  @Test(
    arguments: [Padding.symmetric, .same],
    [Resolution(side: 144), 97, 64, Resolution(height: 33, width: 50)])
  func thePaddingIsReadAsItWasWritten(padding: Padding, resolution: Resolution) throws {
    let floats = try checkpoint(padding, .relu).at(resolution: resolution)
    let network = try Network(floats, resolution: resolution)
    let shape = network.inputShape
    var ranges = ActivationRanges(layers: network.layers.count)
    ranges.add(
      network.run(
        Tensor(
          shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 1, scale: 2))))
    let written = try floats.quantized(for: resolution, ranges, Self.recipes[0])
    try TensorFlowLiteWriter.write(written, to: path)
    #expect(try CheckpointReader.read(path: path).architecture.padding == padding)
  }

  @Test(arguments: recipes) func weightsAreWithinHalfAStep(recipe: QuantizationRecipe) throws {
    let floats = try checkpoint(.same, .relu6)
    let integers = try #require(try quantized(floats, recipe).integers)
    for layer in floats.architecture.layers(resolution: 64) where layer.hasWeights {
      let own = try #require(integers.layers[layer.name])
      let weights = try #require(floats.weights(of: layer)).weights
      #expect(own.scales.count == (recipe.isPerChannel ? layer.output.channels : 1))
      let depth = weights.count / layer.output.channels
      for (index, weight) in weights.enumerated() {
        let step = own.scale(index / depth)
        let real = Float(own.weights[index]) * step
        #expect(abs(real - weight) <= step * 0.501, "\(layer.name), weight \(index)")
      }
      // All of the numbers are used.
      let (least, most) = (own.weights.min() ?? 0, own.weights.max() ?? 0)
      #expect(recipe.isSigned ? max(-least, most) == 127 : 254...255 ~= most - least)
    }
  }

  @Test(arguments: recipes) func theIntegersAnswerNearlyAsTheFloats(
    recipe: QuantizationRecipe
  ) throws {
    let floats = try checkpoint(.symmetric, .relu)
    let network = try IntegerNetwork(try quantized(floats, recipe))
    let trace = try Network(floats).run(image(1))
    let integers = network.run(image(1)).reals
    for (position, layer) in trace.layers.enumerated() where layer.kind != .softmax {
      let (a, b) = (trace.output(at: position).values, integers.output(at: position).values)
      let error = zip(a, b).map { abs($0 - $1) }.reduce(0, +)
      let size = a.map(\.magnitude).reduce(0, +)
      #expect(error < 0.2 * size, "\(layer.name): \(error / size)")
    }
  }

  @Test(arguments: recipes, [Padding.same, .symmetric])
  func theFileHoldsTheSameNetwork(recipe: QuantizationRecipe, padding: Padding) throws {
    let written = try quantized(try checkpoint(padding, .relu6), recipe)
    try TensorFlowLiteWriter.write(written, to: path)
    let read = try CheckpointReader.read(path: path)
    #expect(read.name == "made-up" && read.labels == written.labels && read.resolution == 64)
    #expect(read.preprocessing == written.preprocessing)
    #expect(read.architecture == written.architecture)
    let (a, b) = (try #require(written.integers), try #require(read.integers))
    #expect(a.input == b.input && a.pooled == b.pooled && a.pooling == b.pooling)
    try expectSame(a, b)
    let ours = try IntegerNetwork(written).run(image(2))
    let theirs = try IntegerNetwork(read).run(image(2))
    for position in ours.layers.indices {
      #expect(ours.output(at: position).numbers == theirs.output(at: position).numbers)
    }
  }

  private func expectSame(_ a: IntegerWeights, _ b: IntegerWeights) throws {
    #expect(a.input == b.input && a.pooled == b.pooled && a.layers.count == b.layers.count)
    for (name, layer) in a.layers {
      let found = try #require(b.layers[name])
      #expect(layer.weights == found.weights && layer.scales == found.scales, "\(name)")
      #expect(layer.biases == found.biases && layer.output == found.output, "\(name)")
      #expect(layer.roundsScale == found.roundsScale, "\(name)")
      #expect(layer.roundsOnce == found.roundsOnce, "\(name)")
    }
  }

  /// Floats and ranges beside each other in a folder of their own.
  private func writeRanges(_ recipe: QuantizationRecipe) throws -> (Checkpoint, folder: URL) {
    let folder = URL(fileURLWithPath: path + "-ranges")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let floats = folder.appendingPathComponent("floats.safetensors").path
    try CheckpointWriter.write(try checkpoint(.symmetric, .relu), to: floats)
    let network = try Network(try CheckpointReader.read(path: floats))
    var ranges = ActivationRanges(layers: network.layers.count)
    for seed in 0..<3 { ranges.add(network.run(image(seed))) }
    let quantized = try network.checkpoint.quantized(for: 64, ranges, recipe).called("small")
      .measured([.init(resolution: 64, top1: 50, top5: 75)], by: "nobody")
    let file = try RangesFile(
      quantized, ranges, recipe, floats: floats, quantised: "from 3 images")
    try file.write(to: folder.appendingPathComponent("small.json").path)
    return (quantized, folder)
  }

  @Test(arguments: recipes) func rangesAndFloatsMakeTheSameIntegers(
    recipe: QuantizationRecipe
  ) throws {
    let (written, folder) = try writeRanges(recipe)
    defer { try? FileManager.default.removeItem(at: folder) }
    let small = folder.appendingPathComponent("small.json").path
    let read = try CheckpointReader.read(path: small)
    #expect(read.name == "small" && read.resolution == 64 && read.labels == written.labels)
    #expect(read.accuracy == written.accuracy)
    #expect(read.provenance.contains(.init(name: "quantised", value: "from 3 images")))
    try expectSame(try #require(written.integers), try #require(read.integers))
    #expect(try CheckpointReader.outline(path: small).isQuantized)

    // The ranges say nothing about other floats.
    let floats = folder.appendingPathComponent("floats.safetensors").path
    try CheckpointWriter.write(try checkpoint(.same, .relu), to: floats)
    let problem = #expect(throws: CheckpointFileError.self) {
      try CheckpointReader.read(path: small)
    }
    #expect("\(try #require(problem))".hasSuffix("the file that its ranges were found with"))
  }

  @Test(arguments: [
    ("\"ranges\":[", "\"ranges\":[{\"high\":1,\"layer\":\"conv0\",\"low\":0},", "layers"),
    ("\"low\":0", "\"low\":0.5", "without 0"),
    ("\"resolution\":64", "\"resolution\":8", "resolution is 8"),
    ("\"floats\":\"", "\"floats\":\"../", "not beside the file"),
    ("\"version\":\"1\"", "\"version\":\"9\"", "version 9"),
    ("\"isSigned\"", "\"wasSigned\"", "isSigned"),
  ])
  func wrongRangesAreRefused(part: String, other: String, message: String) throws {
    let (_, folder) = try writeRanges(Self.recipes[0])
    defer { try? FileManager.default.removeItem(at: folder) }
    let small = folder.appendingPathComponent("small.json")
    let text = try String(contentsOf: small, encoding: .utf8)
    // The floats' own resolution stands before that of the ranges.
    let place = try #require(
      text.range(of: part, options: part.contains("resolution") ? .backwards : []))
    try text.replacingCharacters(in: place, with: other)
      .write(to: small, atomically: true, encoding: .utf8)
    let problem = #expect(throws: CheckpointFileError.self) {
      try CheckpointReader.read(path: small.path)
    }
    #expect("\(try #require(problem))".contains(message))
  }

  @Test func rangesAreWrittenOnlyBesideTheirFloats() throws {
    let (written, folder) = try writeRanges(Self.recipes[0])
    defer { try? FileManager.default.removeItem(at: folder) }
    let ranges = ActivationRanges(layers: written.architecture.layers(resolution: 64).count)
    let file = try RangesFile(
      written, ranges, Self.recipes[0],
      floats: folder.appendingPathComponent("floats.safetensors").path, quantised: "")
    let elsewhere = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).json"
    #expect(throws: CheckpointFileError.self) { try file.write(to: elsewhere) }
    #expect(!FileManager.default.fileExists(atPath: elsewhere))
  }

  /// A thousandth of the values lies far away: the extremes go there, the percentile does not.
  @Test func aPercentileLeavesOutliersOut() throws {
    let network = try Network(try checkpoint(.same, .relu))
    let whole = network.run(image(0))
    let shape = network.layers[0].output
    let values = (0..<shape.count).map { $0 % 1000 == 0 ? 50 : Float($0 % 100) / 100 }
    let trace = network.rerun(whole, from: 0, replacing: Tensor(shape: shape, values: values))
    var extremes = ActivationRanges(layers: trace.layers.count)
    extremes.add(trace)
    var percentile = ActivationRanges(layers: trace.layers.count, extent: .percentile(99.8))
    percentile.add(trace)
    #expect(extremes.byLayer[0].upperBound == 50)
    #expect(percentile.byLayer[0].upperBound < 1.1 && percentile.byLayer[0].upperBound > 0.9)
  }

  @Test func whatIsNotQuantizedIsNotWritten() throws {
    let floats = try checkpoint(.same, .relu6)
    #expect(throws: CheckpointFileError.self) { try TensorFlowLiteWriter.write(floats, to: path) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
