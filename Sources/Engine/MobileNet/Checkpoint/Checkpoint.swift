import Tensors

/// Trained weights with their architecture, preprocessing, labels and provenance.
public struct Checkpoint: Sendable {
  /// The name as people say it: `mobilenet-0.75`, for example.
  public private(set) var name: String
  /// The network that the weights belong to.
  public internal(set) var architecture: Architecture
  /// The steps from pixels to the network's input.
  public let preprocessing: Preprocessing
  /// The default resolution of the input.
  public private(set) var resolution: Resolution
  /// The label of each class; as many as the architecture has classes, or none.
  public let labels: [String]
  /// The WordNet id of each class, such as `n02123045`, empty for a class without one; as many as
  /// classes, or none.
  public let wordNetIDs: [String]
  /// The accuracy measured with these weights, by resolution.
  public private(set) var accuracy: [MeasuredAccuracy]
  /// The temperatures that calibrate the network, by resolution; empty without a measurement.
  public internal(set) var calibration: [MeasuredCalibration] = []
  /// The number that the classifier's weights and biases are divided by.
  public internal(set) var temperature = 1.0 { didSet { divideClassifier() } }
  /// Whether weights and biases are rounded to half-precision numbers.
  private var isInHalves = false
  /// The weights' origin, in the order of display: data, recipe, date, file format.
  public private(set) var provenance: [Fact]

  /// The quantised network, where the file has one.
  public private(set) var integers: IntegerWeights?

  private let weightsByLayer: [String: LayerWeights]
  /// The classifier's weights divided by the temperature; empty where that is 1.
  private var dividedByLayer: [String: LayerWeights] = [:]
  private let unfoldedByLayer: [String: UnfoldedLayer]

  /// A named statement about a checkpoint, part of its provenance.
  public struct Fact: Hashable, Sendable {
    /// The subject of the statement.
    public let name: String
    /// The statement.
    public let value: String

    /// Creates the statement `value` about `name`.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Top-1 and top-5 accuracy at one resolution.
  public struct MeasuredAccuracy: Hashable, Sendable, Codable {
    /// The rows and columns of the input.
    public let resolution: Resolution
    /// The share of images whose first prediction was right, in percent.
    public let top1: Double
    /// The share of images whose class was among the first five predictions, in percent.
    public let top5: Double

    /// Creates an accuracy from percentages.
    public init(resolution: Resolution, top1: Double, top5: Double) {
      self.resolution = resolution
      self.top1 = top1
      self.top5 = top5
    }
  }

  /// Creates a checkpoint after checking that the weights fit the architecture and are finite.
  ///
  /// `weights` is keyed by layer name, and so is `unfolded`, the layers before batch norm was
  /// folded, where those are known. Throws an error for the first layer whose weights do not fit.
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

  /// Returns the weights of a layer; nil for one without any, such as the pooling layer.
  public func weights(of layer: Layer) -> LayerWeights? { weights(named: layer.name) }

  /// Returns the weights of the layer called `name`; nil where there are none.
  func weights(named name: String) -> LayerWeights? {
    let found = dividedByLayer[name] ?? weightsByLayer[name]
    return isInHalves ? found?.inHalves : found
  }

  /// Divides the classifier's weights once, because screens read them at every key.
  private mutating func divideClassifier() {
    dividedByLayer = [:]
    guard temperature != 1, let classifier else { return }
    dividedByLayer[classifier] = weightsByLayer[classifier]?.divided(by: temperature)
  }

  /// The name of the last fully connected layer; others may come before it.
  private var classifier: String? {
    architecture.layers(resolution: resolution).last { $0.kind == .fullyConnected }?.name
  }

  /// Returns the checkpoint with `facts` added to its provenance.
  public func adding(provenance facts: [Fact]) -> Checkpoint {
    var copy = self
    copy.provenance += facts
    return copy
  }

  /// The name of the fact that states who measured the accuracy.
  public static let accuracyFact = "accuracy measured by"

  /// Returns the checkpoint with the accuracy that `source` measured in place of any other.
  public func measured(_ accuracy: [MeasuredAccuracy], by source: String?) -> Checkpoint {
    var copy = self
    copy.accuracy = accuracy
    copy.provenance.removeAll { $0.name == Self.accuracyFact }
    if let source { copy.provenance.append(Fact(name: Self.accuracyFact, value: source)) }
    return copy
  }

  /// Returns the checkpoint under another name.
  public func called(_ name: String) -> Checkpoint {
    var copy = self
    copy.name = name
    return copy
  }

  /// Returns the checkpoint for another resolution.
  public func at(resolution: Resolution) -> Checkpoint {
    precondition(resolution.isAllowed)
    var copy = self
    copy.resolution = resolution
    return copy
  }

  /// Returns the checkpoint with its quantised weights.
  public func adding(integers: IntegerWeights?) -> Checkpoint {
    var copy = self
    copy.integers = integers
    return copy
  }

  /// The checkpoint with weights and biases rounded to half precision.
  var inHalves: Checkpoint {
    var copy = self
    copy.isInHalves = true
    return copy
  }

  /// Returns the convolution and the batch norm that a layer's weights were folded from; nil where
  /// the file holds them folded.
  public func unfolded(_ layer: Layer) -> UnfoldedLayer? { unfoldedByLayer[layer.name] }

  /// Returns the label of class `index`, or, without labels, the word class and the index.
  public func label(_ index: Int) -> String {
    labels.indices.contains(index) ? labels[index] : "class \(index)"
  }

  /// Returns the first of the class's names: ImageNet's labels list several.
  public func shortLabel(_ index: Int) -> String {
    label(index).split(separator: ",").first.map(String.init) ?? ""
  }

  private static func check(
    _ values: [Float], _ what: String, _ layer: Layer, _ expected: Int
  ) throws(CheckpointError) {
    guard values.count == expected else {
      throw .count(layer: layer.name, what: what, found: values.count, expected: expected)
    }
    // A sum is finite only if every value is: the index of the first that is not is searched only
    // then.
    guard !values.reduce(0, { $0 + $1 * 0 }).isFinite else { return }
    let place = values.firstIndex { !$0.isFinite } ?? 0
    throw .notFinite(layer: layer.name, what: what, place: place)
  }
}
