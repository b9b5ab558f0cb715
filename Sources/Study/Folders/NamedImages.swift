import Files
import Foundation

/// Images with the name of the class that each shows, read from a folder or a list.
public struct NamedImages: Sendable {
  /// One image and its class.
  public struct Image: Hashable, Sendable {
    /// The path, relative to the folder.
    public let path: String
    /// The name of the class.
    public let name: String
    /// The line of the list that names the image; nil for an image from a folder.
    let line: Int?
  }

  /// The folder that paths are relative to.
  public let folder: String
  /// The images, in the order of their paths' bytes.
  public let images: [Image]
  /// Folders that could be classes but hold no image.
  public let emptyFolders: [String]

  /// Takes each folder in `folder` for a class, with images at any depth.
  public init(folder: String) throws(FolderError) {
    var images: [Image] = []
    var empty: [String] = []
    for name in try ImageFolder.folders(in: folder) {
      let found = try ImageFolder.pictures(under: ImageFolder.joined(folder, name))
      if found.isEmpty { empty.append(name) }
      images += found.map { Image(path: name + "/" + $0, name: name, line: nil) }
    }
    guard !images.isEmpty else {
      let isEmpty = try ImageFolder.pictures(under: folder).isEmpty
      throw isEmpty ? .noClasses(folder: folder) : .unsorted(folder: folder)
    }
    self.folder = folder
    // Sorted by whole paths, "a-b/1.png" comes before "a/1.png".
    self.images = Self.sorted(images)
    emptyFolders = empty
  }

  /// Reads lines of "file class" from `list`; files are looked for in `folder`.
  ///
  /// The class is everything after the first tab or, without tabs, after the first space. Text
  /// after a second tab is ignored, so that Tiny ImageNet's val_annotations.txt works as it is.
  ///
  /// Throws if two lines give a file different classes.
  public init(list: String, folder: String) throws(FolderError) {
    let images = try Self.images(list: list)
    var first: [String: Image] = [:]
    for image in images {
      let earlier = first[image.path] ?? image
      guard earlier.name == image.name else {
        throw .twoClasses(
          list: list, number: image.line ?? 0, file: image.path, earlier: earlier.line ?? 0)
      }
      first[image.path] = earlier
    }
    self.folder = folder
    self.images = Self.sorted(images)
    emptyFolders = []
  }

  /// Reads the lines of `list`.
  private static func images(list: String) throws(FolderError) -> [Image] {
    let data: Data
    do throws(FileBytesError) {
      data = try FileBytes.contents(of: list, limit: mostBytes)
    } catch {
      throw .unread(list, error)
    }
    // A picture has zeros too; names that are not UTF-8 are fine.
    guard !data.contains(0) else {
      throw .damaged(list, problem: "is not a text, expected lines of \"file class\"")
    }
    var images: [Image] = []
    let lines = FileName.text(of: data).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let fields =
        line.contains("\t")
        ? line.split(separator: "\t") : line.split(separator: " ", maxSplits: 1)
      guard fields.count >= 2 else { throw .line(list: list, number: number + 1) }
      images.append(
        Image(
          path: String(fields[0]), name: fields[1].trimmingCharacters(in: .whitespaces),
          line: number + 1))
    }
    guard !images.isEmpty else { throw .noLines(list: list) }
    return images
  }

  /// Whether the lines of a file name images, some of which are in `folder`, and no classes alone.
  ///
  /// A pipe, which can be read only once, is not looked into.
  public static func isList(_ list: String, folder: String) -> Bool {
    guard FileName.kind(at: list) == .file, let images = try? images(list: list) else {
      return false
    }
    return images.contains {
      FileName.kind(at: ImageFolder.path(of: $0.path, in: folder)) != nil
    }
  }

  /// Returns the path of `image`; a list may give an absolute path.
  public func path(of image: Image) -> String {
    ImageFolder.path(of: image.path, in: folder)
  }

  /// The maximum size of a list: a few million images.
  private static let mostBytes = 1 << 28

  private static func sorted(_ images: [Image]) -> [Image] {
    images.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
