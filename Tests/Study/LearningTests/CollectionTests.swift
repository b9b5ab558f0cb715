import Foundation
import Images
import Testing

@testable import Learning

/// Pictures that are sorted into classes one after another, and where they are kept.
@Suite struct CollectionTests {
  /// A folder that is gone afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/collection-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func aPictureIsInOneClassAtMost() {
    var collection = PictureCollection()
    collection.put("/a.png", into: 7)
    collection.put("/b.png", into: 1)
    #expect(collection.classes.map(\.name) == ["class 1", "class 2"])
    collection.put("/a.png", into: 1)
    #expect(collection.classes.map(\.pictures) == [[], ["/b.png", "/a.png"]])
    #expect(collection.classIndex(of: "/a.png") == 1 && collection.count == 2)
    collection.remove("/b.png")
    collection.removeClass(at: 0)
    #expect(collection.classes.map(\.pictures) == [["/a.png"]])
    // A name that is taken is not given again.
    collection.put("/c.png", into: 1)
    #expect(collection.classes.map(\.name) == ["class 2", "class 3"])
  }

  @Test func aClassIsCalledAsAFolderMayBe() {
    var collection = PictureCollection()
    collection.put("/a.png", into: 0)
    collection.put("/b.png", into: 1)
    #expect(collection.rename(0, "  Tüte 1 ") == nil)
    #expect(collection.classes[0].name == "Tüte 1")
    for name in ["", "  ", ".hidden", "a/b", "class 2"] {
      #expect(collection.rename(0, name) != nil, "\(name)")
      #expect(collection.classes[0].name == "Tüte 1")
    }
    #expect(collection.rename(5, "cup") != nil)
  }

  @Test func numbersOfRecordingsAreGivenOnce() {
    var collection = PictureCollection()
    let before = collection
    #expect(collection.nextRecording() == "pictures/000000.png")
    #expect(collection.nextRecording() == "pictures/000001.png")
    collection.goBack(to: before)
    #expect(collection.nextRecording() == "pictures/000002.png")
  }

  @Test func aFolderPerClassHasEveryPictureUnderANameOfItsOwn() {
    var collection = PictureCollection()
    for picture in ["/x/1.png", "/y/1.png", "/z/1.png", "/x/.dot", "pictures/000003.png"] {
      collection.put(picture, into: 0)
    }
    collection.put("/w/1.png", into: 1)
    _ = collection.rename(1, "a-b")
    _ = collection.rename(0, "a")
    #expect(
      collection.entries.map { "\($0.name) \($0.className) \($0.picture)" } == [
        "a-b/1.png a-b /w/1.png", "a/.dot a /x/.dot",
        "a/000003.png a pictures/000003.png", "a/1-2.png a /y/1.png", "a/1-3.png a /z/1.png",
        "a/1.png a /x/1.png",
      ])
  }

  @Test func whatIsKeptIsThereAgainWithoutWhatBelongsToNoClass() throws {
    try withFolder { path in
      let folder = try CollectionFolder(path)
      #expect(folder.path == path)
      #expect(try folder.read() == PictureCollection())
      var collection = PictureCollection()
      let (first, second) = (collection.nextRecording(), collection.nextRecording())
      for picture in [first, second] {
        try Data("a picture".utf8).write(to: URL(fileURLWithPath: folder.path(of: picture)))
      }
      collection.put(first, into: 0)
      collection.put("/elsewhere/b.png", into: 1)
      try folder.keep(collection)
      #expect(try CollectionFolder(path).read() == collection)
      #expect(FileManager.default.fileExists(atPath: folder.path(of: first)))
      #expect(!FileManager.default.fileExists(atPath: folder.path(of: second)))
      #expect(folder.path(of: "/elsewhere/b.png") == "/elsewhere/b.png")
    }
  }

  @Test func aDamagedListIsNamedAndLeftAlone() throws {
    try withFolder { path in
      let folder = try CollectionFolder(path)
      let list = path + "/collection.json"
      try Data(#"{"classes": 3}"#.utf8).write(to: URL(fileURLWithPath: list))
      let error = #expect(throws: CollectionError.self) { try folder.read() }
      #expect(error?.description.hasPrefix(list + ": is damaged") == true)
      #expect(FileManager.default.contents(atPath: list)?.count == 14)
    }
  }

  @Test func anotherProgramsFolderIsLeftToIt() throws {
    try withFolder { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let other = open(path + "/lock", O_RDWR | O_CREAT, 0o644)
      #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
      let folder = try CollectionFolder(path)
      #expect(folder.path == path + "-2")
      close(other)
      try FileManager.default.removeItem(atPath: folder.path)
    }
  }

  @Test func picturesAreCopiedIntoAFolderPerClass() throws {
    try withFolder { path in
      let folder = try CollectionFolder(path)
      var collection = PictureCollection()
      let recorded = collection.nextRecording()
      try Data("recorded".utf8).write(to: URL(fileURLWithPath: folder.path(of: recorded)))
      try Data("photo".utf8).write(to: URL(fileURLWithPath: path + "/photo.jpg"))
      collection.put(recorded, into: 0)
      collection.put(path + "/photo.jpg", into: 1)
      _ = collection.rename(0, "cup")
      try folder.export(collection, to: path + "/out")
      #expect(FileManager.default.contents(atPath: path + "/out/cup/000000.png")?.count == 8)
      #expect(FileManager.default.contents(atPath: path + "/out/class 2/photo.jpg")?.count == 5)
      try FileManager.default.removeItem(atPath: path + "/photo.jpg")
      let error = #expect(throws: CollectionError.self) {
        try folder.export(collection, to: path + "/again")
      }
      #expect(
        error?.description
          == path + "/again/class 2/photo.jpg: can't be written: no such file or directory")
    }
  }
}
