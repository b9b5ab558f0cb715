import Foundation
import MobileNet
import Testing

@testable import Checkpoints

struct ProjectFormatTests {
  let file = Fixture("project.safetensors")

  @Test func metadataIsRead() throws {
    let checkpoint = try file.read()
    #expect(checkpoint.name == "tiny")
    #expect(checkpoint.resolution == 64)
    #expect(checkpoint.architecture.padding == .same)
    #expect(checkpoint.architecture.activation == .relu6)
    #expect(checkpoint.architecture.classes == 11)
    #expect(checkpoint.architecture.stemChannels == 6)
    #expect(checkpoint.labels.first == "label 0" && checkpoint.labels.count == 11)
    #expect(checkpoint.wordNetIDs.last == "n00000010")
    #expect(checkpoint.accuracy == [.init(resolution: 64, top1: 12.5, top5: 50)])
    #expect(
      checkpoint.provenance == [
        .init(name: "data", value: "random numbers"), .init(name: "beginning", value: "1704"),
        .init(name: "accuracy measured by", value: "nobody"),
      ])
    #expect(
      checkpoint.preprocessing
        == Preprocessing(
          channelOrder: .bgr, scale: [0.5, 0.25, 0.125], offset: [-1, 0, 1],
          cropFraction: 0.875, cropIsStated: true))
  }

  /// A list of many files should not take as long as reading all of them.
  @Test func anOutlineNeedsNoWeights() throws {
    let whole = try file.read()
    let outline = try CheckpointReader.outline(path: file.path)
    #expect(outline.architecture == whole.architecture)
    #expect(outline.resolution == whole.resolution && outline.accuracy == whole.accuracy)
    #expect(outline.provenance == whole.provenance)

    // The last weight becomes a NaN, which no network takes and no outline sees.
    var data = try Data(contentsOf: URL(filePath: file.path))
    data.replaceSubrange(data.count - 4..<data.count, with: [0xFF, 0xFF, 0xFF, 0x7F])
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try data.write(to: URL(filePath: path))
    #expect(throws: CheckpointFileError.self) { try CheckpointReader.read(path: path) }
    #expect(try CheckpointReader.outline(path: path).architecture == whole.architecture)
  }

  /// Half precision has 11 bits, so a weight is off by at most 2⁻¹¹ of itself, or 2⁻²⁵ if tiny.
  @Test func halfPrecisionIsReadToTheLastBit() throws {
    let (whole, half) = (try file.read(), try Fixture("project-half.safetensors").read())
    for layer in whole.architecture.layers(resolution: 64) where layer.hasWeights {
      let expected = try #require(whole.weights(of: layer))
      let found = try #require(half.weights(of: layer))
      for (a, b) in zip(expected.weights + expected.biases, found.weights + found.biases) {
        #expect(abs(a - b) <= max(abs(a) / 2048, 0x1p-25))
      }
    }
  }

  @Test func whatAFileHasBeforeFoldingIsKeptAndLeadsToItsWeights() throws {
    let whole = try Fixture("project-unfolded.safetensors").read()
    let folded = try file.read()
    for layer in whole.architecture.layers(resolution: 64) where layer.isActivated {
      let unfolded = try #require(whole.unfolded(layer))
      let weights = try #require(whole.weights(of: layer))
      let group = layer.weightsPerOutput
      for channel in 0..<layer.output.channels {
        let root = (unfolded.variances[channel] + unfolded.epsilon).squareRoot()
        let first = Double(unfolded.convolution.weights[channel * group])
        let expected = first * unfolded.gammas[channel] / root
        #expect(abs(Double(weights.weights[channel * group]) - expected) < 1e-6)
      }
      #expect(folded.unfolded(layer) == nil)
    }
  }

  @Test(arguments: CheckpointWriter.Precision.allCases)
  func whatIsWrittenReadsBackTheSame(precision: CheckpointWriter.Precision) throws {
    let source = precision == .float32 ? file : Fixture("project-half.safetensors")
    let checkpoint = try source.read()
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try CheckpointWriter.write(checkpoint, to: path, precision: precision)
    let copy = try CheckpointReader.read(path: path)
    #expect(copy.name == checkpoint.name)
    #expect(copy.architecture == checkpoint.architecture)
    #expect(copy.preprocessing == checkpoint.preprocessing)
    #expect(copy.provenance == checkpoint.provenance)
    #expect(copy.labels == checkpoint.labels && copy.wordNetIDs == checkpoint.wordNetIDs)
    #expect(copy.accuracy == checkpoint.accuracy)
    for layer in checkpoint.architecture.layers(resolution: 64) where layer.hasWeights {
      #expect(copy.weights(of: layer)?.weights == checkpoint.weights(of: layer)?.weights)
      #expect(copy.weights(of: layer)?.biases == checkpoint.weights(of: layer)?.biases)
    }
  }

  /// The temperature stays in the metadata: a classifier that was divided and rounded again would
  /// give other answers.
  @Test func aCalibrationIsKeptBesideTheWeightsAsTheyWereTrained() throws {
    let trained = try Fixture("project-half.safetensors").read()
    let checkpoint = trained.adding(calibration: [
      .init(resolution: 64, temperature: 0.7, errorBefore: 15.2, error: 0.8),
      .init(resolution: 128, temperature: 0.9, errorBefore: 5, error: 1),
    ])
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try CheckpointWriter.write(checkpoint, to: path, precision: .float16)
    let copy = try CheckpointReader.read(path: path)
    #expect(copy.calibration == checkpoint.calibration && copy.temperature == 0.7)
    #expect(try CheckpointReader.outline(path: path).calibration == checkpoint.calibration)
    for layer in trained.architecture.layers(resolution: 64) where layer.hasWeights {
      #expect(copy.uncalibrated.weights(of: layer)?.weights == trained.weights(of: layer)?.weights)
    }
  }

  @Test(arguments: [
    #"[{"resolution":64,"temperature":0,"errorBefore":1,"error":1}]"#,
    #"[{"resolution":64,"temperature":-1,"errorBefore":1,"error":1}]"#,
    """
    [{"resolution":64,"temperature":1,"errorBefore":1,"error":1},
     {"resolution":64,"temperature":2,"errorBefore":1,"error":1}]
    """,
  ])
  func anImpossibleTemperatureIsRefused(calibration: String) throws {
    var strings = try ProjectMetadata.strings(for: try file.read())
    strings["calibration"] = calibration
    #expect {
      try ProjectMetadata(strings)
    } throws: {
      "\($0)".contains("calibration needs one temperature from 0.01 to 100 for each resolution")
    }
  }
}

/// A place for a file that a test writes.
func temporaryPath() -> String {
  FileManager.default.temporaryDirectory.appending(path: "checkpoint-\(UUID().uuidString)")
    .path(percentEncoded: false)
}
