extension DepthwiseRow {
  /// Computes one row of a depthwise layer in plain Swift, four channels to a register.
  func runPortable() {
    // Groups are the inner loop, because their channels lie side by side and a cache line holds
    // four groups.
    for x in 0..<outputWidth {
      let left = x * stride - before
      let columns = max(0, -left)..<min(3, inputWidth - left)
      for group in firstGroup..<firstGroup + groups {
        let used = min(4, channels - group * 4)
        let output = output + x * outputStride + group * 4
        if columns.count == 3, used == 4 {
          let value = clamp(wholeSum(left: left, group: group), floor, ceiling)
          UnsafeMutableRawPointer(output).storeBytes(of: value, as: SIMD4<Float>.self)
        } else {
          let sum = partialSum(left: left, columns, group: group, used: used)
          let value = clamp(sum, floor, ceiling)
          for lane in 0..<used { output[lane] = value[lane] }
        }
      }
    }
  }

  @inline(__always)
  private func wholeSum(left: Int, group: Int) -> SIMD4<Float> {
    let weights = weights + group * 40
    var value = load(weights)
    @inline(__always) func add(_ row: UnsafePointer<Float>, _ weights: UnsafePointer<Float>) {
      let row = row + left * channels + group * 4
      value = sum(value, load(row), times: load(weights))
      value = sum(value, load(row + channels), times: load(weights + 4))
      value = sum(value, load(row + 2 * channels), times: load(weights + 8))
    }
    add(rows.0, weights + 4)
    add(rows.1, weights + 16)
    add(rows.2, weights + 28)
    return value
  }

  /// Returns the same sum in the same order, but only over `columns` and the first `used` channels.
  private func partialSum(
    left: Int, _ columns: Range<Int>, group: Int, used: Int
  ) -> SIMD4<Float> {
    let weights = weights + group * 40
    var value = load(weights)
    func add(_ row: UnsafePointer<Float>, _ weights: UnsafePointer<Float>) {
      for column in columns {
        let input = row + (left + column) * channels + group * 4
        var values = SIMD4<Float>.zero
        if used == 4 { values = load(input) } else { for i in 0..<used { values[i] = input[i] } }
        value = sum(value, values, times: load(weights + column * 4))
      }
    }
    add(rows.0, weights + 4)
    add(rows.1, weights + 16)
    add(rows.2, weights + 28)
    return value
  }

  @inline(__always)
  private func load(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }
}
