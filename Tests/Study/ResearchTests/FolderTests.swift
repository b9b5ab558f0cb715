import Foundation
import MobileNet
import ResearchTestSupport
import Testing

@testable import Research

/// Folders and paths on the disk.
@Suite struct FolderTests {
  private let researcher = Researcher(library: EmptyLibrary(), threads: 1)

  /// A folder with files and folders called `names`; a slash makes a folder.
  private func folder(_ names: String...) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("folder tests \(UUID().uuidString)")
    for name in names {
      let url = folder.appendingPathComponent(name)
      let above = name.hasSuffix("/") ? url : url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: above, withIntermediateDirectories: true)
      if !name.hasSuffix("/") { try Data().write(to: url) }
    }
    return folder
  }

  @Test func aFolderListsFoldersFirstAndFilesOfItsKind() throws {
    let folder = try folder("b.PNG", "a.jpg", "film.mp4", ".hidden.png", "z/", "net.weights", "é/")
    defer { try? FileManager.default.removeItem(at: folder) }
    let images = try researcher.answer(FolderQuestion(folder.path, for: .images))
    #expect(images.entries.map(\.name) == ["..", "z", "é", "a.jpg", "b.PNG"])
    #expect(images.entries.map(\.isFolder) == [true, true, true, false, false])
    let weights = try researcher.answer(FolderQuestion(folder.path, for: .checkpoints))
    #expect(weights.entries.map(\.name) == ["..", "z", "é", "net.weights"])
    // A path through the folder above means the folder itself.
    let same = try researcher.answer(FolderQuestion(folder.path + "/z/..", for: .images))
    #expect(same == images)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let path = "/nowhere/at all"
    let expected = "\(path): no such file or folder"
    for question in [
      AnyQuestion(FolderQuestion(path, for: .images)), AnyQuestion(PathQuestion(path)),
    ] {
      let error = #expect(throws: Unanswerable.self) { try question.answer(researcher) { _ in } }
      #expect(error?.description == expected)
    }
    let folder = try folder("a.png")
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: Unanswerable.self) {
      try researcher.answer(FolderQuestion(folder.path + "/a.png", for: .images))
    }
    #expect(error?.description.hasPrefix("\(folder.path)/a.png: cannot be read: ") == true)
  }

  @Test func aPathIsAFolderACheckpointOrAFile() throws {
    let folder = try folder("a.png", "net.weights", "sub/")
    defer { try? FileManager.default.removeItem(at: folder) }
    func found(_ name: String) throws -> PathQuestion.Answer {
      try researcher.answer(PathQuestion(folder.path + name))
    }
    #expect(try found("/sub/") == .folder(path: folder.path + "/sub"))
    #expect(try found("/net.weights") == .checkpoint(path: folder.path + "/net.weights"))
    #expect(try found("/sub/../a.png") == .file(path: folder.path + "/a.png"))
  }

  @Test func aFileThatCannotBeShownSaysWhy() throws {
    let folder = try folder("a.png")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/a.png"
    let weights = try researcher.answer(PreviewQuestion(path, .checkpoints))
    #expect(weights == .problem("\(path): damaged"))
    guard case .problem(let reason) = try researcher.answer(PreviewQuestion(path, .images)) else {
      Issue.record("an empty file has a preview")
      return
    }
    #expect(reason.hasPrefix(path))
  }
}
