import Foundation
import MobileNet
import Testing

@testable import Folders

/// Folders as people have them, made for the test.
@Suite struct FolderTests {
  @Test func foldersCalledByWordNetIDsHaveNames() {
    let names = WordNetNames(
      ids: ["n02099601", "n03126707", "n02012849"], labels: ["golden retriever", "crane", "crane"])
    #expect(
      names.names(of: ["n02099601", "cup", "n00000001"]) == [
        "golden retriever", "cup", "n00000001",
      ])
    // A bird and a machine have one name: alone it will do.
    #expect(names.names(of: ["n02012849", "n03126707"]) == ["n02012849", "n03126707"])
    #expect(names.names(of: ["n02012849"]) == ["crane"])
    #expect(
      WordNetNames.isID("n02099601") && !WordNetNames.isID("n0209960") && !WordNetNames.isID("nose")
    )
  }

  /// A folder that is gone after the test, with files of the given names that begin like a PNG or,
  /// where the name ends with txt, do not.
  static func withFolder(_ names: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      let url = URL(fileURLWithPath: folder + "/" + name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]
      try Data(name.hasSuffix("txt") ? Array("a text".utf8) : start).write(to: url)
    }
    try body(folder)
  }

  @Test func picturesAreFoundAtAnyDepthInTheOrderOfTheirBytes() throws {
    let names = ["b/2.JPG", "b/deep/1.jfif", "Z.png", "a b/ü.jpeg", "c/unnamed", "c/notes.txt"]
    try Self.withFolder(names + [".hidden.png", "b/._2.JPG"]) { folder in
      let found = try ImageFolder(folder + "/")
      #expect(found.images == ["Z.png", "a b/ü.jpeg", "b/2.JPG", "b/deep/1.jfif", "c/unnamed"])
      #expect(FileManager.default.fileExists(atPath: found.path(of: found.images[1])))
    }
  }

  @Test func aFileHasOneClassInAList() throws {
    try Self.withFolder(["a.png", "b.png"]) { folder in
      let list = folder + "/list.tsv"
      try Data("a.png\tcat\nb.png\tcat\na.png\tdog\n".utf8).write(to: URL(fileURLWithPath: list))
      let mistake = FolderError.twoClasses(list: list, number: 3, file: "a.png", earlier: 1)
      #expect(throws: mistake) { _ = try NamedImages(list: list, folder: folder) }
      #expect("\(mistake)" == "\(list), line 3: a.png has another class in line 1")
      #expect(NamedImages.isList(list, folder: folder))
    }
  }

  @Test func linksAreFollowedAndNoCircle() throws {
    try Self.withFolder(["a/1.png"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/b", withDestinationPath: folder + "/a")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/a/up", withDestinationPath: folder)
      #expect(try ImageFolder(folder + "/b").images == ["1.png"])
      let named = try NamedImages(folder: folder)
      #expect(Set(named.images.map(\.name)) == ["a", "b"])
    }
  }

  /// Of five folders that lead to each other there are 5! ways through all of them.
  @Test func noFolderIsEnteredTwice() throws {
    let names = ["a", "b", "c", "d", "e"]
    try Self.withFolder(names.map { $0 + "/1.png" }) { folder in
      for name in names {
        for other in names where other != name {
          try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/\(name)/to-\(other)", withDestinationPath: "\(folder)/\(other)")
        }
      }
      #expect(try ImageFolder(folder).images.count == names.count)
    }
  }

  #if os(Linux)
    /// In /proc there are links to every folder of the machine, one of them to this checkout.
    @Test func nothingIsLookedForInTheKernel() throws {
      try Self.withFolder(["a/1.png"]) { folder in
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/self", withDestinationPath: "/proc/self")
        #expect(try ImageFolder(folder).images == ["a/1.png"])
        #expect(throws: FolderError.noImages(folder: "/proc")) { _ = try ImageFolder("/proc") }
      }
    }
  #endif

  @Test func emptyFoldersAndEmptyClassesAreNamed() throws {
    try Self.withFolder(["cat/1.png", "dog/notes.txt"]) { folder in
      let named = try NamedImages(folder: folder)
      #expect(named.emptyFolders == ["dog"])
      #expect(throws: FolderError.noImages(folder: folder + "/dog")) {
        _ = try ImageFolder(folder + "/dog")
      }
      #expect(throws: FolderError.noClasses(folder: folder + "/dog")) {
        _ = try NamedImages(folder: folder + "/dog")
      }
      let unsorted = FolderError.unsorted(folder: folder + "/cat")
      #expect(throws: unsorted) { _ = try NamedImages(folder: folder + "/cat") }
      #expect("\(unsorted)".contains("expected a folder per class"))
    }
    let missing = FolderError.unreadable(
      "/no/where", reason: "no such file or folder")
    #expect(throws: missing) { _ = try ImageFolder("/no/where") }
  }

  /// Both a checkpoint with ImageNet's 1000 classes and one with TensorFlow's 1001.
  @Test(arguments: [(1000, 1), (1001, 2)])
  func wordNetIDsAreKnownForImageNet(classes: Int, goldfish: Int) throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: classes))
    let names = ClassNames(checkpoint)
    #expect(names.index(of: "n01443537") == goldfish)
    #expect(names.index(of: "n15075141") == classes - 1)
    #expect(names.index(of: "n99999999") == nil)
  }

  @Test func wordNetIDsOfOtherClassesAreNotGuessed() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 200))
    #expect(ClassNames(checkpoint).index(of: "n01443537") == nil)
    #expect(ClassNames(checkpoint).index(of: "17") == 17)
    #expect(ClassNames(checkpoint).index(of: "-17") == nil)
  }

  @Test(arguments: [
    ("val/n01443537/1.jpg", "val"), ("/val/17/1.jpg", "/val"), ("3/1.jpg", "."),
    ("/3/1.jpg", "/"), ("n01443537/n01443537_2.JPEG", "."),
    // A name says more than a number, and the last folder more than one above.
    ("val/n01443537/2/1.jpg", "val"), ("n01443537/val/n15075141/1.jpg", "n01443537/val"),
    ("photos/holiday/1.jpg", nil), ("n01443537.jpg", nil),
  ])
  func theFolderOfAllClassesIsFoundByAnImageInOne(path: String, folder: String?) throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 1000))
    #expect(ClassNames(checkpoint).folder(ofImage: path) == folder)
  }

  @Test func anyOfSeveralNamesFindsAClassUnlessItIsTwoClasses() throws {
    let some = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 3))
    let checkpoint = try Checkpoint(
      name: "birds", architecture: some.architecture,
      weights: Dictionary(
        uniqueKeysWithValues: some.architecture.layers(resolution: 224).compactMap { layer in
          some.weights(of: layer).map { (layer.name, $0) }
        }),
      preprocessing: .torchvision, labels: ["crane, Grus", "crane, lifter", "Golden_Retriever"])
    let names = ClassNames(checkpoint)
    #expect(names.index(of: "grus") == 0)
    #expect(names.index(of: "lifter") == 1)
    #expect(names.index(of: "crane") == nil)
    #expect(names.index(of: "golden retriever") == 2)
  }

  @Test func imagesOfOneReasonAreNamedInOneLine() {
    let overflows = Overflows()
    for image in ["b.png", "a.png", "c.png"] { overflows.add(image, "too large") }
    overflows.add("d.png", "larger")
    var lines: [String] = []
    overflows.tell { lines.append($0) }
    #expect(
      lines == ["d.png: larger, left out", "3 images, such as a.png: too large, left out"])
  }
}
