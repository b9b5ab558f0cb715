import Foundation
import MobileNet

/// Safetensors of PyTorch, or a folder with `model.safetensors` and `config.json`.
enum PyTorchFormat: CheckpointFormat {
  static let name = "PyTorch safetensors"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.isFolder
      ? file.hasNeighbour(PyTorchWriter.fileInFolder)
      : SafetensorsFile.recognizes(file.bytes(format: name))
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    // Damage is that of the container, as the arrays' origin is still unknown.
    let container = SafetensorsFile.formatName
    let bytes =
      file.isFolder
      ? try file.neighbour(PyTorchWriter.fileInFolder, format: container)
      : file.bytes(format: container)
    let parsed = try SafetensorsFile(bytes)
    let tensors = parsed.tensors
    guard !tensors.isEmpty else {
      throw .unsupported(format: name, feature: "a file without any weights")
    }
    // No file has the order of the arrays; sorted by name, with numbers by size, they mostly are in
    // the layers' order.
    let names = tensors.keys.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    var description = try PyTorchArrays(names: names, tensors: tensors).describe(beside: file)
    try ProjectMetadata.apply(
      parsed.metadata[ProjectMetadata.key].map { Bytes(Data($0.utf8), format: name) },
      to: &description)
    return description
  }
}
