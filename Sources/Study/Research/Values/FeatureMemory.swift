import Foundation
import Learning
import MobileNet
import Synchronization

/// Remembers the features of pictures, so that each goes through a network once.
///
/// The memory only saves time, so that any two are equal.
public final class FeatureMemory: Hashable, Sendable {
  /// A network up to its last layer.
  private struct Backbone {
    let number: Int
    let checkpoint: Checkpoint
    let resolution: Resolution

    var width: Int {
      checkpoint.architecture.layers(resolution: resolution).last?.output.channels ?? 0
    }
  }

  private struct Key: Hashable {
    let backbone: Int
    let path: String
  }

  private struct Kept {
    /// The model used last, and its backbone.
    var model: (number: Int, backbone: Backbone)?
    var outcomes: [Key: FeatureExtraction.Outcome] = [:]
  }

  private let kept = Mutex(Kept())
  private let isMirrored: Bool

  /// Creates an empty memory; `mirrored` adds the features of mirror images.
  public init(mirrored: Bool) { isMirrored = mirrored }

  /// Returns true.
  public static func == (first: FeatureMemory, second: FeatureMemory) -> Bool { true }

  /// Hashes nothing.
  public func hash(into hasher: inout Hasher) {}

  /// Returns the backbone that computes the features of `model`; networks that differ only in the
  /// last layer share one.
  private func backbone(of model: Numbered<Model>) throws -> Backbone {
    let last = kept.withLock { $0.model }
    if let last, last.number == model.number { return last.backbone }
    let checkpoint = try model.checkpoint.withoutClassifier()
    let same = last.map(\.backbone).flatMap {
      $0.resolution == model.resolution
        && $0.checkpoint.computesTheSame(as: checkpoint) ? $0 : nil
    }
    let found =
      same
      ?? Backbone(number: model.number, checkpoint: checkpoint, resolution: model.resolution)
    kept.withLock { kept in
      kept.model = (model.number, found)
      kept.outcomes = kept.outcomes.filter { $0.key.backbone == found.number }
    }
    return found
  }

  /// Returns an empty table for features of `model`, and the outcome for each of the pictures at
  /// `paths`; `progress` receives the number of pictures done and stops the work by throwing.
  func features(
    of paths: [String], _ model: Numbered<Model>, threads: Int?, progress: (Int) throws -> Void
  ) throws -> (table: FeatureTable, outcomes: [String: FeatureExtraction.Outcome]) {
    let backbone = try backbone(of: model)
    func key(_ path: String) -> Key { Key(backbone: backbone.number, path: path) }
    var outcomes = kept.withLock { kept in
      paths.reduce(into: [:]) { $0[$1] = kept.outcomes[key($1)] }
    }
    let missing = paths.filter { outcomes[$0] == nil }
    let table = FeatureTable(width: backbone.width, views: isMirrored ? 2 : 1)
    guard !missing.isEmpty else { return (table, outcomes) }
    // Its networks are as large as the one that is explored: they go with this work.
    let extraction = try FeatureExtraction(
      backbone.checkpoint, resolution: backbone.resolution, mirrored: isMirrored,
      threads: threads ?? Network.defaultImageThreads)
    let part = 8
    for start in stride(from: 0, to: missing.count, by: part) {
      try progress(paths.count - missing.count + start)
      let some = Array(missing[start..<min(start + part, missing.count)])
      for (path, outcome) in zip(some, extraction.features(of: some)) {
        outcomes[path] = outcome
        // A picture that could not be read may exist next time.
        guard case .success = outcome else { continue }
        kept.withLock { $0.outcomes[key(path)] = outcome }
      }
    }
    return (table, outcomes)
  }
}

extension Checkpoint {
  /// Whether `other` computes the same features of every image.
  fileprivate func computesTheSame(as other: Checkpoint) -> Bool {
    architecture == other.architecture && preprocessing == other.preprocessing
      && architecture.layers(resolution: 224).allSatisfy {
        let (own, others) = (weights(of: $0), other.weights(of: $0))
        return own?.weights == others?.weights && own?.biases == others?.biases
      }
  }
}
