import Files
import Foundation
import MobileNet

/// Reads checkpoints of all supported formats.
public enum CheckpointReader {
  /// The supported formats; the first that recognises a file reads it.
  static var formats: [any CheckpointFormat.Type] {
    [
      ProjectFormat.self, RangesFormat.self, KerasFormat.self, TensorFlowCheckpointFormat.self,
      TensorFlowLiteFormat.self, TensorFlowJSFormat.self,
      PyTorchFormat.self, PyTorchFileFormat.self, CoreMLFormat.self, ONNXFormat.self,
      TensorFlowGraphFormat.self, CaffeFormat.self, NCNNFormat.self, OpenVINOFormat.self,
      ForgeFormat.self,
    ]
  }

  /// The names of the supported formats.
  public static var formatNames: [String] { formats.map { $0.name } }

  /// The endings of checkpoint files, in lower case.
  public static let endings: Set = [
    "safetensors", "tflite", "onnx", "caffemodel", "h5", "hdf5", "keras", "mlmodel", "mlpackage",
    "pth", "pt", "pb", "index", "param",
  ]

  /// Whether the file or folder at `path` has the name or the layout of a checkpoint; its content
  /// may still be something else.
  public static func mayRead(path: String) -> Bool {
    if endings.contains(URL(filePath: path).pathExtension.lowercased()) { return true }
    // A film in the same folder is not opened at all. Many other things are XML.
    let url = URL(filePath: path)
    let isNamed =
      url.deletingPathExtension().lastPathComponent == "model"
      || url.pathExtension.lowercased() == "xml"
    guard isNamed || FileName.kind(at: path) == .folder,
      let file = try? CheckpointFile(path: path)
    else { return false }
    return formats.contains { $0.recognizes(file) }
  }

  /// Reads the file or folder at `path`, whose content, not its name, determines the format.
  public static func read(
    path: String, overrides: Overrides = Overrides()
  ) throws(CheckpointFileError) -> Checkpoint {
    try inspect(path: path, overrides: overrides).checkpoint
  }

  /// Reads the file or folder at `path`, with the source of each fact.
  ///
  /// `resolution` is the catalogue's, for files that state none; `overrides` are the person's
  /// corrections.
  public static func inspect(
    path: String, resolution: Resolution? = nil, overrides: Overrides = Overrides()
  ) throws(CheckpointFileError) -> ImportedCheckpoint {
    do throws(ImportError) {
      return try inspect(
        CheckpointFile(path: path), resolution: resolution, overrides: overrides)
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  /// Reads the facts about the network at `path`, without decoding the weights.
  ///
  /// `resolution` and `overrides` are as for `inspect`. Weights that are not finite go unnoticed.
  public static func outline(
    path: String, resolution: Resolution? = nil, overrides: Overrides = Overrides()
  ) throws(CheckpointFileError) -> CheckpointOutline {
    do throws(ImportError) {
      let file = try CheckpointFile(path: path)
      let (format, recognition) = try recognize(file, resolution: resolution, overrides: overrides)
      return recognition.outline(format: format, parts: file.pathsRead)
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  static func inspect(
    _ file: CheckpointFile, resolution: Resolution? = nil, overrides: Overrides = Overrides()
  ) throws(ImportError) -> ImportedCheckpoint {
    let (format, recognition) = try recognize(
      file, resolution: resolution, overrides: overrides)
    return ImportedCheckpoint(
      outline: recognition.outline(format: format, parts: file.pathsRead),
      checkpoint: try recognition.checkpoint())
  }

  private static func recognize(
    _ file: CheckpointFile, resolution: Resolution?, overrides: Overrides
  ) throws(ImportError) -> (format: String, recognition: Recognition) {
    guard let format = formats.first(where: { $0.recognizes(file) }) else {
      // In a person's folder the checkpoint may lie beside its labels.
      let parts = file.checkpointNames
      if file.isFolder, parts.count == 1 {
        return try recognize(file.part(parts[0]), resolution: resolution, overrides: overrides)
      }
      // In a folder it is the file that is not known, whatever the formats.
      let appearance = Appearance.of(file)
      let isPicture = appearance == Appearance.picture
      throw .unknownFormat(
        looksLike: appearance + (isPicture ? "; it goes before --weights, not behind it" : ""),
        known: file.isFolder ? [] : formatNames)
    }
    var description = try format.describe(file)
    if description.inputSize == nil {
      description.inputSize = resolution.map { Sourced($0, .catalogue) }
    }
    return (format.name, try Recognition(description, beside: file, overrides: overrides))
  }
}
