import Foundation
import MobileNet

/// Safetensors of PyTorch, or a folder with `model.safetensors` and `config.json`.
enum PyTorchFormat: CheckpointFormat {
  static let name = "PyTorch safetensors"

  private static let fileInFolder = "model.safetensors"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.isFolder
      ? file.hasNeighbour(fileInFolder) : SafetensorsFile.recognizes(file.bytes(format: name))
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    // Damage is in the container; whose arrays they are is not known yet.
    let container = SafetensorsFile.formatName
    let bytes =
      file.isFolder
      ? try file.neighbour(fileInFolder, format: container) : file.bytes(format: container)
    let tensors = try SafetensorsFile(bytes).tensors
    guard !tensors.isEmpty else {
      throw .unsupported(format: name, feature: "a file without any weights")
    }
    // Their order is in no file. That of the names, numbers by size, mostly is that of the layers.
    let names = tensors.keys.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    return try PyTorchArrays(names: names, tensors: tensors).describe(beside: file)
  }
}
