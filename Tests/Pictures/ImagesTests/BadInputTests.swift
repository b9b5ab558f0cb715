import Foundation
import Images
import Testing

/// The reasons for refusing files that cannot be read or hold no picture.
final class BadInputTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The error of reading `path`.
  private func complaint(about path: String) -> String {
    do {
      _ = try DecodedImage(contentsOf: path)
      return "no complaint"
    } catch {
      return error.description.replacing(folder.path, with: "FOLDER")
    }
  }

  private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  @Test func missingFile() {
    #expect(complaint(about: "\(folder.path)/no.png") == "FOLDER/no.png: no such file")
  }

  @Test func folderInsteadOfFile() {
    #expect(
      complaint(about: folder.path) == "FOLDER: is a folder, expected a PNG or JPEG file")
  }

  @Test func emptyFile() throws {
    let path = try file("empty.png", [])
    #expect(
      complaint(about: path) == "FOLDER/empty.png: is empty, expected a PNG or JPEG file")
  }

  @Test func fileWithoutPermission() throws {
    let path = try file("secret.png", [1])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    // The superuser may read everything; then the content is what is wrong.
    let expected =
      getuid() == 0
      ? "not a PNG or JPEG picture: it looks like data of another kind (it begins with 01)"
      : "cannot be opened: permission denied"
    #expect(complaint(about: path) == "FOLDER/secret.png: " + expected)
  }

  @Test(arguments: [
    ("Dear diary, today I saw a crème brûlée.\n", "a text"),
    ("GIF89a, so it claims", "a GIF; convert it to PNG or JPEG first"),
    ("RIFF1234WEBPVP8 1234", "a WebP picture; convert it to PNG or JPEG first"),
    ("1234ftypheic12345", "a HEIC picture, as phones make them; convert it to PNG or JPEG first"),
    ("1234ftypisom12345", "an MPEG-4 film"),
    ("<!DOCTYPE html><html>", "a web page"),
    ("%PDF-1.4 and so on", "a PDF; convert it to PNG or JPEG first"),
    (
      "?PNG\n\n and so on", "a PNG that was changed in transfer (its first eight bytes are damaged)"
    ),
  ])
  func anotherKindOfFile(content: String, kind: String) throws {
    let path = try file("photo.jpg", content.utf8)
    #expect(
      complaint(about: path)
        == "FOLDER/photo.jpg: not a PNG or JPEG picture: it looks like \(kind)")
  }

  @Test func fileThatNeverEnds() {
    #expect(
      complaint(about: "/dev/zero")
        == "/dev/zero: not a PNG or JPEG picture: it looks like nothing but zeros")
  }

  @Test func pipeThatNobodyWritesTo() {
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(complaint(about: path) == "FOLDER/pipe: is a pipe that nobody writes to")
  }
}
