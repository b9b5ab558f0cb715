/// The files and the folder in a session that the person named beside the image and the weights.
public struct SavedFiles: Codable, Equatable, Sendable {
  /// The folder that was opened; nil if an image was.
  public private(set) var folder: String?
  /// The list of the images' true classes.
  public private(set) var truth: TruthList?
  /// The network's atlas.
  public private(set) var atlas: String?
  /// Another network's atlas.
  public private(set) var otherAtlas: String?
  /// Topics, lessons and playlists, as on the command line.
  public private(set) var lessons: String?

  /// Names nothing.
  public init() {}

  init(_ core: Core) {
    folder = core.album.opened
    truth = core.truth
    atlas = core.atlasPath
    otherAtlas = core.otherAtlasPath
    lessons = core.lessons
  }

  /// Replaces each path by the result of `path`.
  mutating func locateFiles(_ path: (String) -> String) {
    folder = folder.map(path)
    truth = truth.map { TruthList(path($0.path), in: path($0.folder)) }
    atlas = atlas.map(path)
    otherAtlas = otherAtlas.map(path)
    // A topic is a word.
    lessons = lessons.map {
      $0.split(separator: ",").map {
        $0.allSatisfy { $0 != "." && $0 != "/" } ? String($0) : path(String($0))
      }
      .joined(separator: ",")
    }
  }
}
