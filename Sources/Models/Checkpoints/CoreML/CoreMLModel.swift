import MobileNet

/// What a Core ML file says of its network beside the layers.
///
/// The field numbers are those of Model.proto, NeuralNetwork.proto and FeatureTypes.proto.
struct CoreMLModel {
  /// The NeuralNetwork, NeuralNetworkClassifier or NeuralNetworkRegressor.
  let network: ProtobufMessage

  private let description: ProtobufMessage

  init(_ bytes: Bytes) throws(ImportError) {
    let model = ProtobufMessage(bytes)
    guard let description = try model.message(2) else {
      throw bytes.damaged("it has no description")
    }
    self.description = description
    for kind in [403, 500, 303] {
      if let network = try model.message(kind) {
        self.network = network
        return
      }
    }
    if try model.has(502) {
      throw .unsupported(
        format: CoreMLFormat.name,
        feature: "an ML program; convert the model with convert_to=\"neuralnetwork\" instead, which"
      )
    }
    let kinds = [200: "a pipeline", 201: "a pipeline", 202: "a pipeline", 3000: "encrypted"]
    let kind = model.fieldNumbers.first { 200...3000 ~= $0 } ?? 0
    throw .unsupported(
      format: CoreMLFormat.name,
      feature: "a model that is \(kinds[kind] ?? "no neural network (kind \(kind))")")
  }

  /// The name of each class; none when they have numbers only.
  var labels: [String] {
    get throws(ImportError) { try network.message(100)?.strings(1) ?? [] }
  }

  /// The name of what the first layer reads.
  var input: String {
    get throws(ImportError) { try description.messages(1).first?.string(1) ?? "" }
  }

  /// The side of the images that it takes; nil when it takes no images.
  var imageSide: Int? {
    get throws(ImportError) { try image?.integer(1) }
  }

  /// Image scale and biases; nil when the network takes numbers, which somebody else makes.
  var preprocessing: Preprocessing? {
    get throws(ImportError) {
      guard let image = try image else { return nil }
      let isBGR = try image.integer(3) == 30
      for part in try network.messages(2) {
        guard let scaler = try part.message(10) else {
          throw .unsupported(format: CoreMLFormat.name, feature: "a mean image")
        }
        let scale = try scaler.float(10) ?? 1
        var offset: [Float] = []
        // Blue, green and red.
        for field in isBGR ? [20, 21, 22] : [22, 21, 20] {
          offset.append(try scaler.float(field) ?? 0)
        }
        return Preprocessing(
          channelOrder: isBGR ? .bgr : .rgb, scale: [scale, scale, scale], offset: offset,
          cropFraction: 0.875)
      }
      return Preprocessing(
        channelOrder: isBGR ? .bgr : .rgb, scale: [1, 1, 1], offset: [0, 0, 0],
        cropFraction: 0.875)
    }
  }

  /// What the file says of its origin.
  var provenance: [Checkpoint.Fact] {
    get throws(ImportError) {
      guard let metadata = try description.message(100) else { return [] }
      var facts: [Checkpoint.Fact] = []
      for (field, name) in [(1, "description"), (3, "author"), (4, "license"), (2, "version")] {
        let value = try metadata.string(field)
        if !value.isEmpty { facts.append(Checkpoint.Fact(name: name, value: value)) }
      }
      return facts
    }
  }

  /// The ImageFeatureType of the input.
  private var image: ProtobufMessage? {
    get throws(ImportError) { try description.messages(1).first?.message(3)?.message(4) }
  }
}
