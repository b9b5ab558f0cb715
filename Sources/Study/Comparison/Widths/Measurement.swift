import Kernels
import MobileNet
import Tensors

/// A candidate's costs, its known accuracy, and its answer for a photo.
public struct Measurement: Equatable, Sendable {
  /// The most likely class.
  public struct TopClass: Equatable, Sendable {
    /// The class, in the checkpoint's own numbering.
    public let classIndex: Int
    /// The name of the class, as people see it.
    public let label: String
    /// Whether `label` is a name and not a number.
    public let hasName: Bool
    /// The probability, 0…1.
    public let probability: Double

    /// Creates the most likely class.
    public init(classIndex: Int, label: String, hasName: Bool = true, probability: Double) {
      self.classIndex = classIndex
      self.label = label
      self.hasName = hasName
      self.probability = probability
    }
  }

  /// The shortest time of a layer.
  public struct LayerTime: Equatable, Sendable {
    /// The layer's name.
    public let name: String
    /// The time, in milliseconds.
    public let milliseconds: Double

    /// Creates the time of a layer.
    public init(name: String, milliseconds: Double) {
      self.name = name
      self.milliseconds = milliseconds
    }
  }

  /// The candidate measured.
  public let candidate: Candidate
  /// The width multiplier.
  public let width: Double
  /// Whether the five middle pairs are left out.
  public let isShallow: Bool
  /// The number of classes; nil without a classifier.
  public let classes: Int?
  /// The number of weights and biases.
  public let parameters: Int
  /// The number of multiply-adds.
  public let multiplyAdds: Int
  /// The shortest time of several runs, in milliseconds.
  public private(set) var milliseconds: Double
  /// The top-1 and top-5 accuracies, in percent, that the checkpoint states for this resolution.
  public let accuracy: Checkpoint.MeasuredAccuracy?
  /// The published accuracy on ImageNet of a network of this width and resolution, if there is one.
  public let published: PublishedFigure?
  /// The most likely classes of the photo, the likeliest first; empty without a classifier, while
  /// unknown, or where it overflows.
  public private(set) var answers: [TopClass]
  /// The layers with their times, in the order of the network; empty where they were not measured.
  public let layerTimes: [LayerTime]
  /// Whether the photo has no answer because the network's values are too large for its numbers.
  public private(set) var overflows = false

  /// The most likely class of the photo, if there is one.
  public var answer: TopClass? { answers.first }

  /// The measurement without an answer, for another photo.
  public var withoutAnswer: Measurement {
    var other = self
    other.answers = []
    other.overflows = false
    return other
  }

  /// Returns the measurement with the shorter of its time and `milliseconds`.
  public func inTurns(_ milliseconds: Double?) -> Measurement {
    var other = self
    other.milliseconds = min(self.milliseconds, milliseconds ?? .infinity)
    return other
  }

  /// Creates a measurement from known numbers.
  public init(
    candidate: Candidate, width: Double, isShallow: Bool = false, classes: Int?,
    parameters: Int, multiplyAdds: Int, milliseconds: Double,
    accuracy: Checkpoint.MeasuredAccuracy?, published: PublishedFigure?, answers: [TopClass],
    layerTimes: [LayerTime] = []
  ) {
    self.candidate = candidate
    self.width = width
    self.isShallow = isShallow
    self.classes = classes
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
    self.milliseconds = milliseconds
    self.accuracy = accuracy
    self.published = published
    self.answers = answers
    self.layerTimes = layerTimes
  }

  /// The number of likely classes that are kept.
  private static let answerCount = 5

  /// Returns the shortest time of `network` on `input`, in milliseconds, that of each layer, and the
  /// output.
  static func shortest(
    of network: Network, _ input: Tensor, goesOn: () throws -> Void
  ) rethrows -> (milliseconds: Double, layers: [Double], output: Tensor) {
    // The first run finds cold memory.
    var output = network.probabilities(of: input)
    var layers = [Double](repeating: .infinity, count: network.layers.count)
    let milliseconds = try Repetition.shortest(goesOn: goesOn) {
      let watch = Stopwatch()
      output = network.probabilities(of: input) { layers[$0] = min(layers[$0], $1) }
      return watch.milliseconds
    }
    return (milliseconds, layers, output)
  }

  /// Measures `network`, which is the candidate's, by several runs on `input`; `goesOn` is called
  /// before each run and stops the work by throwing.
  public init(
    _ candidate: Candidate, network: Network, input: Tensor, goesOn: () throws -> Void = {}
  ) rethrows {
    let checkpoint = network.checkpoint
    let (shortest, times, output) = try Self.shortest(of: network, input, goesOn: goesOn)
    var answers: [TopClass] = []
    if checkpoint.architecture.classes != nil, output.isFinite {
      answers = Prediction.top(Self.answerCount, of: output.values).map {
        TopClass(
          classIndex: $0.classIndex, label: checkpoint.label($0.classIndex),
          hasName: !checkpoint.labels.isEmpty, probability: Double($0.probability))
      }
    }
    self.init(
      candidate: candidate, width: checkpoint.architecture.width,
      isShallow: checkpoint.architecture.isShallow, classes: checkpoint.architecture.classes,
      parameters: network.layers.parameters,
      multiplyAdds: network.layers.multiplyAdds, milliseconds: shortest,
      accuracy: checkpoint.accuracy.first { $0.resolution == network.resolution },
      published: .imageNetTop1(of: checkpoint.architecture, at: network.resolution),
      answers: answers,
      layerTimes: zip(network.layers, times).map { LayerTime(name: $0.name, milliseconds: $1) })
    overflows = !output.isFinite
  }
}

extension [Measurement] {
  /// The measurement with the most multiply-adds among those with an answer.
  public var largest: Measurement? {
    filter { $0.answer != nil }.max { $0.multiplyAdds < $1.multiplyAdds }
  }

  /// Returns whether `measurement` and the largest one have the same answer; nil if either has
  /// none, or if their classes cannot be compared by name or number.
  public func agrees(_ measurement: Measurement) -> Bool? {
    guard let largest, let answer = measurement.answer, let other = largest.answer else {
      return nil
    }
    if answer.hasName, other.hasName { return answer.label == other.label }
    guard !answer.hasName, !other.hasName, measurement.classes == largest.classes else {
      return nil
    }
    return answer.classIndex == other.classIndex
  }
}

extension Measurement.TopClass {
  /// The most likely class as reports encode it.
  struct Entry: Encodable {
    let `class`: Int
    let label: String
    let probability: Double
  }

  /// The most likely class as reports encode it.
  var entry: Entry { Entry(class: classIndex, label: label, probability: probability) }
}
