extension DepthwiseRow {
  /// One row of a depthwise layer in plain Swift, four channels to a register.
  func runPortable() {
    for group in firstGroup..<firstGroup + groups {
      let channel = group * 4
      let used = min(4, channels - channel)
      for x in 0..<outputWidth {
        let left = x * stride - before
        let isInside = left >= 0 && left + 3 <= inputWidth
        let value =
          used == 4 && isInside
          ? fourChannels(left: left, channel: channel, weights: weights + group * 40)
          : atTheEdge(left: left, channel: channel, used: used, weights: weights + group * 40)
        write(clamp(value, floor, ceiling), x: x, channel: channel, used: used)
      }
    }
  }

  @inline(__always)
  private func fourChannels(
    left: Int, channel: Int, weights: UnsafePointer<Float>
  ) -> SIMD4<Float> {
    let first = left * channels + channel
    var value = load(weights)
    for column in 0..<3 {
      let place = first + column * channels
      value = sum(value, load(rows.0 + place), times: load(weights + (1 + column) * 4))
      value = sum(value, load(rows.1 + place), times: load(weights + (4 + column) * 4))
      value = sum(value, load(rows.2 + place), times: load(weights + (7 + column) * 4))
    }
    return value
  }

  /// The same sum in the same order, but only of places and channels that are there.
  private func atTheEdge(
    left: Int, channel: Int, used: Int, weights: UnsafePointer<Float>
  ) -> SIMD4<Float> {
    func part(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
      var values = SIMD4<Float>.zero
      for lane in 0..<used { values[lane] = pointer[lane] }
      return values
    }
    var value = load(weights)
    for column in 0..<3 where 0..<inputWidth ~= left + column {
      let place = (left + column) * channels + channel
      value = sum(value, part(rows.0 + place), times: load(weights + (1 + column) * 4))
      value = sum(value, part(rows.1 + place), times: load(weights + (4 + column) * 4))
      value = sum(value, part(rows.2 + place), times: load(weights + (7 + column) * 4))
    }
    return value
  }

  @inline(__always)
  private func load(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private func write(_ value: SIMD4<Float>, x: Int, channel: Int, used: Int) {
    let output = output + x * outputStride + channel
    if used == 4 {
      UnsafeMutableRawPointer(output).storeBytes(of: value, as: SIMD4<Float>.self)
    } else {
      for lane in 0..<used { output[lane] = value[lane] }
    }
  }
}
