import MobileNet

/// Opens a checkpoint of any known format.
public enum CheckpointReader {
  /// What is known, the first that recognises a file being asked.
  static var formats: [any CheckpointFormat.Type] {
    [
      ProjectFormat.self, TensorFlowLiteFormat.self, PyTorchFormat.self, ONNXFormat.self,
      CaffeFormat.self, ForgeFormat.self,
    ]
  }

  /// The names of the formats that can be read.
  public static var formatNames: [String] { formats.map { $0.name } }

  /// Reads the file or folder at `path`; its content, not its name, says which format it is in.
  public static func read(path: String) throws(CheckpointFileError) -> Checkpoint {
    try inspect(path: path).checkpoint
  }

  /// Reads the file or folder at `path`, and says where each fact came from.
  public static func inspect(path: String) throws(CheckpointFileError) -> ImportedCheckpoint {
    do throws(ImportError) {
      return try inspect(CheckpointFile(path: path))
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  static func inspect(_ file: CheckpointFile) throws(ImportError) -> ImportedCheckpoint {
    guard let format = formats.first(where: { $0.recognizes(file) }) else {
      throw .unknownFormat(known: formatNames)
    }
    let recognition = try Recognition(format.describe(file), beside: file)
    return ImportedCheckpoint(
      format: format.name, checkpoint: try recognition.checkpoint(),
      evidence: recognition.evidence)
  }
}

/// A checkpoint, and how it came about.
public struct ImportedCheckpoint: Sendable {
  /// The format of the file.
  public let format: String
  /// What was read.
  public let checkpoint: Checkpoint
  /// Each thing that was found out, and from what.
  public let evidence: [Checkpoint.Fact]
}
