import ArgumentParser
import Folders
import MobileNet

/// A folder of images with known classes: the arguments of every command that needs the truth.
struct LabelledFolder: ParsableArguments {
  @Argument(help: ArgumentHelp("Where the images are.", valueName: "FOLDER"))
  var folder: String

  @Option(help: ArgumentHelp("A list of files and classes.", valueName: "FILE"))
  var labels: String?

  /// Returns the images and the names of their classes.
  func named() throws -> NamedImages { try Self.named(in: folder, labels: labels) }

  /// Returns the images that show a class of `checkpoint`; notes the folders that are left out.
  func images(for checkpoint: Checkpoint) throws -> [LabelledImages.Image] {
    try Self.images(in: folder, labels: labels, for: checkpoint)
  }

  static func images(
    in folder: String, labels: String?, for checkpoint: Checkpoint
  ) throws -> [LabelledImages.Image] {
    let named = try named(in: folder, labels: labels)
    let found = try LabelledImages(named, list: labels, classes: ClassNames(checkpoint))
    for name in found.unknownFolders.prefix(5) {
      Console.note("\(folder)/\(name): not a class of \(checkpoint.name), left out")
    }
    if found.unknownFolders.count > 5 {
      Console.note("\(folder): \(found.unknownFolders.count - 5) more are left out")
    }
    return found.images
  }

  private static func named(in folder: String, labels: String?) throws -> NamedImages {
    try labels.map { try NamedImages(list: $0, folder: folder) } ?? NamedImages(folder: folder)
  }
}
