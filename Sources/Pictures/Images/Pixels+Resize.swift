extension Pixels {
  /// Resizes the part in `box`, or all of it without one, to `width` × `height`.
  ///
  /// The filter is antialiased bilinear, with the same numbers as
  /// `Image.resize(…, BILINEAR, box=…)` of Pillow: rows first, rounded to 8 bits, then columns.
  /// `box` is clipped to the picture; a box outside of it becomes the nearest edge. Takes memory
  /// for the result and for the source rows of one result row, already resized to the result's
  /// width.
  public func resized(width: Int, height: Int, box: Box? = nil) -> Pixels {
    precondition(width > 0 && height > 0)
    let box = Box(
      left: 0, top: 0, right: Double(self.width), bottom: Double(self.height)
    ).intersected(with: box)
    let across = ResamplingWeights(
      sourceCount: self.width, from: box.left, to: box.right, targetCount: width)
    let down = ResamplingWeights(
      sourceCount: self.height, from: box.top, to: box.bottom, targetCount: height)

    // The source rows of a result row, resized to `width`; source row n is at index n modulo
    // `kept`.
    let line = 3 * width
    let kept = down.sources.reduce(1) { max($0, $1.count) }
    var rows = [UInt8](repeating: 0, count: kept * line)
    var next = down.sources[0].lowerBound
    var sums = [Int32](repeating: 0, count: line)
    let bytes = [UInt8](unsafeUninitializedCapacity: line * height) { target, count in
      for y in 0..<height {
        let sources = down.sources[y]
        next = max(next, sources.lowerBound)
        while next < sources.upperBound {
          resizeRow(next, by: across, into: &rows, at: next % kept * line)
          next += 1
        }
        sums.add(
          rows, weights: down.weights[down.starts[y]..<down.starts[y] + sources.count],
          firstRow: sources.lowerBound, kept: kept)
        sums.values(into: UnsafeMutableBufferPointer(rebasing: target[y * line..<(y + 1) * line]))
      }
      count = line * height
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  private func resizeRow(
    _ y: Int, by across: ResamplingWeights, into rows: inout [UInt8], at first: Int
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      rows.withUnsafeMutableBufferPointer { rows in
        across.weights.withUnsafeBufferPointer { weights in
          for (x, sources) in across.sources.enumerated() {
            var (red, green, blue): (Int32, Int32, Int32) = (0, 0, 0)
            var source = 3 * (y * width + sources.lowerBound)
            let start = across.starts[x]
            for place in start..<start + sources.count {
              let weight = weights[place]
              red &+= weight &* Int32(bytes[source])
              green &+= weight &* Int32(bytes[source + 1])
              blue &+= weight &* Int32(bytes[source + 2])
              source += 3
            }
            rows[first + 3 * x] = ResamplingWeights.value(of: red)
            rows[first + 3 * x + 1] = ResamplingWeights.value(of: green)
            rows[first + 3 * x + 2] = ResamplingWeights.value(of: blue)
          }
        }
      }
    }
  }
}

extension [Int32] {
  /// Replaces these sums with those of some rows, each times its weight.
  fileprivate mutating func add(
    _ rows: [UInt8], weights: ArraySlice<Int32>, firstRow: Int, kept: Int
  ) {
    withUnsafeMutableBufferPointer { sums in
      rows.withUnsafeBufferPointer { rows in
        sums.update(repeating: 0)
        for (row, weight) in zip(firstRow..., weights) {
          let start = row % kept * sums.count
          // In a slice from its own start, a row has no index that could overflow, so the compiler
          // vectorises the loop.
          let row = UnsafeBufferPointer(rebasing: rows[start..<start + sums.count])
          for place in 0..<sums.count { sums[place] &+= weight &* Int32(row[place]) }
        }
      }
    }
  }

  /// Writes the values 0…255 of these sums.
  fileprivate func values(into target: UnsafeMutableBufferPointer<UInt8>) {
    withUnsafeBufferPointer { sums in
      for place in 0..<sums.count { target[place] = ResamplingWeights.value(of: sums[place]) }
    }
  }
}

extension Box {
  /// Returns the intersection of both boxes; never empty, and never outside of this box.
  fileprivate func intersected(with other: Box?) -> Box {
    guard let other else { return self }
    // A billionth of a pixel keeps the weights finite. `minimum` and `maximum` drop NaN.
    let least = 1e-9
    let left = Double.minimum(.maximum(other.left, left), right - least)
    let top = Double.minimum(.maximum(other.top, top), bottom - least)
    return Box(
      left: left, top: top,
      right: .minimum(.maximum(other.right, left + least), right),
      bottom: .minimum(.maximum(other.bottom, top + least), bottom))
  }
}
