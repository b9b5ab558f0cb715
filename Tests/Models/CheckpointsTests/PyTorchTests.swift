import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Safetensors that are another network, or none.
struct PyTorchTests {
  @Test func anotherNetworkIsNamedWhereItStops() throws {
    let resNet = [
      ("bn1.weight", [64]), ("conv1.weight", [64, 3, 7, 7]), ("fc.weight", [1000, 512]),
      ("layer1.0.conv1.weight", [64, 64, 3, 3]),
    ]
    #expect(
      try error(resNet)
        == .anotherNetwork(
          layer: "conv1", found: "a 7×7 convolution from 3 to 64 channels",
          expected: "a 3×3 convolution of 3 channels, or of 1 (conv1)"))
  }

  /// Layer 10 comes after layer 2, whatever the alphabet says.
  @Test func aMobileNetV2OfTorchvisionStopsAtItsSecondBottleneck() throws {
    let arrays = [
      ("classifier.1.weight", [5, 32]), ("features.0.0.weight", [16, 3, 3, 3]),
      ("features.1.conv.0.0.weight", [16, 1, 3, 3]), ("features.1.conv.1.weight", [8, 16, 1, 1]),
      ("features.10.conv.0.0.weight", [96, 16, 1, 1]),
      ("features.2.conv.0.0.weight", [48, 8, 1, 1]),
    ]
    #expect(
      try error(arrays)
        == .anotherNetwork(
          layer: "features.2.conv.0.0", found: "a 1×1 convolution from 8 to 48 channels",
          expected: "a 3×3 depthwise convolution of 8 channels, one output each (pair 2)"))
  }

  @Test func aMobileNetV2OfTimmStopsAtItsExpansion() throws {
    var arrays = [("conv_stem.weight", [16, 3, 3, 3])]
    let layers = [
      ("conv_stem", "bn1", [16, 3, 3, 3]), ("blocks.0.0.conv_dw", "blocks.0.0.bn1", [16, 1, 3, 3]),
      ("blocks.0.0.conv_pw", "blocks.0.0.bn2", [8, 16, 1, 1]),
      ("blocks.1.0.conv_pw", "blocks.1.0.bn1", [48, 8, 1, 1]),
      ("blocks.1.0.conv_dw", "blocks.1.0.bn2", [48, 1, 3, 3]),
      ("blocks.1.0.conv_pwl", "blocks.1.0.bn3", [8, 48, 1, 1]),
    ]
    for (convolution, norm, shape) in layers {
      arrays.append(("\(convolution).weight", shape))
      for name in ["running_mean", "running_var"] { arrays.append(("\(norm).\(name)", [shape[0]])) }
    }
    #expect(
      try error(arrays)
        == .anotherNetwork(
          layer: "blocks.1.0.conv_pw", found: "a 1×1 convolution from 8 to 48 channels",
          expected: "a 3×3 depthwise convolution of 8 channels, one output each (pair 2)"))
  }

  @Test func aFileWithoutArraysSaysSo() throws {
    #expect(
      try error([])
        == .unsupported(format: "PyTorch safetensors", feature: "a file without any weights"))
  }

  @Test func unknownNamesWithoutAnImageAreListed() throws {
    #expect(
      try error([("wte.weight", [8, 4])])
        == .unsupported(
          format: "PyTorch", feature: "a network without convolutions (wte.weight)"))
  }

  @Test func anActivationThatIsNotReLUIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let original = Fixture.folder.appending(path: "transformers")
    for name in try FileManager.default.contentsOfDirectory(
      atPath: original.path(percentEncoded: false))
    {
      var file = try Data(contentsOf: original.appending(path: name))
      if name == "config.json" {
        let text = String(decoding: file, as: UTF8.self)
        let other = text.replacing("\"relu6\"", with: "\"silu\"")
        try #require(other != text)
        file = Data(other.utf8)
      }
      try file.write(to: folder.appending(path: name))
    }
    let error = #expect(throws: CheckpointFileError.self) {
      try CheckpointReader.read(path: folder.path(percentEncoded: false))
    }
    #expect("\(try #require(error))".contains("the activation silu"))
  }

  /// A network of 4 channels, and what comes behind its pairs.
  private func network(_ more: [(name: String, shape: [Int])]) -> [(name: String, shape: [Int])] {
    [("features.0.weight", [4, 3, 3, 3])]
      + (1...13).flatMap {
        [("features.\($0).a.weight", [4, 1, 3, 3]), ("features.\($0).b.weight", [4, 4, 1, 1])]
      } + more
  }

  @Test func aLayerBeforeTheClassifierHasAReLUAndThatIsSaid() throws {
    let found = try inspect(
      network([("head.0.weight", [7, 4]), ("head.3.bias", [5]), ("head.3.weight", [5, 7])]))
    #expect(
      found.checkpoint.architecture.hidden == [Architecture.Hidden(channels: 7, activation: .relu)])
    #expect(
      found.outline.notes == [
        "a ReLU is assumed behind head.0, of which the file says nothing"
      ])
  }

  @Test func aConvolutionBetweenPairsAndPoolingIsRefused() throws {
    let norm = ["bias", "running_mean", "running_var", "weight"].map { ("head.1.\($0)", [6]) }
    let unknown = try error(
      network([("head.0.weight", [6, 4, 1, 1])] + norm + [("head.2.weight", [5, 6])]))
    #expect("\(try #require(unknown))".contains("from 4 to 6 channels with a batch norm"))
    var arrays = [("conv_stem.weight", [4, 3, 3, 3])]
    for pair in 0..<13 {
      arrays.append(("blocks.\(pair).0.conv_dw.weight", [4, 1, 3, 3]))
      arrays.append(("blocks.\(pair).0.conv_pw.weight", [4, 4, 1, 1]))
    }
    let norms = ["bn1"] + (0..<13).flatMap { ["blocks.\($0).0.bn1", "blocks.\($0).0.bn2"] }
    for norm in norms + ["bn2"] {
      for part in ["weight", "bias", "running_mean", "running_var"] {
        arrays.append(("\(norm).\(part)", [4]))
      }
    }
    arrays += [("conv_head.weight", [4, 4, 1, 1]), ("classifier.weight", [5, 4])]
    #expect("\(try #require(try error(arrays)))".contains("conv_head is a convolution between"))
  }

  /// A file with arrays of zeros.
  private func inspect(
    _ arrays: [(name: String, shape: [Int])]
  ) throws(ImportError) -> ImportedCheckpoint {
    let file = try? SafetensorsFile.encode(
      arrays.map {
        SafetensorsFile.Array(
          name: $0.name, shape: $0.shape,
          values: Array(repeating: 0, count: $0.shape.reduce(1, *)))
      }, metadata: [:], precision: .float32)
    return try CheckpointReader.inspect(
      CheckpointFile(name: "a.safetensors", data: file ?? Data()))
  }

  /// The reason for which such a file is refused.
  private func error(_ arrays: [(name: String, shape: [Int])]) throws -> ImportError? {
    do throws(ImportError) {
      _ = try inspect(arrays)
      return nil
    } catch {
      return error
    }
  }
}
