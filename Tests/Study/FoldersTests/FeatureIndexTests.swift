import Foundation
import Tensors
import Testing

@testable import Folders

/// Finding what is alike, in arrays that were made up.
@Suite struct FeatureIndexTests {
  /// An array and its table, which are gone after the test.
  private func withArray(
    _ rows: [[Float]], table: String, _ body: (String) throws -> Void
  ) throws {
    try FolderTests.withFolder([]) { folder in
      let path = folder + "/features"
      var bytes = NumPyFile.header(shape: [rows.count, rows.first?.count ?? 0])
      rows.joined().map(\.self).withUnsafeBytes { bytes += $0 }
      try Data(bytes).write(to: URL(fileURLWithPath: path + ".npy"))
      try Data(table.utf8).write(to: URL(fileURLWithPath: path + ".csv"))
      try body(path + ".npy")
    }
  }

  @Test func theSmallestAngleComesFirst() throws {
    let table = "row,image\n0,a.png\n1,\"b, c.png\"\n2,\"say \"\"d\"\".png\"\n3,e.png\n"
    try withArray([[1, 0], [3, 3], [0, 0], [0, 2]], table: table) { path in
      let index = try FeatureIndex(path: path)
      #expect(index.images == ["a.png", "b, c.png", "say \"d\".png", "e.png"])
      let found = try index.nearest(to: [0, 5], count: 3)
      #expect(found.map(\.image) == ["e.png", "b, c.png", "a.png"])
      #expect(abs(found[1].cosine - 0.5.squareRoot()) < 1e-12)
      #expect(throws: FolderError.self) { try index.nearest(to: [1, 2, 3], count: 1) }
    }
  }

  /// Rows of another network, layer or side are like nothing that this one makes.
  @Test func rowsOfAnotherNetworkAreRefused() throws {
    let digest = "0123456789abcdef"
    let own = FeatureIndex.Maker(digest: digest, layer: "pool6", resolution: 64)
    let fields = own.fields.joined(separator: ",")
    let table = "row,image,network,layer,side\n0,a.png,\(fields)\n1,\"b, c.png\",\(fields)\n"
    try withArray([[1, 0], [3, 3]], table: table) { path in
      let index = try FeatureIndex(path: path)
      #expect(index.images == ["a.png", "b, c.png"] && index.maker == own)
      try index.require(own)
      for other in [
        FeatureIndex.Maker(digest: "1" + digest, layer: "pool6", resolution: 64),
        FeatureIndex.Maker(digest: digest, layer: "pool6", resolution: 96),
        FeatureIndex.Maker(digest: digest, layer: "conv1", resolution: 64),
      ] {
        #expect(throws: FolderError.self) { try index.require(other) }
      }
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    try withArray([[1, 0], [3, 3]], table: "row,image\n0,a.png\n") { path in
      #expect(throws: FolderError.self) { try FeatureIndex(path: path) }
    }
    try withArray([[1, 0]], table: "row,image\n0,a.png\n") { path in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      for end in [0, 5, 12, bytes.count - 1] {
        try bytes.prefix(end).write(to: URL(fileURLWithPath: path))
        #expect(throws: FolderError.self) { try FeatureIndex(path: path) }
      }
    }
  }
}
