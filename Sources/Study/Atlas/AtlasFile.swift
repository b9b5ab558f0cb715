import Checkpoints

/// Tells an atlas's files from others.
public enum AtlasFile {
  /// Whether `path` holds an atlas or a part of one, which another may replace.
  public static func isOne(_ path: String) -> Bool {
    let format = (try? ArrayFile(path: path))?.metadata["format"]
    return format == Atlas.format || format == AtlasPart.format
  }
}
