import Foundation
import Tensors
import Testing

@testable import Folders

/// Finding what is alike, in arrays that were made up.
@Suite struct FeatureIndexTests {
  static func write(_ rows: [[Float]], table: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    var bytes = NumPyFile.header(shape: [rows.count, rows.first?.count ?? 0])
    rows.joined().map(\.self).withUnsafeBytes { bytes += $0 }
    try Data(bytes).write(to: URL(fileURLWithPath: path + ".npy"))
    try Data(table.utf8).write(to: URL(fileURLWithPath: path + ".csv"))
    return path + ".npy"
  }

  @Test func theSmallestAngleComesFirst() throws {
    let path = try Self.write(
      [[1, 0], [3, 3], [0, 0], [0, 2]],
      table: "row,image\n0,a.png\n1,\"b, c.png\"\n2,\"say \"\"d\"\".png\"\n3,e.png\n")
    let index = try FeatureIndex(path: path)
    #expect(index.images == ["a.png", "b, c.png", "say \"d\".png", "e.png"])
    let found = try index.nearest(to: [0, 5], count: 3)
    #expect(found.map(\.image) == ["e.png", "b, c.png", "a.png"])
    #expect(abs(found[1].cosine - 0.5.squareRoot()) < 1e-12)
    #expect(throws: FolderError.self) { try index.nearest(to: [1, 2, 3], count: 1) }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let short = try Self.write([[1, 0], [3, 3]], table: "row,image\n0,a.png\n")
    #expect(throws: FolderError.self) { try FeatureIndex(path: short) }
    let sound = try Self.write([[1, 0]], table: "row,image\n0,a.png\n")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: sound))
    for end in [0, 5, 12, bytes.count - 1] {
      try bytes.prefix(end).write(to: URL(fileURLWithPath: sound))
      #expect(throws: FolderError.self) { try FeatureIndex(path: sound) }
    }
  }
}
