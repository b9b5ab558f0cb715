import Checkpoints
import Foundation
import Learning
import MobileNet

/// The training images of a learned checkpoint, kept in its file so that more can be added later:
/// their names, classes and features, without pictures.
///
/// The file has an array `taught.features`, images × views × channels of pool6, and `taught` in its
/// metadata: JSON with the images' names and classes.
public enum TaughtFile {
  private struct Entry: Codable {
    let views: Int
    /// Whether the last class is for images of no taught class.
    let hasUnknown: Bool
    let images: [TaughtImages.Image]
  }

  private static let (key, array) = ("taught", "taught.features")

  /// Writes the checkpoint of `learned` to `path`, under the file's name, with its features if
  /// `keepsFeatures`.
  public static func write(
    _ learned: Learned, keepsFeatures: Bool = true, to path: String
  ) throws {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    try CheckpointWriter.write(
      try learned.checkpoint(named: name), to: path,
      supplement: keepsFeatures
        ? supplement(learned.taught, hasUnknown: learned.result.hasUnknown) : nil)
  }

  /// Returns the metadata and arrays that go into the file of a checkpoint learned from `taught`.
  public static func supplement(
    _ taught: TaughtImages, hasUnknown: Bool = false
  ) throws -> CheckpointWriter.Supplement {
    let features = taught.features
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(
      Entry(views: features.views, hasUnknown: hasUnknown, images: taught.images))
    return CheckpointWriter.Supplement(
      strings: [key: String(decoding: json, as: UTF8.self)],
      arrays: [
        (array, [features.images, features.views, features.width], features.values)
      ])
  }

  /// Reads the training images of `checkpoint`, whose file is at `path`.
  public static func read(
    _ checkpoint: Checkpoint, path: String
  ) throws(LearningError) -> (images: TaughtImages, hasUnknown: Bool) {
    guard let file = try? ArrayFile(path: path), let json = file.metadata[key],
      let shape = file.shape(of: array)
    else { throw .notTaught(path: path) }
    let pooled = checkpoint.architecture.layers(resolution: 224).last { $0.kind == .averagePooling }
    guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(json.utf8)),
      case let classes = Array(checkpoint.labels.dropLast(entry.hasUnknown ? 1 : 0)),
      entry.images.allSatisfy({ classes.indices.contains($0.classIndex) }),
      shape.count == 3, shape[0] == entry.images.count, shape[1] == entry.views, entry.views > 0,
      shape[2] == pooled?.output.channels
    else { throw .damaged(path: path, problem: "names, classes and \(array) do not fit") }
    do {
      let values: [Float] = try file.numbers(array, shape: shape)
      guard values.allSatisfy(\.isFinite) else {
        throw LearningError.damaged(path: path, problem: "\(array) has a number that is not finite")
      }
      let taught = TaughtImages(
        classes: classes, images: entry.images,
        features: FeatureTable(width: shape[2], views: shape[1], values: values))
      return (taught, entry.hasUnknown)
    } catch let error as LearningError {
      throw error
    } catch {
      throw .damaged(path: path, problem: "\(error)")
    }
  }

  /// Whether the file at `path` holds a checkpoint with its training images.
  public static func isTaught(path: String) -> Bool {
    (try? ArrayFile(path: path))?.metadata[key] != nil
  }
}

extension Learned {
  /// Returns the network with the learned last layer, under `name`.
  func checkpoint(named name: String) throws(CheckpointError) -> Checkpoint {
    let digest = try network.withoutClassifier().digest()
    let accuracy = result.accuracy.map {
      Checkpoint.MeasuredAccuracy(
        resolution: resolution, top1: $0 * 100, top5: result.evaluation.share(top: 5) * 100)
    }
    let ids = result.labels.map { wordNetIDs[$0] ?? "" }
    return try network.replacing(
      name: name, resolution: resolution, classifier: result.classifier, labels: result.labels,
      wordNetIDs: ids.allSatisfy(\.isEmpty) ? [] : ids,
      accuracy: accuracy.map { [$0] } ?? [],
      provenance: report.provenance(backbone: digest, date: .now))
  }
}
