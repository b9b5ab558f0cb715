import Images

/// Resizes one plane of a frame.
///
/// Columns come first: adding up whole rows of the source suits vector units best, and leaves the
/// walk along a row to the few rows of the result. Nothing is rounded in between.
struct PlaneScaler: Sendable {
  private let plane: FrameFormat.Plane
  private let rows: Filter
  private let columns: Filter

  /// The source samples of each sample of the result, with their weights.
  private struct Filter {
    let sources: [Range<Int>]
    let starts: [Int]
    let weights: [Float]

    init(_ exact: ResamplingWeights) {
      sources = exact.sources
      starts = exact.starts
      weights = exact.weights.map { Float($0) / Float(ResamplingWeights.one) }
    }
  }

  init(_ plane: FrameFormat.Plane, columns: ResamplingWeights, rows: ResamplingWeights) {
    self.plane = plane
    self.columns = Filter(columns)
    self.rows = Filter(rows)
  }

  /// Returns the scaled samples of the plane in the `bytes` of a frame.
  func scaled(_ bytes: [UInt8]) -> [UInt8] {
    let channels = plane.channels
    // Only the columns that the result needs are added up.
    let first = (columns.sources.first?.lowerBound ?? 0) * channels
    let last = (columns.sources.last?.upperBound ?? 0) * channels
    let width = columns.sources.count * channels
    var sums = [Float](repeating: 0, count: last - first)
    return bytes.withUnsafeBufferPointer { bytes in
      [UInt8](unsafeUninitializedCapacity: width * rows.sources.count) { result, count in
        for (target, sources) in rows.sources.enumerated() {
          sums.withUnsafeMutableBufferPointer { sums in
            sums.update(repeating: 0)
            for (offset, y) in sources.enumerated() {
              let start = plane.offset + y * plane.width * channels
              let row = UnsafeBufferPointer(rebasing: bytes[start + first..<start + last])
              Self.add(row, times: rows.weights[rows.starts[target] + offset], to: sums)
            }
            let row = UnsafeMutableBufferPointer(
              rebasing: result[target * width..<(target + 1) * width])
            walk(UnsafeBufferPointer(sums), from: first, into: row)
          }
        }
        count = width * rows.sources.count
      }
    }
  }

  private static func add(
    _ row: UnsafeBufferPointer<UInt8>, times weight: Float,
    to sums: UnsafeMutableBufferPointer<Float>
  ) {
    guard let row = row.baseAddress, let to = sums.baseAddress else { return }
    for x in 0..<sums.count { to[x] += Float(row[x]) * weight }
  }

  /// Filters a row of sums, whose first is value `first` of the source's row.
  private func walk(
    _ sums: UnsafeBufferPointer<Float>, from first: Int,
    into row: UnsafeMutableBufferPointer<UInt8>
  ) {
    let channels = plane.channels
    columns.weights.withUnsafeBufferPointer { weights in
      for (x, sources) in columns.sources.enumerated() {
        let start = columns.starts[x]
        for channel in 0..<channels {
          var sum: Float = 0.5
          var source = sources.lowerBound * channels + channel - first
          for place in start..<start + sources.count {
            sum += weights[place] * sums[source]
            source += channels
          }
          row[x * channels + channel] = UInt8(max(0, min(sum, 255)))
        }
      }
    }
  }
}
