import MobileNet

/// A `.tflite` file: floats, halves, or numbers of eight bits with a scale, which become floats.
enum TensorFlowLiteFormat: CheckpointFormat {
  static let name = "TensorFlow Lite"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.bytes(format: name).has("TFL3".utf8, at: 4)
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let model = try TensorFlowLiteModel(file.bytes(format: name))
    var chain = TensorFlowLiteChain(model)
    for index in 0..<model.operatorCount { try chain.append(model.step(index)) }

    var description = NetworkDescription(name: file.name)
    description.layers = chain.layers
    description.activation = chain.impliedActivation.map {
      Sourced($0, .implied(by: "the ranges of its quantised outputs"))
    }
    description.preprocessing = Sourced(.tensorFlow, .convention(of: "TensorFlow"))
    if let input = model.inputs.first {
      let tensor = try model.tensor(input)
      if tensor.shape.count == 4, Architecture.resolutions.contains(tensor.shape[1]) {
        description.resolution = Sourced(
          tensor.shape[1], .implied(by: "the shape of its input"))
      }
      if tensor.type == .uint8, let scale = tensor.scales.first, let zero = tensor.zeros.first,
        scale.isFinite
      {
        // The pixels are fed as they are; this is what they stand for.
        description.preprocessing = Sourced(
          Preprocessing(
            channelOrder: .rgb, scale: [scale, scale, scale],
            offset: Array(repeating: -zero * scale, count: 3), cropFraction: 0.875),
          .implied(by: "the scale of its quantised input"))
      }
    }
    return description
  }
}
