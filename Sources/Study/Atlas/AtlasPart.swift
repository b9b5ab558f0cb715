import Checkpoints
import Files
import Foundation
import MobileNet

/// The file of an unfinished run, or of a shard: its plan and its sums.
///
/// It is a safetensors file with the plan as JSON in its metadata.
enum AtlasPart {
  static let format = "mobilenet-explorer atlas part"
  private static let version = "2"

  /// Writes `sums` of `plan` to `path`, followed by the `values` of this shard's images, if any.
  static func write(
    _ plan: AtlasPlan, _ sums: AtlasSums, values: ImageValues?, to path: String
  ) throws(AtlasError) {
    let share = plan.share
    let (channels, top) = (sums.channels, sums.top)
    var entries: [ArrayFile.Entry] = [
      ArrayFile.Entry("flags", .int32, [plan.images.count]),
      ArrayFile.Entry("top.value", .float32, [channels, top]),
      ArrayFile.Entry("top.image", .int32, [channels, top]),
      ArrayFile.Entry("top.place", .int32, [channels, top]),
      ArrayFile.Entry("zeros", .int64, [channels]),
      ArrayFile.Entry("histograms", .int32, [channels, Histogram.bins]),
      ArrayFile.Entry("class.sums", .int64, [sums.classes, channels]),
      ArrayFile.Entry("class.counts", .int64, [sums.classes]),
    ]
    for name in ["means", "mean.squares", "squares"] {
      entries.append(ArrayFile.Entry("\(name).whole", .int64, [channels]))
      entries.append(ArrayFile.Entry("\(name).rest", .int64, [channels]))
    }
    if values != nil {
      entries.append(ArrayFile.Entry("values", .float32, [share.count, channels]))
    }
    do {
      let json = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
      try ArrayFile.write(
        entries, metadata: ["format": format, "version": version, "plan": json], to: path
      ) { append in
        let flags = zip(sums.seen, sums.skipped).map { Int32(($0 ? 1 : 0) + ($1 ? 2 : 0)) }
        try flags.withUnsafeBytes(append)
        try sums.topValues.withUnsafeBytes(append)
        try sums.topImages.withUnsafeBytes(append)
        try sums.topPlaces.withUnsafeBytes(append)
        try sums.zeros.withUnsafeBytes(append)
        try sums.histograms.withUnsafeBytes(append)
        try sums.classMeans.withUnsafeBytes(append)
        try sums.classCounts.withUnsafeBytes(append)
        for sum in [sums.means, sums.meanSquares, sums.squares] {
          try sum.whole.withUnsafeBytes(append)
          try sum.rest.withUnsafeBytes(append)
        }
        if let values {
          for image in share { try values.row(image).withUnsafeBytes(append) }
        }
      }
    } catch let error as AtlasError {
      throw error
    } catch {
      throw .unwritable(
        path, reason: (error as? CheckpointFileError).map { "\($0.reason)" } ?? error.reason)
    }
  }

  /// Returns the plan in `file`, which is at `path`.
  static func plan(of file: ArrayFile, at path: String) throws(AtlasError) -> AtlasPlan {
    guard file.metadata["format"] == format, file.metadata["version"] == version,
      let json = file.metadata["plan"]
    else { throw .kind(path, expected: "a part of an atlas") }
    guard let plan = try? JSONDecoder().decode(AtlasPlan.self, from: Data(json.utf8)), plan.isSound
    else { throw .kind(path, expected: "a sound part of an atlas") }
    return plan
  }

  /// Reads the plan and the sums in the file at `path`.
  static func read(_ path: String) throws(AtlasError) -> (plan: AtlasPlan, sums: AtlasSums) {
    do {
      let file = try ArrayFile(path: path)
      let plan = try plan(of: file, at: path)
      var sums = AtlasSums(plan)
      let (channels, top) = (sums.channels, sums.top)
      let flags: [Int32] = try file.numbers("flags", shape: [plan.images.count])
      sums.seen = flags.map { $0 & 1 != 0 }
      sums.skipped = flags.map { $0 & 2 != 0 }
      sums.topValues = try file.numbers("top.value", shape: [channels, top])
      sums.topImages = try file.numbers("top.image", shape: [channels, top])
      sums.topPlaces = try file.numbers("top.place", shape: [channels, top])
      sums.zeros = try file.numbers("zeros", shape: [channels])
      sums.histograms = try file.numbers("histograms", shape: [channels, Histogram.bins])
      sums.classMeans = try file.numbers("class.sums", shape: [sums.classes, channels])
      sums.classCounts = try file.numbers("class.counts", shape: [sums.classes])
      func fixedPoint(_ name: String) throws -> FixedPointSums {
        var sum = FixedPointSums(count: channels)
        sum.whole = try file.numbers("\(name).whole", shape: [channels])
        sum.rest = try file.numbers("\(name).rest", shape: [channels])
        return sum
      }
      sums.means = try fixedPoint("means")
      sums.meanSquares = try fixedPoint("mean.squares")
      sums.squares = try fixedPoint("squares")
      guard sums.topImages.allSatisfy({ -1..<plan.images.count ~= Int($0) }) else {
        throw AtlasError.kind(path, expected: "a sound part of an atlas")
      }
      return (plan, sums)
    } catch let error as AtlasError {
      throw error
    } catch let error as CheckpointFileError {
      throw AtlasError(opening: path, error, expected: "a sound part of an atlas")
    } catch {
      throw .kind(path, expected: "a sound part of an atlas")
    }
  }
}

extension AtlasPlan {
  /// Whether the numbers fit each other; those of a file may be anything.
  var isSound: Bool {
    0..<shards ~= shard && shards <= 1 << 20 && 1...1024 ~= top
      && layers.areSound(at: resolution, top: top)
      && labels.count == (classes.isEmpty ? 0 : images.count)
      && labels.allSatisfy { classes.indices.contains($0) }
  }
}

extension [AtlasPlan.LayerEntry] {
  /// Whether a file may have such layers, with `top` images for each channel.
  func areSound(at resolution: Resolution, top: Int) -> Bool {
    resolution.isAllowed && 1...256 ~= count && allSatisfy(\.isSound)
      && reduce(0) { $0 + $1.channels } * top <= 1 << 25
  }
}

extension AtlasPlan.LayerEntry {
  fileprivate var isSound: Bool {
    let most = 1 << 20
    return 1...4096 ~= height && 1...4096 ~= width && 1...1 << 16 ~= channels
      && 0...most ~= fieldSide && 0...most ~= fieldStep
      && [fieldStart, fieldStartColumn ?? 0].allSatisfy { -most...most ~= $0 }
  }
}
