import Files
import Foundation
import MobileNet

/// Writes a checkpoint in the project's own format.
public enum CheckpointWriter {
  /// How weights are written.
  public enum Precision: String, Sendable, CaseIterable {
    /// Four bytes a number, exactly what was read.
    case float32
    /// Two bytes a number, with 11 significant bits.
    case float16
  }

  /// Writes `checkpoint` to `path`, replacing what is there only when everything was written.
  ///
  /// Throws when the file can't be written, or when a weight is too large for `precision`.
  public static func write(
    _ checkpoint: Checkpoint, to path: String, precision: Precision = .float32
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
      let file = try SafetensorsFile.encode(
        arrays, metadata: ProjectMetadata.strings(for: checkpoint), precision: precision)
      try file.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unreadable("can't be written: \(error.reason)"))
    }
  }
}
