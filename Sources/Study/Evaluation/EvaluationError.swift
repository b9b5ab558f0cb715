/// Why a set of labelled images cannot be evaluated.
public enum EvaluationError: Error, Equatable, CustomStringConvertible {
  /// The file or folder is missing or may not be read.
  case unreadable(String)
  /// There is nothing to evaluate.
  case noImages(folder: String, unknownFolders: [String])
  /// A line of the list is not "file class".
  case line(list: String, number: Int)
  /// A line of the list names a class that the checkpoint does not have.
  case unknownClass(list: String, number: Int, name: String)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let path):
      return "\(path): cannot be read"
    case .noImages(let folder, let unknown) where unknown.isEmpty:
      return "\(folder): no images found; expected a folder per class with JPEG or PNG files in it"
    case .noImages(let folder, let unknown):
      let names = unknown.prefix(3).joined(separator: ", ")
      return "\(folder): none of its \(unknown.count) folders (\(names) …) is a class of this "
        + "checkpoint; expected labels or WordNet ids"
    case .line(let list, let number):
      return "\(list), line \(number): expected a file and a class"
    case .unknownClass(let list, let number, let name):
      return "\(list), line \(number): \"\(name)\" is not a class of this checkpoint"
    }
  }
}
