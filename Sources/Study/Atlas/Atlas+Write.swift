import Checkpoints
import Files
import Foundation
import Kernels

extension Atlas {
  /// Writes the atlas made from the `sums` of the whole `plan`; `values` are the channels' means on
  /// each image, if the plan needs them.
  static func write(
    _ plan: AtlasPlan, _ sums: AtlasSums, values: ImageValues?, to path: String
  ) throws(AtlasError) {
    let used = plan.images.indices.filter { sums.seen[$0] && !sums.skipped[$0] }
    guard !used.isEmpty else { throw .nothing(path, images: plan.images.count) }
    let separations: [Separation?] =
      if let values, !plan.classes.isEmpty {
        try Separation.all(
          values, images: used, labels: plan.labels, classes: sums.classes, channels: sums.channels)
      } else {
        []
      }
    let summary = Summary(
      network: plan.network, digest: plan.digest, resolution: plan.resolution, layers: plan.layers,
      top: plan.top, images: plan.images, skipped: plan.images.indices.filter { sums.skipped[$0] },
      classes: plan.classes, labels: plan.labels)
    let arrays = zip(plan.layers, plan.firstChannels).flatMap { layer, first in
      self.arrays(
        layer, first..<first + layer.channels, sums, images: used.count, separations)
    }
    try write(
      summary, arrays, images: used.count, means: plan.keepsMeans ? values : nil, to: path)
  }

  /// Writes the same atlas without data on single images: no paths, no places in them, no largest
  /// values of channels, and of the classes' means only which are largest.
  public func writeWithoutImages(to path: String) throws(AtlasError) {
    let summary = Summary(
      network: summary.network, digest: summary.digest, resolution: summary.resolution,
      layers: summary.layers, top: 0, images: [], skipped: [], classes: summary.classes, labels: [])
    var arrays: [Written] = []
    for layer in summary.layers {
      let (name, channels) = (layer.name, try channels(of: layer))
      let count = channels.count
      arrays += [
        Written("\(name).mean", [count], channels.map(\.mean)),
        Written("\(name).deviation", [count], channels.map(\.deviation)),
        Written("\(name).zeros", [count], channels.map(\.zeroShare)),
      ]
      guard !summary.classes.isEmpty else { continue }
      arrays += [
        Written(
          "\(name).class.most", [count, min(Self.mostClasses, summary.classes.count)],
          channels.flatMap { $0.strongest.map { Int32($0) } }),
        Written(
          "\(name).class.best", [count], channels.map { Int32($0.separates?.classIndex ?? -1) }),
        Written("\(name).class.auc", [count], channels.map { Float($0.separates?.area ?? 0) }),
      ]
    }
    try Self.write(summary, arrays, images: imageCount, to: path)
  }

  private static func write(
    _ summary: Summary, _ arrays: [Written], images: Int, means: ImageValues? = nil,
    to path: String
  ) throws(AtlasError) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let json = String(decoding: try encoder.encode(summary), as: UTF8.self)
      let levels = Self.levels.map { "\($0)" }.joined(separator: " ")
      let rows = means == nil ? [] : [summary.meansEntry]
      try ArrayFile.write(
        arrays.map(\.entry) + rows,
        metadata: [
          "format": format, "version": version, "summary": json, "levels": levels,
          "images used": "\(images)",
        ], to: path
      ) { append in
        for array in arrays { try array.bytes.withUnsafeBytes(append) }
        guard let means else { return }
        for image in summary.images.indices {
          try HalfPrecision.bits(of: means.row(image)).withUnsafeBytes(append)
        }
      }
    } catch {
      throw .unwritable(
        path, reason: (error as? CheckpointFileError).map { "\($0.reason)" } ?? error.reason)
    }
  }

  private struct Written {
    let entry: ArrayFile.Entry
    let bytes: [UInt8]

    init(_ name: String, _ shape: [Int], _ numbers: [Float]) {
      entry = ArrayFile.Entry(name, .float32, shape)
      bytes = numbers.withUnsafeBytes { [UInt8]($0) }
    }

    init(_ name: String, _ shape: [Int], _ numbers: [Int32]) {
      entry = ArrayFile.Entry(name, .int32, shape)
      bytes = numbers.withUnsafeBytes { [UInt8]($0) }
    }
  }

  /// Returns the arrays of one layer, whose channels are `range` among all channels.
  private static func arrays(
    _ layer: AtlasPlan.LayerEntry, _ range: Range<Int>, _ sums: AtlasSums, images: Int,
    _ separations: [Separation?]
  ) -> [Written] {
    let (name, count, top) = (layer.name, layer.channels, sums.top)
    let tops = range.lowerBound * top..<range.upperBound * top
    let places = sums.topPlaces[tops]
    let means = range.map { sums.means.mean($0, of: images) }
    let deviations = range.map { channel in
      let mean = sums.means.mean(channel, of: images)
      return max(sums.meanSquares.mean(channel, of: images) - mean * mean, 0).squareRoot()
    }
    let variances = range.map { channel in
      let mean = sums.means.mean(channel, of: images)
      return max(sums.squares.mean(channel, of: images) - mean * mean, 0)
    }
    let values = Double(max(images * layer.height * layer.width, 1))
    var arrays = [
      Written("\(name).top.value", [count, top], [Float](sums.topValues[tops])),
      Written("\(name).top.image", [count, top], [Int32](sums.topImages[tops])),
      Written("\(name).top.row", [count, top], places.map { $0 / Int32(layer.width) }),
      Written("\(name).top.column", [count, top], places.map { $0 % Int32(layer.width) }),
      Written("\(name).mean", [count], means.map { Float($0) }),
      Written("\(name).variance", [count], variances.map { Float($0) }),
      Written("\(name).deviation", [count], deviations.map { Float($0) }),
      Written("\(name).zeros", [count], range.map { Float(Double(sums.zeros[$0]) / values) }),
      Written(
        "\(name).quantiles", [count, levels.count],
        range.flatMap { channel in
          let bins = sums.histograms[channel * Histogram.bins..<(channel + 1) * Histogram.bins]
          return levels.map { Float(Histogram.quantile($0, of: bins)) }
        }),
    ]
    guard sums.classes > 0 else { return arrays }
    arrays += [
      Written(
        "\(name).class.mean", [count, sums.classes],
        range.flatMap { channel in
          (0..<sums.classes).map { index in
            let sum = Double(sums.classMeans[index * sums.channels + channel])
            return Float(
              sum / AtlasSums.classUnit / Double(max(sums.classCounts[index], 1)))
          }
        }),
      Written(
        "\(name).class.best", [count], range.map { Int32(separations[$0]?.classIndex ?? -1) }),
      Written("\(name).class.auc", [count], range.map { Float(separations[$0]?.area ?? 0) }),
    ]
    return arrays
  }
}
