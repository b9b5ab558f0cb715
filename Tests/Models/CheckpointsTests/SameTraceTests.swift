import Kernels
import MobileNet
import Testing

@testable import Checkpoints

/// The same weights through every format are the same network.
///
/// Differences between frameworks are not the format's: ε, which the weights were folded with, and
/// so there are two groups; padding and activation, which are made the same within each.
struct SameTraceTests {
  static let groups: [[Fixture]] = [
    [
      Fixture("project.safetensors"), Fixture("float.tflite"), Fixture("tf2onnx.onnx"),
      Fixture("transformers"), Fixture("keras-weights.h5"), Fixture("keras-transfer.keras"),
      Fixture("tensorflowjs"), Fixture("coreml.mlmodel"), Fixture("mlpackage"), Fixture("ncnn"),
    ],
    [
      Fixture("torchscript.onnx"), Fixture("torchscript-training.onnx"), Fixture("dynamo.onnx"),
      Fixture("timm"), Fixture("tiny.caffemodel"), Fixture("forge"),
    ],
  ]

  @Test(arguments: groups)
  func everyFormatMakesTheSameTrace(group: [Fixture]) throws {
    let image = try Fixture.image()
    let first = try network(group[0])
    let expected = first.run(image)
    for fixture in group.dropFirst() {
      let other = try network(fixture, like: first.checkpoint.architecture)
      let trace = other.run(image)
      #expect(trace.layers.map(\.name) == expected.layers.map(\.name))
      for layer in expected.layers {
        let wanted = try #require(expected.output(of: layer.name)).values
        let found = try #require(trace.output(of: layer.name)).values
        #expect(found.count == wanted.count)
        let mean = wanted.reduce(0) { $0 + abs($1) } / Float(wanted.count)
        let error = zip(found, wanted).map { abs($0 - $1) / max(abs($1), mean) }.max() ?? 0
        #expect(error < 1e-4, "\(fixture), \(layer.name)")
      }
    }
  }

  /// The network of a fixture, with padding and activation of `architecture` if there is one.
  private func network(_ fixture: Fixture, like architecture: Architecture? = nil) throws -> Network
  {
    let read = try fixture.read()
    let own = read.architecture
    let layers = own.layers(resolution: 64)
    let same = Architecture(
      stemChannels: own.stemChannels, pairChannels: own.pairs.map(\.channels), classes: own.classes,
      padding: architecture?.padding ?? own.padding,
      activation: architecture?.activation ?? own.activation)
    var weights: [String: LayerWeights] = [:]
    for layer in layers where layer.hasWeights { weights[layer.name] = read.weights(of: layer) }
    return try Network(
      Checkpoint(
        name: read.name, architecture: same, weights: weights,
        preprocessing: read.preprocessing),
      resolution: 64, threads: 1)
  }
}
