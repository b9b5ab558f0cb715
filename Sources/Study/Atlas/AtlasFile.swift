import Checkpoints

/// What a file is, before anything is done with it.
public enum AtlasFile {
  /// Whether `path` holds an atlas or a part of one, which may be replaced by another.
  public static func isOne(_ path: String) -> Bool {
    let format = (try? ArrayFile(path: path))?.metadata["format"]
    return format == Atlas.format || format == AtlasPart.format
  }
}
