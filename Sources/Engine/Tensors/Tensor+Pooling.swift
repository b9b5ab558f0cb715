extension Tensor {
  /// Returns the mean of every channel over parts of the picture: one value for each range of rows
  /// and each range of columns.
  ///
  /// The channels of a place lie side by side, so one pass over the places for all channels is many
  /// times faster than one pass for each channel.
  public func means(rows: [Range<Int>], columns: [Range<Int>]) -> Tensor {
    let count = shape.channels
    var means = [Float](repeating: 0, count: rows.count * columns.count * count)
    withUnsafeBufferPointer { values in
      means.withUnsafeMutableBufferPointer { means in
        for (y, rowRange) in rows.enumerated() {
          for (x, columnRange) in columns.enumerated() {
            let first = (y * columns.count + x) * count
            for row in rowRange {
              for column in columnRange {
                let place = (row * shape.width + column) * count
                for channel in 0..<count { means[first + channel] += values[place + channel] }
              }
            }
            let factor = 1 / Float(rowRange.count * columnRange.count)
            for channel in 0..<count { means[first + channel] *= factor }
          }
        }
      }
    }
    return Tensor(
      shape: Shape(height: rows.count, width: columns.count, channels: count), values: means)
  }

  /// Returns the share of each channel's values that are at least `limit`, 0…1.
  public func shares(notBelow limit: Float) -> [Double] {
    let count = shape.channels
    var counts = [Int32](repeating: 0, count: count)
    withUnsafeBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        for place in 0..<shape.places {
          for channel in 0..<count {
            counts[channel] &+= values[place * count + channel] >= limit ? 1 : 0
          }
        }
      }
    }
    return counts.map { Double($0) / Double(shape.places) }
  }
}
