import Files
import Foundation
import MobileNet

/// Writes a checkpoint for a library of PyTorch networks, as safetensors with that library's names.
///
/// Those libraries have a batch norm behind each convolution: the checkpoint's own, or one that
/// only adds the bias. Their input has red first.
public enum PyTorchWriter {
  /// The library whose names the arrays get.
  public enum Library: String, Sendable, CaseIterable {
    case timm
    case transformers

    /// ε of the library's batch norms.
    var epsilon: Double { self == .timm ? 1e-5 : 1e-3 }
  }

  /// The name of the arrays' file in a folder.
  public static let fileInFolder = "model.safetensors"

  /// Writes the arrays to the file at `path`, and replaces an existing file only when everything is
  /// written.
  ///
  /// Throws when the file can't be written, or when the library has no such network.
  public static func write(
    _ checkpoint: Checkpoint, to path: String, for library: Library
  ) throws(CheckpointFileError) {
    try write(path) { path throws(ImportError) in
      [path: try encode(checkpoint, for: library)]
    }
  }

  /// Writes a folder that the library opens by itself to `path`: the arrays as `fileInFolder`, and
  /// the settings of network and preprocessing.
  ///
  /// Makes the folder if necessary.
  ///
  /// Throws when a file can't be written, or when the library has no such network.
  public static func write(
    _ checkpoint: Checkpoint, toFolder path: String, for library: Library
  ) throws(CheckpointFileError) {
    try write(path) { path throws(ImportError) in
      var files = try PyTorchSettings(checkpoint, library).files
      files[fileInFolder] = try encode(checkpoint, for: library)
      return Dictionary(uniqueKeysWithValues: files.map { ("\(path)/\($0.key)", $0.value) })
    }
  }

  private static func write(
    _ path: String, _ files: (String) throws(ImportError) -> [String: Data]
  ) throws(CheckpointFileError) {
    do {
      for (file, data) in try files(path).sorted(by: { $0.key < $1.key }) {
        try FileManager.default.createDirectory(
          at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
        try WholeFile.write(data, to: file)
      }
    } catch let error as ImportError {
      throw CheckpointFileError(path: path, reason: error)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unwritable(error.reason))
    }
  }

