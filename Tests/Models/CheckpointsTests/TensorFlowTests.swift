import Foundation
import Testing

@testable import Checkpoints

/// TensorFlow's own files.
struct TensorFlowTests {
  /// The check value of RFC 3720, appendix B.4: 32 bytes of zeros.
  @Test func checksumsAreThoseOfTheStandard() {
    let zeros = Bytes(Data(count: 32), format: "")
    #expect(CRC32C.checksum(zeros) == 0x8A91_36AA)
    let digits = Bytes(Data("123456789".utf8), format: "")
    #expect(CRC32C.checksum(digits) == 0xE306_9283)
  }

  @Test func aChangedVariableIsFoundByItsChecksum() throws {
    let folder = URL(filePath: Fixture("slim").path)
    let name = "model.ckpt.data-00000-of-00001"
    var data = try Data(contentsOf: folder.appending(path: name))
    data[data.count / 2] ^= 1
    let index = try Data(contentsOf: folder.appending(path: "model.ckpt.index"))
    let file = CheckpointFile(folder: "slim", files: ["model.ckpt.index": index, name: data])
    let error = #expect(throws: ImportError.self) { try CheckpointReader.inspect(file) }
    #expect("\(try #require(error))".contains("other bytes than its checksum says"))
  }

  @Test func movingAveragesAreMentioned() throws {
    let found = try CheckpointReader.outline(path: Fixture("slim").path)
    #expect(found.notes == ["the moving averages beside its variables are not used"])
  }

  @Test func aSavedModelWithoutItsVariablesSaysSo() throws {
    let bytes = try Data(
      contentsOf: URL(filePath: Fixture("savedmodel").path).appending(path: "saved_model.pb"))
    let error = #expect(throws: ImportError.self) {
      try CheckpointReader.inspect(CheckpointFile(name: "saved_model.pb", data: bytes))
    }
    #expect(
      "\(try #require(error))".contains("a TensorFlow SavedModel without its folder variables"))
  }

  @Test(arguments: ["model.ckpt.index", "model.ckpt.data-00000-of-00001"])
  func anyOfTheFilesOfACheckpointOpensIt(name: String) throws {
    let found = try CheckpointReader.outline(path: Fixture("slim").path + "/" + name)
    #expect(found.format == "TensorFlow checkpoint" && found.architecture.isShallow)
  }

  /// TensorFlow 2 keeps the layers in functions: of bytes, which are divided by 64, less 2.
  @Test func functionsAreFollowed() throws {
    let found = try CheckpointReader.inspect(path: Fixture("savedmodel-functions").path)
    let pixels = found.checkpoint.preprocessing
    let scales = [Float](repeating: 1 / 64, count: 3)
    #expect(pixels.scale == scales)
    #expect(pixels.offset == [-2, -2, -2])
    #expect(found.sources.preprocessing == .implied(by: "its input of bytes"))
    #expect(found.sources.resolution == .implied(by: "the shape of its input"))
    #expect(found.sources.activation == .layers && found.sources.head == .layers)
  }
}
