import Kernels
import MobileNet
import Tensors

/// What a candidate costs, how good it is known to be, and what it says about a photo.
public struct Measurement: Equatable, Sendable {
  /// The most likely class.
  public struct TopClass: Equatable, Sendable {
    /// The class, in the checkpoint's own numbering.
    public let classIndex: Int
    /// Its name, for people.
    public let label: String
    /// Whether that is a name and not a number.
    public let hasName: Bool
    /// How likely, 0…1.
    public let probability: Double

    /// Names the most likely class.
    public init(classIndex: Int, label: String, hasName: Bool = true, probability: Double) {
      self.classIndex = classIndex
      self.label = label
      self.hasName = hasName
      self.probability = probability
    }
  }

  /// What was measured.
  public let candidate: Candidate
  /// The width multiplier.
  public let width: Double
  /// Whether the five middle pairs are left out.
  public let isShallow: Bool
  /// The classes; nil without a classifier.
  public let classes: Int?
  /// Weights and biases.
  public let parameters: Int
  /// Multiplications that are followed by an addition.
  public let multiplyAdds: Int
  /// The shortest of several runs, in milliseconds.
  public private(set) var milliseconds: Double
  /// Top-1 and top-5 accuracy in percent that the checkpoint states for this resolution.
  public let accuracy: Checkpoint.MeasuredAccuracy?
  /// What was published for a network of this width and resolution on ImageNet.
  public let published: PublishedFigure?
  /// What it says about the photo; nil without a classifier, and as long as nobody asked.
  public private(set) var answer: TopClass?

  /// The same without an answer, for another photo.
  public var withoutAnswer: Measurement {
    var other = self
    other.answer = nil
    return other
  }

  /// The same with the shorter of two times.
  public func inTurns(_ milliseconds: Double?) -> Measurement {
    var other = self
    other.milliseconds = min(self.milliseconds, milliseconds ?? .infinity)
    return other
  }

  /// States what was measured elsewhere.
  public init(
    candidate: Candidate, width: Double, isShallow: Bool = false, classes: Int?,
    parameters: Int, multiplyAdds: Int, milliseconds: Double,
    accuracy: Checkpoint.MeasuredAccuracy?, published: PublishedFigure?, answer: TopClass?
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
    self.answer = answer
  }

  /// The shortest run of `network` on `input`, in milliseconds, and what it answers.
  static func shortest(
    of network: Network, _ input: Tensor, goesOn: () throws -> Void
  ) rethrows -> (milliseconds: Double, output: Tensor) {
    // The first run finds cold memory.
    var output = network.probabilities(of: input)
    let milliseconds = try Repetition.shortest(goesOn: goesOn) {
      let watch = Stopwatch()
      output = network.probabilities(of: input)
      return watch.milliseconds
    }
    return (milliseconds, output)
  }

  /// Runs `network`, which is the candidate's, on `input` several times; `goesOn` throws before a run
  /// that nobody wants any more.
  public init(
    _ candidate: Candidate, network: Network, input: Tensor, goesOn: () throws -> Void = {}
  ) rethrows {
    let checkpoint = network.checkpoint
    let (shortest, output) = try Self.shortest(of: network, input, goesOn: goesOn)
    var answer: TopClass?
    if checkpoint.architecture.classes != nil,
      let best = Prediction.top(1, of: output.values).first
    {
      answer = TopClass(
        classIndex: best.classIndex, label: checkpoint.label(best.classIndex),
        hasName: !checkpoint.labels.isEmpty, probability: Double(best.probability))
    }
    self.init(
      candidate: candidate, width: checkpoint.architecture.width,
      isShallow: checkpoint.architecture.isShallow, classes: checkpoint.architecture.classes,
      parameters: network.layers.parameters,
      multiplyAdds: network.layers.multiplyAdds, milliseconds: shortest,
      accuracy: checkpoint.accuracy.first { $0.resolution == network.resolution },
      published: .imageNetTop1(of: checkpoint.architecture, at: network.resolution),
      answer: answer)
  }
}

extension [Measurement] {
  /// The one with the most multiply-adds among those that answered.
  public var largest: Measurement? {
    filter { $0.answer != nil }.max { $0.multiplyAdds < $1.multiplyAdds }
  }

  /// Whether `measurement` and the largest one name the same class; nil where one has no answer,
  /// or where their numbers have no names that could be compared.
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
  /// The class as reports have it.
  struct Entry: Encodable {
    let `class`: Int
    let label: String
    let probability: Double
  }

  /// The class as reports have it.
  var entry: Entry { Entry(class: classIndex, label: label, probability: probability) }
}
