import CKernels

extension CKIntegerProduct {
  /// Computes the matrix product of integers in plain Swift, four rows by eight columns at a time.
  func runPortable() {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 32) { sums in
      guard let sums = sums.baseAddress else { return }
      for row in stride(from: 0, to: rows, by: 4) { tile(row, sums) }
    }
  }

  private func tile(_ row: Int, _ sums: UnsafeMutablePointer<Int32>) {
    let rows = min(4, rows - row)
    for index in 0..<rows {
      let offset = offsets?[row + index] ?? 0
      for column in 0..<8 { sums[8 * index + column] = scaling.portableBias(column) &+ offset }
    }
    let values = input.assumingMemoryBound(to: Int16.self) + row * inputStride
    var weights = panel.assumingMemoryBound(to: Int16.self)
    for segment in 0..<segments {
      for k in segment * segmentStride..<segment * segmentStride + steps {
        for index in 0..<rows {
          let (value, sums) = (Int32(values[index * inputStride + k]), sums + 8 * index)
          for column in 0..<8 { sums[column] &+= Int32(weights[column]) &* value }
        }
        weights += 8
      }
    }
    for index in 0..<rows {
      let bytes = output + (row + index) * outputStride
      for column in 0..<columns {
        bytes[column] = UInt8(scaling.portableByte(sums[8 * index + column], column, range))
      }
    }
  }
}

/// The scaling of two registers of four sums, whose eight channels are in order.
extension UnsafePointer<Int32> {
  /// Returns the bias of a channel.
  @inline(__always) func portableBias(_ channel: Int) -> Int32 {
    self[channel / 4 * 28 + channel % 4]
  }

  /// Returns the output byte for the sum of a channel.
  @inline(__always) func portableByte(_ sum: Int32, _ channel: Int, _ range: CKByteRange) -> Int {
    let register = self + channel / 4 * 28
    let factor = Requantization(
      multiplier: register[4 + channel % 4], exponent: -Int(register[8 + channel % 4]),
      roundsOnce: range.roundsOnce)
    let byte = factor(sum) + Int(range.zero)
    return Swift.min(Swift.max(byte, Int(range.floor)), Int(range.ceiling))
  }
}
