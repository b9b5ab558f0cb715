import MobileNet

/// A learned last layer, with its images, its network and its resolution.
public struct Learned: Sendable {
  /// The images that the layer was learned from.
  public let taught: TaughtImages
  /// The learned layer and its accuracy.
  public let result: Learner.Result
  /// The network whose last layer is replaced.
  public let network: Checkpoint
  /// The resolution at which the features were computed.
  public let resolution: Resolution
  /// The WordNet ids of classes that are known by one, by the classes' names.
  public let wordNetIDs: [String: String]

  /// Combines `taught` with the `result` of learning from features of `network` at `resolution`;
  /// `wordNetIDs` are those of classes by their names.
  public init(
    _ taught: TaughtImages, _ result: Learner.Result, network: Checkpoint, resolution: Resolution,
    wordNetIDs: [String: String] = [:]
  ) {
    self.taught = taught
    self.result = result
    self.network = network
    self.resolution = resolution
    self.wordNetIDs = wordNetIDs
  }

  /// The report on the layer and its accuracy.
  public var report: LearningReport {
    LearningReport(taught, result, backbone: backbone ?? "\(network.name) at \(resolution)")
  }

  /// The name of the layers that a network was taught on, when it was taught before: its own name
  /// is that of a file.
  private var backbone: String? {
    network.provenance.first { $0.name == LearningReport.backboneFact }
      .flatMap { $0.value.split(separator: ", SHA-256").first.map(String.init) }
  }

  /// Returns the probability of each of the result's labels for `features`, an image's output of
  /// pool6; empty if their number does not fit.
  public func probabilities(of features: [Float]) -> [Double] {
    let classifier = result.classifier
    guard features.count * classifier.biases.count == classifier.weights.count else { return [] }
    let logits = classifier.biases.indices.map { index in
      zip(classifier.weights(of: index), features).reduce(Double(classifier.biases[index])) {
        $0 + Double($1.0) * Double($1.1)
      }
    }
    return Temperature.softmax(logits, 1)
  }
}
