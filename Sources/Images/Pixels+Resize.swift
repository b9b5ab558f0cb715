extension Pixels {
  /// The part in `box` (everything, without one), resized to `width` × `height`.
  ///
  /// Antialiased bilinear, the same numbers as Pillow's `Image.resize(…, BILINEAR, box=…)`: rows
  /// first, rounded to 8 bits, then columns. `box` is cut to the picture; of a box that lies outside
  /// of it, the nearest edge is taken. Takes 12 bytes of memory for each pixel of the result,
  /// however large the source is.
  public func resized(width: Int, height: Int, box: Box? = nil) -> Pixels {
    precondition(width > 0 && height > 0)
    let box = Box(
      left: 0, top: 0, right: Double(self.width), bottom: Double(self.height)
    ).intersected(with: box)
    let across = ResamplingWeights(
      sourceCount: self.width, from: box.left, to: box.right, targetCount: width)
    let down = ResamplingWeights(
      sourceCount: self.height, from: box.top, to: box.bottom, targetCount: height)

    var row = [UInt8](repeating: 0, count: 3 * width)
    var sums = [Int32](repeating: 0, count: 3 * width * height)
    // The target rows that the current source row counts in: those two bounds only ever grow.
    var active = 0..<0
    for y in down.sources[0].lowerBound..<down.sources[height - 1].upperBound {
      var (first, last) = (active.lowerBound, active.upperBound)
      while first < height, down.sources[first].upperBound <= y { first += 1 }
      while last < height, down.sources[last].lowerBound <= y { last += 1 }
      active = first..<max(first, last)
      if active.isEmpty { continue }
      resizeRow(y, by: across, into: &row)
      for target in active {
        let weight = down.weights[down.starts[target] + y - down.sources[target].lowerBound]
        sums.add(row, times: weight, at: 3 * width * target)
      }
    }
    return Pixels(width: width, height: height, bytes: sums.map(ResamplingWeights.value))
  }

  private func resizeRow(_ y: Int, by across: ResamplingWeights, into row: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      row.withUnsafeMutableBufferPointer { row in
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
            row[3 * x] = ResamplingWeights.value(of: red)
            row[3 * x + 1] = ResamplingWeights.value(of: green)
            row[3 * x + 2] = ResamplingWeights.value(of: blue)
          }
        }
      }
    }
  }
}

extension [Int32] {
  fileprivate mutating func add(_ row: [UInt8], times weight: Int32, at start: Int) {
    withUnsafeMutableBufferPointer { sums in
      row.withUnsafeBufferPointer { row in
        for place in 0..<row.count {
          sums[start + place] &+= weight &* Int32(row[place])
        }
      }
    }
  }
}

extension Box {
  /// What is inside of both; never empty, and never further outside than the edge.
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
