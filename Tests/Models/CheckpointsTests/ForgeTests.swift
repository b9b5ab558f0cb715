import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// A folder of raw floats that is not complete.
struct ForgeTests {
  @Test func aMissingFileIsNamedWithItsLength() {
    var files = files
    files["conv6_sep_w.bin"] = nil
    expect("conv6_sep_w.bin is missing; expected 4,194,304 bytes", of: files)
  }

  @Test func aFileOfAnotherLengthIsNamedWithItsLength() {
    var files = files
    files["conv6_sep_w.bin"] = Data(count: 1024)
    expect(
      "conv6_sep_w.bin has 1,024 bytes, expected 4,194,304 for [1024, 1024] numbers of 32 bits",
      of: files)
  }

  private func expect(_ problem: String, of files: [String: Data]) {
    #expect(throws: ImportError.damaged(format: "Forge", problem: problem)) {
      try CheckpointReader.inspect(CheckpointFile(folder: "forge", files: files))
    }
  }

  /// The files of width 1, all zeros.
  private var files: [String: Data] {
    var files: [String: Data] = [:]
    for layer in Architecture(classes: 1000).layers(resolution: 224) where layer.hasWeights {
      let biases = layer.output.channels
      files["\(layer.name)_b.bin"] = Data(count: 4 * biases)
      files["\(layer.name)_w.bin"] = Data(count: 4 * (layer.parameters - biases))
    }
    return files
  }
}
