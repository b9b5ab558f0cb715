import Foundation
import MobileNet
import Tensors
import Testing

@testable import Checkpoints

/// Files for other programs are read back as the network that they were.
///
/// That those programs make the same of it is what Tests/Models/Interchange/check_converted.py tries.
struct WriterTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let checkpoint: Checkpoint

    init(_ name: String, _ checkpoint: Checkpoint) {
      (testDescription, self.checkpoint) = (name, checkpoint)
    }
  }

  static func cases() throws -> [Case] {
    let tiny = try Fixture("project.safetensors").read()
    let calibrated = tiny.adding(calibration: [
      .init(resolution: 64, temperature: 0.7, errorBefore: 9, error: 1)
    ])
    func synthetic(
      _ name: String, channels: Int = 3, shallow: Bool = false, hidden: [Architecture.Hidden] = [],
      classes: Int? = 5, head: Architecture.Head = .softmax, padding: Padding = .symmetric
    ) throws -> Case {
      let table = Architecture(width: 0.25, shallow: shallow)
      return Case(
        name,
        try Checkpoint.synthetic(
          Architecture(
            inputChannels: channels, stemChannels: table.stemChannels,
            pairChannels: table.pairs.map(\.channels), hidden: hidden, classes: classes,
            head: head, padding: padding, activation: .relu)))
    }
    return [
      Case("blue first", tiny), Case("calibrated", calibrated),
      Case("an odd side", tiny.at(resolution: 75)),
      Case("rows and columns", tiny.at(resolution: Resolution(height: 64, width: 96))),
      Case(
        "an odd and an even side",
        try synthetic("", padding: .same).checkpoint.at(
          resolution: Resolution(height: 50, width: 64))),
      try synthetic("shallow", shallow: true),
      try synthetic(
        "hidden layers, sigmoid",
        hidden: [.init(channels: 9, activation: .relu), .init(channels: 6, activation: nil)],
        head: .sigmoid),
      try synthetic("grey", channels: 1, classes: 1, head: .sigmoid, padding: .same),
      try synthetic("features", classes: nil),
    ]
  }

  /// A picture for the network, whatever its pixels become.
  private func image(_ checkpoint: Checkpoint) -> Tensor {
    let shape = checkpoint.architecture.input(resolution: checkpoint.resolution)
    return Tensor(
      shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 7, scale: 1))
  }

  private func trace(_ checkpoint: Checkpoint) throws -> Trace {
    try Network(checkpoint, resolution: checkpoint.resolution, threads: 1).run(image(checkpoint))
  }

  @Test(arguments: try cases(), [false, true])
  func onnxIsReadBack(case: Case, withPreprocessing: Bool) throws {
    let written = `case`.checkpoint
    let file = CheckpointFile(
      name: "a.onnx", data: try ONNXWriter.encode(written, withPreprocessing: withPreprocessing))
    let read = try CheckpointReader.inspect(file)
    #expect(read.format == ONNXFormat.name)
    #expect(read.checkpoint.architecture == written.architecture)
    #expect(read.checkpoint.preprocessing == written.preprocessing)
    #expect(read.checkpoint.resolution == written.resolution)
    #expect(read.checkpoint.labels == written.labels)
    #expect(read.outline.notes.isEmpty)
    let differences = try trace(written).differences(from: trace(read.checkpoint))
    #expect(differences.map(\.layer.name) == (try trace(written)).layers.map(\.name))
    #expect(differences.allSatisfy { $0.largest == 0 })
  }

  /// Another program that knows nothing of the project finds the labels, and what to feed.
  @Test func onnxStatesLabelsWithoutTheProject() throws {
    let tiny = try Fixture("project.safetensors").read()
    let data = try ONNXWriter.encode(tiny, withPreprocessing: true)
    let key = Data(ProjectMetadata.key.utf8)
    let place = try #require(data.range(of: key))
    let foreign = data.replacingSubrange(place, with: Data("somebody-elses-key".utf8))
    let read = try CheckpointReader.inspect(CheckpointFile(name: "a.onnx", data: foreign))
    #expect(read.checkpoint.labels == tiny.labels)
    #expect(read.sources.labels == .metadata)
    #expect(read.checkpoint.preprocessing.scale == tiny.preprocessing.scale)
    #expect(read.checkpoint.preprocessing.offset == tiny.preprocessing.offset)
    #expect(read.checkpoint.preprocessing.channelOrder == .bgr)
  }

  /// Rows and columns are what the input's shape says.
  @Test func anInputThatIsNotSquareIsUsed() throws {
    let size = Resolution(height: 96, width: 64)
    let tiny = try Fixture("project.safetensors").read().at(resolution: size)
    let data = try ONNXWriter.encode(tiny)
    let place = try #require(data.range(of: Data(ProjectMetadata.key.utf8)))
    let foreign = data.replacingSubrange(place, with: Data("somebody-elses-key".utf8))
    let read = try CheckpointReader.inspect(CheckpointFile(name: "a.onnx", data: foreign))
    #expect(read.checkpoint.resolution == size && read.outline.notes.isEmpty)
    #expect(read.sources.resolution == .implied(by: "the shape of its input"))
  }

  @Test func transformersTakesRowsAndColumnsOnlyStretched() throws {
    let size = Resolution(height: 96, width: 64)
    let tiny = try Fixture("project.safetensors").read().at(resolution: size)
    #expect(throws: ImportError.self) { try PyTorchSettings(tiny, .transformers) }
    let config = try #require(try PyTorchSettings(tiny, .timm).files["config.json"])
    let settings = try #require(
      try JSONSerialization.jsonObject(with: config) as? [String: Any])
    let pretrained = try #require(settings["pretrained_cfg"] as? [String: Any])
    #expect(pretrained["input_size"] as? [Int] == [3, 96, 64])
  }

  @Test(arguments: PyTorchWriter.Library.allCases, [false, true])
  func arraysForPyTorchAreReadBack(library: PyTorchWriter.Library, isFolder: Bool) throws {
    // As in the file, and with the other library's ε to make up for.
    for epsilon in [1e-5, 1e-3] {
      let written = try unfolded(epsilon: epsilon, width: library == .timm ? 1 : 0.25)
      let array = try PyTorchWriter.encode(written, for: library)
      var files = try PyTorchSettings(written, library).files
      files[PyTorchWriter.fileInFolder] = array
      let file =
        isFolder
        ? CheckpointFile(folder: "a", files: files)
        : CheckpointFile(name: "a.safetensors", data: array)
      let read = try CheckpointReader.inspect(file).checkpoint
      #expect(read.architecture == written.architecture)
      #expect(read.preprocessing.channelOrder == .rgb)
      #expect(read.preprocessing.scale == written.preprocessing.scale.reversed())
      #expect(read.labels == written.labels && read.resolution == 64)
      // Blue first and red first, each with weights of its own.
      let first = image(written)
      let turned = Tensor(
        shape: first.shape, values: first.values.indices.map { first.values[$0 + 2 - 2 * ($0 % 3)] }
      )
      let own = try Network(written, resolution: 64, threads: 1).run(first)
      let other = try Network(read, resolution: 64, threads: 1).run(turned)
      for difference in own.differences(from: other) {
        #expect(difference.relative < 1e-5, "\(difference.layer.name)")
      }
    }
  }

  /// Where only the settings beside the weights say it, they are enough.
  @Test func settingsBesideTheWeightsSayWhatTheLibraryNeeds() throws {
    for library in PyTorchWriter.Library.allCases {
      let written = try unfolded(epsilon: 1e-3, width: library == .timm ? 1 : 0.25)
      var files = try PyTorchSettings(written, library).files
      let data = try PyTorchWriter.encode(written, for: library)
      let place = try #require(data.range(of: Data("\"\(ProjectMetadata.key)\"".utf8)))
      files[PyTorchWriter.fileInFolder] = data.replacingSubrange(
        place, with: Data("\"somebody-elses-key\"".utf8))
      let read = try CheckpointReader.inspect(CheckpointFile(folder: "a", files: files))
      #expect(read.checkpoint.architecture == written.architecture)
      #expect(read.checkpoint.labels == written.labels)
      #expect(read.checkpoint.resolution == 64)
      #expect(abs(read.checkpoint.preprocessing.cropFraction - 0.875) < 0.02)
      for (a, b) in zip(
        read.checkpoint.preprocessing.scale, written.preprocessing.scale.reversed())
      {
        #expect(abs(a - b) < 1e-6)
      }
    }
  }

  @Test func aNetworkThatALibraryDoesNotHaveIsRefused() throws {
    let shallow = try Checkpoint.synthetic(Architecture(width: 0.25, shallow: true))
    #expect(throws: ImportError.self) { try PyTorchWriter.encode(shallow, for: .transformers) }
    let narrow = try Checkpoint.synthetic(Architecture(width: 0.25))
    #expect(throws: ImportError.self) { try PyTorchWriter.encode(narrow, for: .timm) }
  }

  /// A network with batch norms, fed blue first, and labels.
  private func unfolded(epsilon: Double, width: Double) throws -> Checkpoint {
    let network = Architecture(
      width: width, classes: 4, padding: .same, activation: .relu)
    let plain = try Checkpoint.synthetic(network)
    var layers: [String: UnfoldedLayer] = [:]
    var weights: [String: LayerWeights] = [:]
    for layer in network.layers(resolution: 64) where layer.hasWeights {
      weights[layer.name] = plain.weights(of: layer)
      guard layer.kind != .fullyConnected, let own = plain.weights(of: layer) else { continue }
      func numbers(_ seed: Int, _ scale: Double, _ middle: Double) -> [Double] {
        Checkpoint.syntheticValues(own.biases.count, seed: seed, scale: scale)
          .map { Double($0) + middle }
      }
      let norm = UnfoldedLayer(
        convolution: own, gammas: numbers(1, 0.3, 1), betas: numbers(2, 0.3, 0.2),
        means: numbers(3, 0.2, 0), variances: numbers(4, 0.4, 0.41), epsilon: epsilon)
      layers[layer.name] = norm
      weights[layer.name] = norm.folded
    }
    return try Checkpoint(
      name: "unfolded", architecture: network, weights: weights, unfolded: layers,
      preprocessing: Preprocessing(
        channelOrder: .bgr, scale: [0.01, 0.02, 0.03], offset: [-1, -2, 0.5],
        cropFraction: 0.875, cropIsStated: true),
      resolution: 64, labels: ["ant", "bee", "cat", "dog"])
  }
}

extension Data {
  fileprivate func replacingSubrange(_ range: Range<Int>, with data: Data) -> Data {
    precondition(range.count == data.count)
    var copy = self
    copy.replaceSubrange(range, with: data)
    return copy
  }
}
