import MobileNet
import Tensors

/// A network's published figures, beside the costs of its layers and its time on this machine.
public struct ComparedNetwork: Hashable, Sendable {
  /// The name as people see it.
  public let name: String
  /// The layers that it is made of, in a few words.
  public let form: String
  /// The number of parameters, in millions.
  public let parameters: PublishedFigure
  /// The number of multiply-adds, in millions.
  public let multiplyAdds: PublishedFigure
  /// The top-1 accuracy on ImageNet, in percent.
  public let top1: PublishedFigure
  /// The layers that can be run.
  public let body: Body

  /// The layers of a network that can be run.
  public enum Body: Hashable, Sendable {
    /// The MobileNet of the paper.
    case mobileNet
    /// Other layers, as a graph.
    case layers(Graph)
    /// No layers: the engine has no kernels for some of them.
    case nothing
  }

  /// The networks, MobileNet first.
  public static let all = [
    ComparedNetwork(
      name: "MobileNet 1.0",
      form: "a convolution and 13 depthwise and pointwise pairs",
      parameters: paper(4.2, 8), multiplyAdds: paper(569, 8),
      top1: paper(70.6, 8), body: .mobileNet),
    ComparedNetwork(
      name: "MobileNet, standard",
      form: "the same with a 3×3 convolution for each pair",
      parameters: paper(29.3, 4), multiplyAdds: paper(4866, 4),
      top1: paper(71.7, 4), body: .layers(.standardMobileNet)),
    ComparedNetwork(
      name: "SqueezeNet 1.0",
      form: "8 fire modules: 1×1 to few channels, then 1×1 and 3×3",
      parameters: paper(1.25, 9), multiplyAdds: paper(1700, 9),
      top1: paper(57.5, 9), body: .layers(.squeezeNet)),
    ComparedNetwork(
      name: "GoogLeNet",
      form: "9 inception modules: 1×1, 3×3 and 5×5 side by side",
      parameters: paper(6.8, 8), multiplyAdds: paper(1550, 8),
      top1: paper(69.8, 8), body: .layers(.googLeNet)),
    ComparedNetwork(
      name: "VGG-16",
      form: "13 convolutions of 3×3 and 3 fully connected layers",
      parameters: paper(138, 8), multiplyAdds: paper(15300, 8),
      top1: paper(71.5, 8), body: .layers(.vgg16)),
    ComparedNetwork(
      name: "AlexNet",
      form: "5 convolutions, first 11×11, and 3 fully connected layers",
      parameters: paper(60, 9), multiplyAdds: paper(720, 9),
      top1: paper(57.2, 9), body: .nothing),
    ComparedNetwork(
      name: "Inception-v3",
      form: "inception modules of smaller convolutions, as 1×7 and 7×1",
      parameters: PublishedFigure(25, .szegedy2016, "abstract: fewer than", isBound: true),
      multiplyAdds: PublishedFigure(5000, .szegedy2016, "abstract"),
      top1: PublishedFigure(78.8, .szegedy2016, "abstract: 21.2 % error, single frame"),
      body: .nothing),
  ]

  private static func paper(_ value: Double, _ table: Int) -> PublishedFigure {
    PublishedFigure(value, .howard2017, "table \(table)")
  }

  /// The sum of the layers' parameters; nil without layers.
  public var computedParameters: Int? {
    switch body {
    case .mobileNet: Architecture().layers(resolution: 224).parameters
    case .layers(let graph): graph.layers.parameters
    case .nothing: nil
    }
  }

  /// The sum of the layers' multiply-adds; nil without layers.
  public var computedMultiplyAdds: Int? {
    switch body {
    case .mobileNet: Architecture().layers(resolution: 224).multiplyAdds
    case .layers(let graph): graph.layers.multiplyAdds
    case .nothing: nil
    }
  }

  /// Returns the shortest time of several runs with synthetic weights, in milliseconds; nil without
  /// layers.
  ///
  /// Runs on `threads` threads or, by default, one per processor, up to eight. Of a graph, only
  /// convolutions and matrix products are timed, not the pooling between them. `goesOn` is called
  /// before each run and stops the work by throwing.
  public func measure(
    threads: Int? = nil, goesOn: () throws -> Void = {}
  ) throws -> Double? {
    switch body {
    case .nothing: return nil
    case .layers(let graph):
      let run = GraphRun(graph, threads: threads ?? Network.defaultThreads)
      _ = run.measure()  // The first run finds cold memory.
      return try Repetition.shortest(goesOn: goesOn, run.measure)
    case .mobileNet:
      let network = try Network(try Checkpoint.synthetic(Architecture()), threads: threads)
      let input = Tensor(
        shape: network.inputShape,
        values: Checkpoint.syntheticValues(network.inputShape.count, seed: 0, scale: 2))
      return try Measurement.shortest(of: network, input, goesOn: goesOn).milliseconds
    }
  }
}
