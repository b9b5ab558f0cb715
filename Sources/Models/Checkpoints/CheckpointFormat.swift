/// A file format of checkpoints.
///
/// To add a format, make a folder with a type that conforms, and name it in
/// `CheckpointReader.formats`.
protocol CheckpointFormat {
  /// The format's name as people say it.
  static var name: String { get }

  /// Whether the content of `file`, not its name, looks like this format.
  static func recognizes(_ file: CheckpointFile) -> Bool

  /// Reads the file's description of its network.
  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription
}
