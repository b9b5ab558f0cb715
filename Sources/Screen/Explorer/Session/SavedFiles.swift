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
  /// The choice of lessons.
  private var chosen: SavedLessons?

  /// Topics, lessons and playlists; empty for none.
  public var lessons: [String] { chosen?.words ?? [] }

  private enum CodingKeys: String, CodingKey {
    case folder, truth, atlas, otherAtlas
    case chosen = "lessons"
  }

  /// Names nothing.
  public init() {}

  init(_ core: Core) {
    folder = core.album.opened
    truth = core.truth
    atlas = core.atlasPath
    otherAtlas = core.otherAtlasPath
    chosen = core.lessons.isEmpty ? nil : SavedLessons(words: core.lessons)
  }

  /// Replaces each path by the result of `path`.
  mutating func locateFiles(_ path: (String) -> String) {
    folder = folder.map(path)
    truth = truth.map { TruthList(path($0.path), in: path($0.folder)) }
    atlas = atlas.map(path)
    otherAtlas = otherAtlas.map(path)
    // A topic is a word.
    chosen = chosen.map {
      SavedLessons(
        words: $0.words.map { $0.allSatisfy { $0 != "." && $0 != "/" } ? $0 : path($0) })
    }
  }
}

/// The topics and files of a choice of lessons; in older sessions a text with commas between them.
private struct SavedLessons: Codable, Equatable, Sendable {
  let words: [String]

  init(words: [String]) { self.words = words }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    do {
      words = try value.decode([String].self)
    } catch DecodingError.typeMismatch {
      words = try value.decode(String.self).split(separator: ",").map(String.init)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(words)
  }
}
