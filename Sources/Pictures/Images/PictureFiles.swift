import Foundation

/// Which files of a folder are pictures: the content decides, as for a single file.
public enum PictureFiles {
  /// Whether the file at `path` begins like a PNG or a JPEG.
  ///
  /// Files with the usual endings are taken at their word, so that what is wrong with one is said
  /// when it is opened.
  public static func isPicture(_ path: String) -> Bool {
    if ImageFormat.isNamed(path) { return true }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path)
    else { return false }
    defer { try? file.close() }
    guard let start = try? file.read(upToCount: 8), start.count == 8 else { return false }
    return ImageFormat(of: start) != nil
  }
}