  /// Returns the bytes of the file.
  static func encode(
    _ checkpoint: Checkpoint, for library: Library
  ) throws(ImportError) -> Data {
    let own = checkpoint.architecture
    let width = library == .timm ? (own.width > 1.1 ? 1.25 : 1) : own.width
    let theirs = Architecture(
      width: width, classes: own.classes, padding: own.padding, activation: own.activation)
    guard own.hasTheLayers(of: theirs) else {
      throw .inconsistent(
        problem: "\(library.rawValue) has no such network: expected "
          + (library == .timm ? "width 1 or 1.25" : "all 13 pairs")
          + ", three input channels, and nothing between pooling and classifier")
    }
    do {
      let arrays = arrays(of: checkpoint, for: library)
      // The number of batches that each norm has seen, which is unknown and written as 0.
      let counts = arrays.map(\.name).filter { $0.hasSuffix(".running_mean") }
        .map { $0.replacing(".running_mean", with: ".num_batches_tracked") }
      var file = try SafetensorsFile.header(
        arrays.map { .init($0.name, .float32, $0.shape) } + counts.map { .init($0, .int64, []) },
        metadata: [
          "format": "pt",
          ProjectMetadata.key: ProjectMetadata.embedded(
            checkpoint, fed: checkpoint.preprocessing.redFirst),
        ])
      for array in arrays { array.values.withUnsafeBytes { file.append(contentsOf: $0) } }
      file.append(Data(count: counts.count * MemoryLayout<Int64>.size))
      return file
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// Returns the arrays in the form for `load_state_dict` of the library's network.
  private static func arrays(
    of checkpoint: Checkpoint, for library: Library
  ) -> [SafetensorsFile.Array] {
    let layers = checkpoint.architecture.layers(resolution: checkpoint.resolution)
    let isTurned = checkpoint.preprocessing.channelOrder == .bgr
    var arrays: [SafetensorsFile.Array] = []
    func add(_ name: String, _ values: [Float], _ shape: [Int]? = nil) {
      arrays.append(.init(name: name, shape: shape ?? [values.count], values: values))
    }
    for (index, layer) in layers.enumerated() {
      guard let folded = checkpoint.weights(of: layer) else { continue }
      if layer.kind == .fullyConnected {
        let (shape, values) = folded.channelsFirst(of: layer)
        add("classifier.weight", values, shape)
        add("classifier.bias", folded.biases)
        continue
      }
      let unfolded = checkpoint.unfolded(layer)
      let (shape, values) = (unfolded?.convolution ?? folded).channelsFirst(of: layer)
      let (convolution, norm) = names(ofLayer: index, checkpoint.architecture, library)
      add("\(convolution).weight", index == 0 && isTurned ? reversed(values) : values, shape)
      add(norm, unfolded ?? UnfoldedLayer(addingBiasesOf: folded), epsilon: library.epsilon)
    }
    func add(_ norm: String, _ layer: UnfoldedLayer, epsilon: Double) {
      // γ makes up for another ε than the library's, and μ for the convolution's own bias.
      let factors = layer.variances.map {
        (($0 + epsilon) / ($0 + layer.epsilon)).squareRoot()
      }
      add("\(norm).weight", zip(layer.gammas, factors).map { Float($0 * $1) })
      add("\(norm).bias", layer.betas.map { Float($0) })
      add(
        "\(norm).running_mean",
        zip(layer.means, layer.convolution.biases).map { Float($0 - Double($1)) })
      add("\(norm).running_var", layer.variances.map { Float($0) })
    }
    return arrays
  }

  /// Reverses the input channels in the weights of a 3×3 convolution of three channels.
  private static func reversed(_ weights: [Float]) -> [Float] {
    weights.indices.map { index in
      let (output, rest) = index.quotientAndRemainder(dividingBy: 27)
      return weights[output * 27 + (2 - rest / 9) * 9 + rest % 9]
    }
  }

  /// Returns the prefixes of a convolution's and its batch norm's names.
  private static func names(
    ofLayer index: Int, _ architecture: Architecture, _ library: Library
  ) -> (convolution: String, norm: String) {
    if library == .transformers {
      let layer =
        index == 0 ? "mobilenet_v1.conv_stem" : "mobilenet_v1.layer.\(index - 1)"
      return ("\(layer).convolution", "\(layer).normalization")
    }
    guard index > 0 else { return ("conv_stem", "bn1") }
    // Each stride of 2 begins a stage.
    let (pair, half) = (index - 1).quotientAndRemainder(dividingBy: 2)
    let starts = architecture.pairs.indices.filter { $0 == 0 || architecture.pairs[$0].stride == 2 }
    let stage = starts.lastIndex { $0 <= pair } ?? 0
    let block = "blocks.\(stage).\(pair - starts[stage])"
    return half == 0
      ? ("\(block).conv_dw", "\(block).bn1") : ("\(block).conv_pw", "\(block).bn2")
  }
}

extension Architecture {
  /// Whether the layers before the classifier have the same channels.
  fileprivate func hasTheLayers(of other: Architecture) -> Bool {
    pairs == other.pairs && stemChannels == other.stemChannels
      && inputChannels == other.inputChannels && hidden == other.hidden
  }
}

extension UnfoldedLayer {
  /// Creates a layer of folded weights, and a batch norm that only adds their biases.
  fileprivate init(addingBiasesOf folded: LayerWeights) {
    let ones = folded.biases.map { _ in 1.0 }
    self.init(
      convolution: LayerWeights(weights: folded.weights, biases: folded.biases.map { _ in 0 }),
      gammas: ones, betas: folded.biases.map { Double($0) }, means: ones.map { _ in 0 },
      variances: ones, epsilon: 0)
  }
}

extension Preprocessing {
  /// The preprocessing with red first, for weights whose input channels are reversed if necessary.
  var redFirst: Preprocessing { channelOrder == .bgr ? turned : self }
}
