import Foundation
import MobileNet

/// The facts that a Core ML file states beside the layers.
///
/// The field numbers are those of Model.proto, NeuralNetwork.proto and FeatureTypes.proto.
struct CoreMLModel {
  /// The NeuralNetwork, NeuralNetworkClassifier or NeuralNetworkRegressor; empty for a program.
  let network: ProtobufMessage
  /// The Program of an ML program; nil for a neural network.
  let program: ProtobufMessage?

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
        program = nil
        return
      }
    }
    if let program = try model.message(502) {
      self.program = program
      network = ProtobufMessage(try bytes.slice(0, count: 0, of: "nothing"))
      return
    }
    let kinds = [200: "a pipeline", 201: "a pipeline", 202: "a pipeline", 3000: "encrypted"]
    let kind = model.fieldNumbers.first { 200...3000 ~= $0 } ?? 0
    throw .unsupported(
      format: CoreMLFormat.name,
      feature: "a model that is \(kinds[kind] ?? "no neural network (kind \(kind))")")
  }

  /// The label of each class, or its number as text; empty where the file has neither.
  var labels: [String] {
    get throws(ImportError) {
      if let texts = try network.message(100)?.strings(1), !texts.isEmpty { return texts }
      let numbers = try network.message(101)?.integers(1) ?? []
      if !numbers.isEmpty { return numbers.map { "\($0)" } }
      // Authors without a field for labels write a list in the metadata.
      for entry in try description.message(100)?.messages(100) ?? [] {
        guard ["classes", "labels", "names"].contains(try entry.string(1)) else { continue }
        let words = try entry.string(2).split(separator: ",").map { String($0) }
        return words.map { $0.trimmingCharacters(in: .whitespaces) }
      }
      return []
    }
  }

  /// The name of the first layer's input.
  var input: String {
    get throws(ImportError) { try description.messages(1).first?.string(1) ?? "" }
  }

  /// The rows and columns of the input: an image, or an array channels × rows × columns.
  var inputSize: Resolution? {
    get throws(ImportError) {
      if let image = try image {
        guard let width = try image.integer(1), let height = try image.integer(2), width > 0,
          height > 0
        else { return nil }
        return Resolution(height: height, width: width)
      }
      let shape = try description.messages(1).first?.message(3)?.message(5)?.integers(1) ?? []
      return Resolution(shape: shape.suffix(3))
    }
  }

  /// The image's scale and biases; nil when the input is an array, which other code prepares.
  var preprocessing: Preprocessing? {
    get throws(ImportError) {
      guard let image = try image else { return nil }
      let order: Preprocessing.ChannelOrder =
        switch try image.integer(3) {
        case 10: .grey
        case 30: .bgr
        default: .rgb
        }
      var (scale, offset) = (Float(1), Array(repeating: Float(0), count: order.names.count))
      for part in try network.messages(2) {
        guard let scaler = try part.message(10) else {
          throw .unsupported(format: CoreMLFormat.name, feature: "a mean image")
        }
        scale = try scaler.float(10) ?? 1
        // The fields are those of blue, green, red and grey.
        let fields = [
          Preprocessing.ChannelOrder.rgb: [22, 21, 20], .bgr: [20, 21, 22], .grey: [30],
        ]
        for (channel, field) in (fields[order] ?? []).enumerated() {
          offset[channel] = try scaler.float(field) ?? 0
        }
      }
      return Preprocessing(
        channelOrder: order, scale: Array(repeating: scale, count: order.names.count),
        offset: offset,
        cropFraction: 0.875)
    }
  }

  /// The origin of the weights, as the file states it.
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
