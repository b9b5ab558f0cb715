/// A list of images and the classes that they show.
public struct TruthList: Codable, Equatable, Sendable {
  /// The path of the list.
  public var path: String
  /// The folder that the paths in the list are relative to.
  public var folder: String

  /// Names the list at `path` of images in `folder`.
  public init(_ path: String, in folder: String) {
    self.path = path
    self.folder = folder
  }
}
