import Explanation
import MobileNet
import Tensors

/// A small network with made-up weights, and its run on noise.
struct Example {
  let network: Network
  let trace: Trace
  let explainer: Explainer

  init(classes: Int? = 10, side: Int = 64, inputChannels: Int = 3) throws {
    let standard = Architecture(width: 0.25, classes: classes)
    let checkpoint = try Checkpoint.synthetic(
      Architecture(
        inputChannels: inputChannels, stemChannels: standard.stemChannels,
        pairChannels: standard.pairs.map(\.channels), classes: classes, padding: .symmetric,
        activation: .relu))
    network = try Network(checkpoint, resolution: Resolution(side: side), threads: 2)
    trace = network.run(
      Tensor(
        shape: network.inputShape,
        values: Checkpoint.syntheticValues(network.inputShape.count, seed: 1000, scale: 2)))
    explainer = Explainer(network, trace)
  }

  func position(_ name: String) -> Int { network.layers.firstIndex { $0.name == name } ?? -1 }

  /// The network's number for another input.
  func value(_ target: Target, of values: [Float]) throws -> Double {
    let run = network.run(Tensor(shape: network.inputShape, values: values))
    return target.value(of: run.output(at: try target.position(in: network.layers)))
  }
}
