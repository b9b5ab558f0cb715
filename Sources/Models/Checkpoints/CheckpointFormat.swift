/// A file format that networks are kept in.
///
/// To add one, make a folder with a type that conforms, and name it in `CheckpointReader.formats`.
protocol CheckpointFormat {
  /// Its name, for people.
  static var name: String { get }

  /// Whether the content, not the name, looks like this format.
  static func recognizes(_ file: CheckpointFile) -> Bool

  /// What the file says about its network.
  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription
}
