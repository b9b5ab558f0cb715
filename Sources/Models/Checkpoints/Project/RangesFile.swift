import Files
import Foundation
import MobileNet

/// The file of a quantised checkpoint: each layer's activation range, and the name of the file of
/// floats, of which the integers are made on opening.
///
/// It is a JSON object beside the file of floats, a few kilobytes in place of megabytes.
public struct RangesFile: Codable, Sendable {
  /// The activation range of a layer.
  struct Range: Codable, Sendable {
    let layer: String
    let low: Float
    let high: Float
  }

  /// The values of "format" and "version".
  static let (marker, version) = ("mobilenet-explorer ranges", "1")

  let format: String
  let version: String
  let name: String
  /// The name of the file of floats, in the project's own format, and its SHA-256.
  let floats: String
  let floatsSHA256: String
  /// The resolution at which the ranges were measured.
  let resolution: Resolution
  /// Whether integers are int8, not uint8; and whether each channel's weights have a scale.
  let isSigned: Bool
  let isPerChannel: Bool
  let ranges: [Range]
  let quantised: String
  let accuracy: [Checkpoint.MeasuredAccuracy]?
  let accuracySource: String?

  /// Describes `checkpoint`, a quantised one, by `ranges` and the file at `floats`; `quantised`
  /// describes the method in words.
  ///
  /// Throws when that file can't be read.
  public init(
    _ checkpoint: Checkpoint, _ ranges: ActivationRanges, _ recipe: QuantizationRecipe,
    floats: String, quantised: String
  ) throws(CheckpointFileError) {
    guard let sum = SHA256.digits(ofFile: floats) else {
      throw CheckpointFileError(path: floats, reason: .unreadable("can't be read"))
    }
    (format, version, name) = (Self.marker, Self.version, checkpoint.name)
    self.floats = URL(fileURLWithPath: floats).lastPathComponent
    floatsSHA256 = sum
    resolution = checkpoint.resolution
    (isSigned, isPerChannel) = (recipe.isSigned, recipe.isPerChannel)
    let layers = checkpoint.architecture.layers(resolution: checkpoint.resolution)
    self.ranges = zip(layers, ranges.byLayer).map {
      Range(layer: $0.name, low: $1.lowerBound, high: $1.upperBound)
    }
    self.quantised = quantised
    accuracy = checkpoint.accuracy.isEmpty ? nil : checkpoint.accuracy
    accuracySource = checkpoint.provenance.first { $0.name == Checkpoint.accuracyFact }?.value
  }

  /// Writes the file to `path`, which must lie beside the floats.
  public func write(to path: String) throws(CheckpointFileError) {
    guard
      let file = try? CheckpointFile(
        path: URL(fileURLWithPath: path).deletingLastPathComponent().path),
      file.hasNeighbour(floats)
    else {
      throw CheckpointFileError(
        path: path, reason: .inconsistent(problem: "holds only ranges: write it beside \(floats)"))
    }
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try WholeFile.write(try encoder.encode(self), to: path)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unwritable(error.reason))
    }
  }

  /// Returns the integers of the network whose floats are `checkpoint`.
  func integers(of checkpoint: Checkpoint) throws(ImportError) -> IntegerWeights? {
    let layers = checkpoint.architecture.layers(resolution: resolution)
    guard ranges.map(\.layer) == layers.map(\.name) else {
      throw RangesFormat.damaged(
        "its ranges are not those of the \(layers.count) layers of \(floats)")
    }
    guard let wrong = ranges.first(where: { !($0.low <= 0 && $0.high >= 0) }) else {
      let ranges = ActivationRanges(byLayer: self.ranges.map { $0.low...$0.high })
      let recipe = QuantizationRecipe(isSigned: isSigned, isPerChannel: isPerChannel)
      do throws(CheckpointError) {
        return try checkpoint.quantized(for: resolution, ranges, recipe).integers
      } catch {
        throw .weights(error)
      }
    }
    throw RangesFormat.damaged(
      "the range of \(wrong.layer) is \(wrong.low) to \(wrong.high), without 0")
  }
}
