import Files

/// Which files of a folder are pictures: the content decides, as for a single file.
public enum PictureFiles {
  /// Whether the file at `path` begins like a PNG or a JPEG.
  ///
  /// Files with the usual endings are taken at their word, so that what is wrong with one is said
  /// when it is opened.
  public static func isPicture(_ path: String) -> Bool {
    if ImageFormat.isNamed(path) { return true }
    let start = FileBytes.beginning(of: path, count: 8)
    return start.count == 8 && ImageFormat(of: start) != nil
  }
}
