import Checkpoints
import Files
import Foundation

/// Merges the shards of an atlas.
public enum AtlasMerge {
  /// Merges the shards at `parts` into an atlas at `output`, which equals that of a single run,
  /// byte for byte.
  ///
  /// Throws an `AtlasError` unless each shard is given once.
  public static func merge(_ parts: [String], to output: String) throws(AtlasError) {
    var plan: AtlasPlan?
    var sums: AtlasSums?
    var values: ImageValues?
    var counts: [Int] = []
    let valuesPath = output + ".values"
    defer { unlink(FileName.bytes(of: valuesPath)) }
    for path in parts {
      let part = try AtlasPart.read(path)
      if let plan, let difference = plan.difference(from: part.plan) {
        throw .another(path, difference: difference)
      }
      let share = part.plan.share
      let done = share.count { part.sums.seen[$0] }
      guard done == share.count else { throw .unfinished(path, done: done, of: share.count) }
      if plan == nil {
        plan = part.plan
        counts = [Int](repeating: 0, count: part.plan.shards)
        if part.plan.needsValues {
          values = try ImageValues(valuesPath, channels: part.plan.channels)
        }
      }
      counts[part.plan.shard] += 1
      guard counts[part.plan.shard] == 1 else { continue }
      if let values { try AtlasPart.copyValues(path, part.plan, to: values) }
      if sums == nil { sums = part.sums } else { sums?.add(part.sums) }
    }
    guard let plan, let sums else { return }
    let numbers = counts.indices.map { $0 + 1 }
    let missing = numbers.filter { counts[$0 - 1] == 0 }
    let twice = numbers.filter { counts[$0 - 1] > 1 }
    guard missing.isEmpty, twice.isEmpty else {
      throw .shards(missing: missing, twice: twice, of: counts.count)
    }
    try Atlas.write(plan.whole, sums, values: values, to: output)
  }
}

extension AtlasPart {
  /// Copies the values of a shard's images to their rows among those of all images.
  static func copyValues(
    _ path: String, _ plan: AtlasPlan, to values: ImageValues
  ) throws(AtlasError) {
    let share = plan.share
    guard !share.isEmpty else { return }
    do {
      let file = try ArrayFile(path: path)
      let width = plan.channels
      for (row, image) in share.enumerated() {
        let numbers: [Float] = try file.row(row, of: "values", shape: [share.count, width])
        try values.set(image, numbers)
      }
    } catch let error as AtlasError {
      throw error
    } catch {
      throw .unreadable(path, reason: "\(error)")
    }
  }
}
