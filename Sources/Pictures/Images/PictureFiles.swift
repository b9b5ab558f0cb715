import Files

/// Decides which files of a folder are pictures, by content, as for a single file.
public enum PictureFiles {
  /// Whether the file at `path` begins like a PNG or a JPEG.
  ///
  /// A file with the usual ending counts without a look at its content, so that opening a damaged
  /// one reports the fault.
  public static func isPicture(_ path: String) -> Bool {
    if ImageFormat.isNamed(path) { return true }
    let start = FileBytes.beginning(of: path, count: 8)
    return start.count == 8 && ImageFormat(of: start) != nil
  }
}
