import MobileNet

/// A last layer that was learned, and what its checkpoint says about it.
public struct Learned: Sendable {
  /// What it was learned from.
  public let taught: TaughtImages
  /// What was learned, and how well.
  public let result: Learner.Result
  /// The network whose last layer it replaces.
  public let network: Checkpoint
  /// The input side at which the features were made.
  public let resolution: Resolution

  /// Puts together what `taught` came to on features of `network` at `resolution`.
  public init(
    _ taught: TaughtImages, _ result: Learner.Result, network: Checkpoint, resolution: Resolution
  ) {
    self.taught = taught
    self.result = result
    self.network = network
    self.resolution = resolution
  }

  /// What there is to say about it.
  public var report: LearningReport {
    LearningReport(taught, result, backbone: backbone ?? "\(network.name) at \(resolution)")
  }

  /// What a network says about the layers that it was taught on, when it was taught before: its own name
  /// is that of a file.
  private var backbone: String? {
    network.provenance.first { $0.name == LearningReport.backboneFact }
      .flatMap { $0.value.split(separator: ", SHA-256").first.map(String.init) }
  }

  /// How likely each of the result's labels is for an image of which pool6 makes `features`.
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
