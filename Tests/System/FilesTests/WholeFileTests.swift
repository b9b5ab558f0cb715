import Files
import Foundation
import Testing

/// Files that are written whole, and read within limits.
final class WholeFileTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/whole-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test func whatIsThereIsReplacedAndKeepsItsPermissions() throws {
    let path = folder + "/file"
    try WholeFile.write(Data("old".utf8), to: path)
    chmod(path, 0o640)
    try WholeFile.write(Data("new".utf8), to: path)
    #expect(FileManager.default.contents(atPath: path) == Data("new".utf8))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(names == ["file"])
  }

  @Test func aLinkStaysAndLeadsToWhatIsNew() throws {
    try WholeFile.write(Data("old".utf8), to: folder + "/file")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: "file")
    try WholeFile.write(Data("new".utf8), to: folder + "/link")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data("new".utf8))
  }

  @Test func aLinkToWhatIsNotThereYetStays() throws {
    for (name, place) in [("link", "far"), ("far", folder + "/file")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/" + name, withDestinationPath: place)
    }
    try WholeFile.write(Data("new".utf8), to: folder + "/link")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "far")
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data("new".utf8))
    #expect(names == ["far", "file", "link"])
    // One that leads to itself leads nowhere.
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/round", withDestinationPath: "round")
    #expect(throws: POSIXError.self) {
      try WholeFile.write(Data([1]), to: self.folder + "/round/file")
    }
  }

  @Test func whatIsNotFinishedLeavesNothing() throws {
    func begin() throws {
      let file = try WholeFile(at: folder + "/file")
      try [1, 2, 3].withUnsafeBytes { try file.append($0) }
      throw POSIXError(.ENOSPC)
    }
    #expect(throws: POSIXError(.ENOSPC)) { try begin() }
    #expect(names.isEmpty)
  }

  @Test func piecesBecomeOneFile() throws {
    let file = try WholeFile(at: folder + "/file")
    for piece in [[UInt8]([1, 2]), [], [3]] { try piece.withUnsafeBytes { try file.append($0) } }
    #expect(names.isEmpty || names.allSatisfy { $0.hasPrefix(".") })
    try file.finish()
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data([1, 2, 3]))
    #expect(names == ["file"])
  }

  @Test func aNameMayBeAsLongAsNamesCanBe() throws {
    let name = String(repeating: "写", count: 85)
    for text in ["old", "new"] { try WholeFile.write(Data(text.utf8), to: folder + "/" + name) }
    #expect(FileManager.default.contents(atPath: folder + "/" + name) == Data("new".utf8))
    #expect(names == [name])
  }

  @Test func aNameIsItsBytesWhetherTheyAreTextOrNot() throws {
    // As ISO 8859-1 and EUC have them; the last is half of a UTF-8 character.
    let names: [[UInt8]] = [[0x63, 0xE9], [0xC6, 0xFC], [0x61, 0xE5, 0x86]]
    for name in names {
      try WholeFile.write(Data([7]), to: folder + "/" + FileName.text(of: name))
      let path = Array((folder + "/").utf8) + name + [0]
      let file = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { open($0, O_RDONLY) } ?? -1
      }
      #expect(file >= 0)
      close(file)
      #expect(FileBytes.beginning(of: folder + "/" + FileName.text(of: name), count: 8) == [7])
    }
    #expect(Set(try FileName.names(in: folder)) == Set(names.map { FileName.text(of: $0) }))
  }

  @Test func whereItCannotBeWrittenNothingIsLeft() throws {
    #expect(throws: POSIXError(.ENOENT)) {
      try WholeFile.write(Data([1]), to: self.folder + "/none/file")
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/taken", withIntermediateDirectories: true)
    #expect(throws: POSIXError(.EISDIR)) {
      try WholeFile.write(Data([1]), to: self.folder + "/taken")
    }
    #expect(names == ["taken"])
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    #expect(throws: POSIXError(.EOPNOTSUPP)) {
      try WholeFile.write(Data([1]), to: self.folder + "/pipe")
    }
    #expect(names == ["pipe", "taken"])
  }

  @Test func whatIsTooLongIsNotRead() throws {
    // A hole: it takes no room on the disk, and would take all of the memory.
    let path = folder + "/sparse"
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(truncate(path, 20_000_000_000) == 0)
    #expect(throws: FileBytesError.self) {
      try FileBytes.contents(of: path, limit: 19_999_999_999)
    }
    let mapped = try FileBytes.contents(of: path, limit: 20_000_000_000)
    #expect(mapped.count == 20_000_000_000 && mapped.last == 0)
  }

  @Test func aDeviceThatNeverEndsIsLeft() throws {
    let error = #expect(throws: FileBytesError.self) {
      try FileBytes.contents(of: "/dev/zero", limit: 1 << 40)
    }
    #expect("\(try #require(error))" == "has more bytes, expected at most 1000000")
    #expect(try FileBytes.contents(of: "/dev/null", limit: 1) == Data())
  }

  @Test func aPipeIsReadToItsEndUnlessNobodyWrites() throws {
    let path = folder + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: FileBytesError.self) {
      try FileBytes.contents(of: path, limit: 100)
    }
    #expect("\(try #require(error))" == "is a pipe that nobody writes to")
    let (source, target) = { pipe in (pipe.fileHandleForReading, pipe.fileHandleForWriting) }(
      Pipe())
    try target.write(contentsOf: Data("a pipe".utf8))
    try target.close()
    let text = try FileBytes.contents(of: "/dev/fd/\(source.fileDescriptor)", limit: 100)
    #expect(text == Data("a pipe".utf8))
  }
}
