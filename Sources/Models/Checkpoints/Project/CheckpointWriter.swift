import Files
import Foundation
import MobileNet

/// Writes a checkpoint in the project's own format.
public enum CheckpointWriter {
  /// The number type of the written weights.
  public enum Precision: String, Sendable, CaseIterable {
    /// Four bytes a number, exactly as read.
    case float32
    /// Two bytes a number, with 11 significant bits.
    case float16
  }

  /// Further strings and arrays of a file, which a reader of the checkpoint ignores.
  public struct Supplement: Sendable {
    let strings: [String: String]
    let arrays: [SafetensorsFile.Array]

    /// Creates a supplement of strings for `__metadata__`, and arrays with their shapes.
    public init(
      strings: [String: String], arrays: [(name: String, shape: [Int], values: [Float])]
    ) {
      self.strings = strings
      self.arrays = arrays.map {
        SafetensorsFile.Array(name: $0.name, shape: $0.shape, values: $0.values)
      }
    }
  }

  /// Writes `checkpoint` to `path`, with `supplement`, and replaces an existing file only when
  /// everything is written.
  ///
  /// Throws when the file can't be written, or when a weight is too large for `precision`.
  public static func write(
    _ checkpoint: Checkpoint, to path: String, precision: Precision = .float32,
    supplement: Supplement? = nil
  ) throws(CheckpointFileError) {
    var arrays: [SafetensorsFile.Array] = []
    for layer in checkpoint.architecture.layers(resolution: checkpoint.resolution) {
      guard let weights = checkpoint.uncalibrated.weights(of: layer) else { continue }
      let (outputs, inputs) = (layer.output.channels, layer.input.channels)
      let shape =
        switch layer.kind {
        case .convolution: [outputs, 3, 3, inputs]
        case .depthwise: [outputs, 3, 3]
        default: [outputs, inputs]
        }
      let all = [
        SafetensorsFile.Array(name: "\(layer.name).weight", shape: shape, values: weights.weights),
        SafetensorsFile.Array(name: "\(layer.name).bias", shape: [outputs], values: weights.biases),
      ]
      for array in all where precision == .float16 {
        guard array.values.allSatisfy({ $0.magnitude < 65_520 }) else {
          throw CheckpointFileError(
            path: path,
            reason: .inconsistent(problem: "\(array.name) has a number too large for float16"))
        }
      }
      arrays += all
    }
    do {
      let strings = try ProjectMetadata.strings(for: checkpoint)
      let file = try SafetensorsFile.encode(
        arrays + (supplement?.arrays ?? []),
        metadata: strings.merging(supplement?.strings ?? [:]) { own, _ in own },
        precision: precision)
      try WholeFile.write(file, to: path)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unwritable(error.reason))
    }
  }
}
