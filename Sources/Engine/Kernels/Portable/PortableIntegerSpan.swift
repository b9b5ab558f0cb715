import CKernels

extension CKIntegerSpan {
  /// Computes one or two rows of a depthwise layer of integers in plain Swift, eight values at a
  /// time.
  func runPortable() {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 8) { sums in
      guard let sums = sums.baseAddress else { return }
      for output in 0..<(isPair ? 2 : 1) {
        for first in stride(from: 0, to: count, by: 8) { eight(first, output, sums) }
      }
    }
  }

  private func eight(_ first: Int, _ output: Int, _ sums: UnsafeMutablePointer<Int32>) {
    let block = first / 8 % blocks
    let scaling = scaling + block * 56
    for index in 0..<8 { sums[index] = scaling.portableBias(index) }
    for column in 0..<3 {
      add(rows.0, first, column, block, pair: 2 * output, half: 0, to: sums)
      add(rows.1, first, column, block, pair: 2 * output, half: 1, to: sums)
      add(rows.2, first, column, block, pair: 2 * output + 1, half: 0, to: sums)
      add(rows.3, first, column, block, pair: 2 * output + 1, half: 1, to: sums)
    }
    let (bytes, words) = output == 0 ? (bytes.0, words.0) : (bytes.1, words.1)
    for index in 0..<min(8, count - first) {
      let byte = scaling.portableByte(sums[index], index, range)
      bytes?[first + index] = UInt8(byte)
      words?[first + index] = Int16(byte)
    }
  }

  /// Adds the products of one row's values in one column.
  @inline(__always)
  private func add(
    _ row: UnsafeRawPointer, _ first: Int, _ column: Int, _ block: Int, pair: Int, half: Int,
    to sums: UnsafeMutablePointer<Int32>
  ) {
    let values = row.assumingMemoryBound(to: Int16.self) + first + column * channels
    let words = weights.assumingMemoryBound(to: Int16.self) + block * 192
    for register in 0..<2 {
      let pairs = words + ((column * 2 + register) * 4 + pair) * 8 + half
      for lane in 0..<4 {
        sums[4 * register + lane] &+= Int32(pairs[2 * lane]) &* Int32(values[4 * register + lane])
      }
    }
  }
}
