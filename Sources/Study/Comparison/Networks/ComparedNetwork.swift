import MobileNet
import Tensors

/// A network as it was published, beside what its layers add up to and how long they take here.
public struct ComparedNetwork: Hashable, Sendable {
  /// Its name, for people.
  public let name: String
  /// Millions of parameters.
  public let parameters: PublishedFigure
  /// Millions of multiply-adds.
  public let multiplyAdds: PublishedFigure
  /// Top-1 accuracy on ImageNet, in percent.
  public let top1: PublishedFigure
  /// What can be run of it.
  public let body: Body

  /// What can be run.
  public enum Body: Hashable, Sendable {
    /// The MobileNet of the paper.
    case mobileNet
    /// A list of layers.
    case layers(Graph)
    /// Nothing: it has layers that the engine has no kernels for.
    case nothing
  }

  /// The networks, MobileNet first.
  public static let all = [
    ComparedNetwork(
      name: "MobileNet 1.0", parameters: paper(4.2, 8), multiplyAdds: paper(569, 8),
      top1: paper(70.6, 8), body: .mobileNet),
    ComparedNetwork(
      name: "MobileNet, standard", parameters: paper(29.3, 4), multiplyAdds: paper(4866, 4),
      top1: paper(71.7, 4), body: .layers(.standardMobileNet)),
    ComparedNetwork(
      name: "SqueezeNet 1.0", parameters: paper(1.25, 9), multiplyAdds: paper(1700, 9),
      top1: paper(57.5, 9), body: .layers(.squeezeNet)),
    ComparedNetwork(
      name: "GoogLeNet", parameters: paper(6.8, 8), multiplyAdds: paper(1550, 8),
      top1: paper(69.8, 8), body: .layers(.googLeNet)),
    ComparedNetwork(
      name: "VGG-16", parameters: paper(138, 8), multiplyAdds: paper(15300, 8),
      top1: paper(71.5, 8), body: .layers(.vgg16)),
    ComparedNetwork(
      name: "AlexNet", parameters: paper(60, 9), multiplyAdds: paper(720, 9),
      top1: paper(57.2, 9), body: .nothing),
    ComparedNetwork(
      name: "Inception-v3",
      parameters: PublishedFigure(25, .szegedy2016, "abstract: fewer than", isBound: true),
      multiplyAdds: PublishedFigure(5000, .szegedy2016, "abstract"),
      top1: PublishedFigure(78.8, .szegedy2016, "abstract: 21.2 % error, single frame"),
      body: .nothing),
  ]

  private static func paper(_ value: Double, _ table: Int) -> PublishedFigure {
    PublishedFigure(value, .howard2017, "table \(table)")
  }

  /// The parameters that its layers add up to; nil where there is no list of them.
  public var computedParameters: Int? {
    switch body {
    case .mobileNet: Architecture().layers(resolution: 224).parameters
    case .layers(let graph): graph.layers.parameters
    case .nothing: nil
    }
  }

  /// The multiply-adds that its layers add up to; nil where there is no list of them.
  public var computedMultiplyAdds: Int? {
    switch body {
    case .mobileNet: Architecture().layers(resolution: 224).multiplyAdds
    case .layers(let graph): graph.layers.multiplyAdds
    case .nothing: nil
    }
  }

  /// The shortest of several runs with made-up weights, in milliseconds; nil where nothing can be
  /// run.
  ///
  /// On `threads` threads, or one for each processor, up to eight. Convolutions and products count,
  /// pooling between them doesn't. `goesOn` throws before a run that nobody wants any more.
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
