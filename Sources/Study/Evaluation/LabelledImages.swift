import Foundation
import Images
import MobileNet

/// Image files with the class that each of them shows.
public struct LabelledImages: Sendable {
  /// One file and its class.
  public struct Image: Hashable, Sendable {
    /// Where the file is.
    public let path: String
    /// The class in the checkpoint's own numbering.
    public let classIndex: Int
  }

  /// The files, in the order of their paths.
  public let images: [Image]

  /// Folders that are named like no class of the checkpoint, and were left out.
  public let unknownFolders: [String]

  /// Finds a folder per class in `folder`, named by label or WordNet id, with images at any depth.
  public init(folder: String, classes: ClassNames) throws(EvaluationError) {
    var images: [Image] = []
    var unknown: [String] = []
    for name in try Self.contents(of: folder) {
      let path = folder + "/" + name
      guard Self.isFolder(path) else { continue }
      guard let index = classes.index(of: name) else {
        unknown.append(name)
        continue
      }
      images += Self.files(under: path).map { Image(path: $0, classIndex: index) }
    }
    guard !images.isEmpty else { throw .noImages(folder: folder, unknownFolders: unknown) }
    self.images = images
    unknownFolders = unknown
  }

  /// Reads lines of "file class" from `list`; files are looked for in `folder`.
  ///
  /// The class is everything after the first tab, or else after the first space: a label, a
  /// WordNet id or a number. What follows a second tab is not read, so that Tiny ImageNet's
  /// val_annotations.txt works as it is.
  public init(list: String, folder: String, classes: ClassNames) throws(EvaluationError) {
    guard let data = FileManager.default.contents(atPath: list) else { throw .unreadable(list) }
    var images: [Image] = []
    let lines = String(decoding: data, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let fields =
        line.contains("\t")
        ? line.split(separator: "\t") : line.split(separator: " ", maxSplits: 1)
      guard fields.count >= 2 else { throw .line(list: list, number: number + 1) }
      let name = fields[1].trimmingCharacters(in: .whitespaces)
      guard let index = classes.index(of: name) else {
        throw .unknownClass(list: list, number: number + 1, name: name)
      }
      let file = String(fields[0])
      images.append(
        Image(path: file.hasPrefix("/") ? file : folder + "/" + file, classIndex: index))
    }
    guard !images.isEmpty else { throw .noImages(folder: list, unknownFolders: []) }
    self.images = images
    unknownFolders = []
  }

  private static func contents(of folder: String) throws(EvaluationError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(folder)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func files(under folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.sorted()
      .filter { ImageFormat.isNamed($0) }
      .map { folder + "/" + $0 }
  }
}
