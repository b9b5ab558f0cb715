import Tensors

/// Trained weights, and everything one must know to use them.
public struct Checkpoint: Sendable {
  /// What people call it, `mobilenet-0.75` for example.
  public private(set) var name: String
  /// The network that the weights belong to.
  public internal(set) var architecture: Architecture
  /// How pixels become the network's input.
  public let preprocessing: Preprocessing
  /// The input side to use when nobody asks for another.
  public private(set) var resolution: Resolution
  /// The name of each class; as many as the architecture has, or none.
  public let labels: [String]
  /// The WordNet id of each class, `n02123045` for example; as many as classes, or none.
  public let wordNetIDs: [String]
  /// What was measured with these weights, and by whom.
  public private(set) var accuracy: [MeasuredAccuracy]
  /// What makes its confidence mean something, by resolution; none where nobody measured it.
  public internal(set) var calibration: [MeasuredCalibration] = []
  /// What the classifier's weights and biases are divided by.
  public internal(set) var temperature = 1.0 { didSet { divideClassifier() } }
  /// Whether weights and biases are rounded to half-precision numbers.
  private var isInHalves = false
  /// Where the weights come from, in the order to show it: data, recipe, date, file format.
  public private(set) var provenance: [Fact]

  /// The same network as integers, where the file has it quantised.
  public private(set) var integers: IntegerWeights?

  private let weightsByLayer: [String: LayerWeights]
  /// The classifier's weights, where they are divided by anything.
  private var dividedByLayer: [String: LayerWeights] = [:]
  private let unfoldedByLayer: [String: UnfoldedLayer]

  /// A name and what there is to say under it.
  public struct Fact: Hashable, Sendable {
    /// What it is about.
    public let name: String
    /// What there is to say.
    public let value: String

    /// Says `value` about `name`.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Top-1 and top-5 accuracy at one resolution.
  public struct MeasuredAccuracy: Hashable, Sendable, Codable {
    /// The input side.
    public let resolution: Resolution
    /// How often the first answer was right, in percent.
    public let top1: Double
    /// How often the right answer was among the first five, in percent.
    public let top5: Double

    /// States an accuracy, in percent.
    public init(resolution: Resolution, top1: Double, top5: Double) {
      self.resolution = resolution
      self.top1 = top1
      self.top5 = top5
    }
  }

  /// Puts a checkpoint together once the weights fit the architecture and are finite.
  ///
  /// `weights` is keyed by layer name, and so is `unfolded`, what they were folded from where that
  /// is known. Throws what is wrong with the first layer that is.
  public init(
    name: String, architecture: Architecture, weights: [String: LayerWeights],
    unfolded: [String: UnfoldedLayer] = [:], preprocessing: Preprocessing,
    resolution: Resolution = 224,
    labels: [String] = [], wordNetIDs: [String] = [], accuracy: [MeasuredAccuracy] = [],
    provenance: [Fact] = []
  ) throws(CheckpointError) {
    guard resolution.isAllowed else {
      throw .resolution(resolution)
    }
    guard preprocessing.scale.count == architecture.inputChannels else {
      throw .inputChannels(
        found: preprocessing.scale.count, expected: architecture.inputChannels)
    }
    for layer in architecture.layers(resolution: resolution) where layer.hasWeights {
      guard let found = weights[layer.name] else { throw .missingLayer(layer.name) }
      let count = layer.weightsPerOutput * layer.output.channels
      try Self.check(found.weights, "weights", layer, count)
      try Self.check(found.biases, "biases", layer, layer.output.channels)
    }
    for (name, list) in [("labels", labels), ("WordNet ids", wordNetIDs)] where !list.isEmpty {
      guard list.count == architecture.classes else {
        throw .listLength(list: name, found: list.count, classes: architecture.classes ?? 0)
      }
    }
    self.name = name
    self.architecture = architecture
    self.weightsByLayer = weights
    self.unfoldedByLayer = unfolded
    self.preprocessing = preprocessing
    self.resolution = resolution
    // A name is one line wherever it is shown.
    self.labels = labels.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    self.wordNetIDs = wordNetIDs
    self.accuracy = accuracy
    self.provenance = provenance
  }

  /// The weights of a layer; nil for one that has none, such as the pooling layer.
  public func weights(of layer: Layer) -> LayerWeights? { weights(named: layer.name) }

  /// The weights of the layer called `name`; nil where there are none.
  func weights(named name: String) -> LayerWeights? {
    let found = dividedByLayer[name] ?? weightsByLayer[name]
    return isInHalves ? found?.inHalves : found
  }

  /// Divides the classifier's weights once: screens ask for them with every key.
  private mutating func divideClassifier() {
    dividedByLayer = [:]
    guard temperature != 1, let classifier else { return }
    dividedByLayer[classifier] = weightsByLayer[classifier]?.divided(by: temperature)
  }

  /// The last fully connected layer; others may come before it.
  private var classifier: String? {
    architecture.layers(resolution: resolution).last { $0.kind == .fullyConnected }?.name
  }

  /// The same checkpoint with more said about where it comes from.
  public func adding(provenance facts: [Fact]) -> Checkpoint {
    var copy = self
    copy.provenance += facts
    return copy
  }

  /// What the provenance calls whoever measured the accuracy.
  public static let accuracyFact = "accuracy measured by"

  /// The same checkpoint with the accuracy that `source` measured, and no other.
  public func measured(_ accuracy: [MeasuredAccuracy], by source: String?) -> Checkpoint {
    var copy = self
    copy.accuracy = accuracy
    copy.provenance.removeAll { $0.name == Self.accuracyFact }
    if let source { copy.provenance.append(Fact(name: Self.accuracyFact, value: source)) }
    return copy
  }

  /// The same checkpoint under another name.
  public func called(_ name: String) -> Checkpoint {
    var copy = self
    copy.name = name
    return copy
  }

  /// The same checkpoint for another input side.
  public func at(resolution: Resolution) -> Checkpoint {
    precondition(resolution.isAllowed)
    var copy = self
    copy.resolution = resolution
    return copy
  }

  /// The same checkpoint with its quantised numbers.
  public func adding(integers: IntegerWeights?) -> Checkpoint {
    var copy = self
    copy.integers = integers
    return copy
  }

  /// The same checkpoint with weights and biases that half-precision numbers hold.
  var inHalves: Checkpoint {
    var copy = self
    copy.isInHalves = true
    return copy
  }

  /// The convolution and the batch norm that a layer's weights were folded from; nil where the
  /// checkpoint's file had them folded already.
  public func unfolded(_ layer: Layer) -> UnfoldedLayer? { unfoldedByLayer[layer.name] }

  /// What people call class number `index`.
  public func label(_ index: Int) -> String {
    labels.indices.contains(index) ? labels[index] : "class \(index)"
  }

  /// The first of its names where a label lists several, as ImageNet's do.
  public func shortLabel(_ index: Int) -> String {
    label(index).split(separator: ",").first.map(String.init) ?? ""
  }

  private static func check(
    _ values: [Float], _ what: String, _ layer: Layer, _ expected: Int
  ) throws(CheckpointError) {
    guard values.count == expected else {
      throw .count(layer: layer.name, what: what, found: values.count, expected: expected)
    }
    // A sum is finite only if every value is; looking for the place is worth it only then.
    guard !values.reduce(0, { $0 + $1 * 0 }).isFinite else { return }
    let place = values.firstIndex { !$0.isFinite } ?? 0
    throw .notFinite(layer: layer.name, what: what, place: place)
  }
}
