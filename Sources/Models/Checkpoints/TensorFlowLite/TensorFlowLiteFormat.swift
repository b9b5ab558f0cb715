import MobileNet

/// A `.tflite` file: floats, halves, or 8-bit integers with a scale, which become floats.
enum TensorFlowLiteFormat: CheckpointFormat {
  static let name = "TensorFlow Lite"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.bytes(format: name).has("TFL3".utf8, at: 4)
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes = file.bytes(format: name)
    let model = try TensorFlowLiteModel(bytes)
    var operators = TensorFlowLiteChain(model)
    for index in 0..<model.operatorCount { try operators.append(model.step(index)) }

    var description = NetworkDescription(name: file.name)
    description.take(operators.chain)
    description.integers = try TensorFlowLiteIntegers(model)?.weights
    description.activation = operators.impliedActivation.map {
      Sourced($0, .implied(by: "the ranges of its quantised outputs"))
    }
    description.preprocessing = Sourced(.tensorFlow, .convention(of: "TensorFlow"))
    let input = try model.inputs.first.map { index throws(ImportError) in try model.tensor(index) }
    if let input { describe(input, in: &description) }
    if let metadata = try model.metadata(TensorFlowLiteMetadata.bufferName) {
      try take(
        TensorFlowLiteMetadata(metadata), archive: bytes, isQuantized: input?.type?.range != nil,
        into: &description)
    }
    try ProjectMetadata.apply(model.metadata(ProjectMetadata.key), to: &description)
    return description
  }

  /// Adds the facts that the input tensor implies.
  private static func describe(
    _ input: TensorFlowLiteModel.Tensor, in description: inout NetworkDescription
  ) {
    let channels = input.shape.count == 4 ? input.shape[3] : 3
    description.inputSize = Resolution(shape: input.shape.dropFirst()).map {
      Sourced($0, .implied(by: "the shape of its input"))
    }
    guard let range = input.type?.range, range.upperBound < 256 else { return }
    guard let scale = input.scales.first, scale.isFinite else {
      // Numbers that stand for nothing else are pixels.
      if input.type == .uint8 {
        description.preprocessing = Sourced(.unchanged, .implied(by: "its input of bytes"))
      }
      return
    }
    // The input is pixels, less 128 for int8; this is the real number that they represent.
    let zero = (input.zeros.first ?? 0) - range.lowerBound
    let count = channels == 1 ? 1 : 3
    description.preprocessing = Sourced(
      Preprocessing(
        channelOrder: count == 1 ? .grey : .rgb, scale: Array(repeating: scale, count: count),
        offset: Array(repeating: -zero * scale, count: count), cropFraction: 0.875),
      .implied(by: "the scale of its quantised input"))
  }

  /// Adds the metadata's facts; a quantised input's scale takes precedence, as the network computes
  /// with it.
  private static func take(
    _ metadata: TensorFlowLiteMetadata, archive: Bytes, isQuantized: Bool,
    into description: inout NetworkDescription
  ) throws(ImportError) {
    description.provenance += metadata.provenance
    if let (means, deviations) = metadata.normalization, !isQuantized {
      let counts = [means.count, deviations.count]
      guard counts.allSatisfy({ $0 == 1 || $0 == 3 }), deviations.allSatisfy({ $0 > 0 }),
        (means + deviations).allSatisfy(\.isFinite)
      else { throw archive.damaged("its metadata normalise by \(means) and \(deviations)") }
      description.preprocessing = Sourced(
        Preprocessing(
          channelOrder: .rgb, means: (0..<3).map { means[$0 % means.count] },
          scales: (0..<3).map { 1 / deviations[$0 % deviations.count] }, cropFraction: 0.875),
        .metadata)
    }
    guard let name = metadata.labelFile else { return }
    guard let text = try? ZipArchive(archive).file(name).text else {
      description.notes.append("its metadata name the labels \(name), which are not in it")
      return
    }
    let labels = text.split(whereSeparator: \.isNewline).map { String($0) }
    description.labels = Sourced(labels, .metadata)
  }
}
