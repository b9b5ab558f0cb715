import Files
import Foundation

/// The reasons why a folder or a list of images cannot be used.
public enum FolderError: Error, Equatable, CustomStringConvertible {
  /// The file or folder is missing or may not be read.
  case unreadable(String, reason: String)
  /// The file cannot be written.
  case unwritable(String, reason: String)
  /// The file's content is not as expected.
  case damaged(String, problem: String)
  /// The folder has no images.
  case noImages(folder: String)
  /// The list is a text without a line that is "file class".
  case noLines(list: String)
  /// The folder has no images, neither in subfolders, which could be classes, nor beside them.
  case noClasses(folder: String)
  /// The folder has images, but no subfolders for their classes.
  case unsorted(folder: String)
  /// None of the folder's classes is one of the checkpoint's.
  case unknownClasses(folder: String, names: [String])
  /// A line of the list is not "file class".
  case line(list: String, number: Int)
  /// A line of the list names a class that the checkpoint does not have.
  case unknownClass(list: String, number: Int, name: String)
  /// A line of the list gives a file another class than an earlier line does.
  case twoClasses(list: String, number: Int, file: String, earlier: Int)
  /// None of the folder's images could be used.
  case noneUsable(folder: String, images: Int)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      return "\(path): \(reason)"
    case .damaged(let path, let problem):
      return "\(path): \(problem)"
    case .unwritable(let path, let reason):
      return "\(path): cannot be written: \(reason)"
    case .noImages(let folder):
      return "\(folder): no images found; expected PNG or JPEG files"
    case .noClasses(let folder):
      return "\(folder): no images found; expected a folder per class with JPEG or PNG files in it"
    case .unsorted(let folder):
      return "\(folder): its images are in no folder of a class; expected a folder per class with "
        + "JPEG or PNG files in it"
    case .unknownClasses(let folder, let names):
      let some = names.prefix(3).joined(separator: ", ")
      return
        "\(folder): none of its \(names.count) folders (\(some)\(names.count > 3 ? " …" : "")) is a class of this "
        + "checkpoint; expected labels or WordNet ids"
    case .noLines(let list):
      return "\(list): names no images; expected lines of \"file class\""
    case .line(let list, let number):
      return "\(list), line \(number): expected a file and a class"
    case .unknownClass(let list, let number, let name):
      return "\(list), line \(number): \"\(name)\" is not a class of this checkpoint"
    case .twoClasses(let list, let number, let file, let earlier):
      return "\(list), line \(number): \(file) has another class in line \(earlier)"
    case .noneUsable(let folder, let images):
      return "\(folder): of \(images) image\(images == 1 ? "" : "s") none could be used"
    }
  }
}

extension FolderError {
  /// The reason why the file or folder at `path` could not be read.
  static func unread(_ path: String, _ error: FileBytesError) -> FolderError {
    if case .system(let problem) = error, problem.code == .ENOENT {
      return .unreadable(path, reason: "no such file or folder")
    }
    return .unreadable(path, reason: "cannot be read: \(error)")
  }
}
