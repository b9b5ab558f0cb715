import MobileNet

/// A network that `torch.jit.save` wrote: its modules with their arrays, and code that says what is
/// done with them.
///
/// A frozen one has no modules any more: its arrays are constants of the code.
struct TorchScript {
  private let archive: ZipArchive
  /// The prefix of all names in the archive.
  private let folder: String

  /// nil where the file has no code.
  init?(_ bytes: Bytes) throws(ImportError) {
    guard ZipArchive.recognizes(bytes) else { return nil }
    archive = try ZipArchive(bytes)
    guard let folder = PyTorchContainer.folder(of: archive) else { return nil }
    self.folder = folder
    guard archive.names.contains(where: { $0.hasPrefix("\(folder)code/") }) else { return nil }
  }

  /// The steps of its code for a picture, in which its modules are `network`.
  func layers(
    of network: PickleObject, stored: @escaping Stored
  ) throws(ImportError) -> ScriptChain {
    var machine = ScriptMachine(
      archive, folder: "\(folder)code/", constants: try constants(stored)
    ) { tensor, name throws(ImportError) in
      try stored(tensor, name, .archive(archive, name: "\(folder)data"))
    }
    try machine.run(network)
    return machine.layers
  }

  /// Makes an array of what a pickle says of it, its name and where it lies.
  typealias Stored =
    (PickledTensor, String, PyTorchContainer) throws(ImportError) -> StoredTensor

  /// The names of the classes, where whoever saved it put a text beside the code that is named so.
  var labels: [String]? {
    get throws(ImportError) {
      let prefix = "\(folder)extra/"
      for name in archive.names where name.hasPrefix(prefix) {
        guard LabelFile.isNamedAsLabels(String(name.dropFirst(prefix.count))),
          let text = try archive.file(name).text
        else { continue }
        return LabelFile.lines(of: text)
      }
      return nil
    }
  }

  private func constants(_ stored: Stored) throws(ImportError) -> [ScriptValue] {
    let container = PyTorchContainer.archive(archive, name: "\(folder)constants")
    guard archive.has("\(folder)constants.pkl") else { return [] }
    var constants: [ScriptValue] = []
    for (index, value) in (try container.object().elements ?? []).enumerated() {
      if case .tensor(let tensor) = value {
        constants.append(.tensor(try stored(tensor, "CONSTANTS.c\(index)", container)))
      } else {
        constants.append(value.number.map { .number($0) } ?? .unknown)
      }
    }
    return constants
  }
}
