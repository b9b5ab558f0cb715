import ArgumentParser
import Files
import Folders
import MobileNet

/// A folder of images with known classes: the arguments of every command that needs the truth.
struct LabelledFolder: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Where the images are.", valueName: "FOLDER"), transform: NamedFile.path)
  var folder: String

  @Option(
    help: ArgumentHelp("What the images show, lines of \"file class\".", valueName: "FILE"),
    completion: .file(), transform: NamedFile.path)
  var truth: String?

  /// The files of --truth and --labels; where the latter names images instead of classes and
  /// --truth says nothing, it is the truth.
  func told(labels: String?) -> (truth: String?, labels: String?) {
    Self.told(truth: truth, labels: labels, in: folder)
  }

  static func told(
    truth: String?, labels: String?, in folder: String?
  ) -> (truth: String?, labels: String?) {
    guard truth == nil, let labels, let folder, NamedImages.isList(labels, folder: folder) else {
      return (truth, labels)
    }
    return (labels, nil)
  }

  /// Returns the images and the names of their classes.
  func named() throws -> NamedImages { try Self.named(in: folder, truth: truth) }

  /// Returns the images that show a class of `checkpoint`; notes the folders that are left out.
  func images(for checkpoint: Checkpoint) throws -> [LabelledImages.Image] {
    try Self.images(in: folder, truth: truth, for: checkpoint)
  }

  static func images(
    in folder: String, truth: String?, for checkpoint: Checkpoint
  ) throws -> [LabelledImages.Image] {
    let named = try named(in: folder, truth: truth)
    let found = try LabelledImages(named, list: truth, classes: ClassNames(checkpoint))
    for name in found.unknownFolders.prefix(5) {
      Console.note("\(folder)/\(name): not a class of \(checkpoint.name), left out")
    }
    if found.unknownFolders.count > 5 {
      Console.note("\(folder): \(found.unknownFolders.count - 5) more are left out")
    }
    return found.images
  }

  private static func named(in folder: String, truth: String?) throws -> NamedImages {
    guard let truth else { return try NamedImages(folder: folder) }
    guard FileName.kind(at: folder) == .folder else {
      throw Failure(.noInput, "\(folder): there is no such folder")
    }
    return try Failure.naming("--truth") { try NamedImages(list: truth, folder: folder) }
  }
}
