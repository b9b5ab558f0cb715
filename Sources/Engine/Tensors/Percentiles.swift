extension [Float] {
  /// The range of the values from the first to the 99th percentile.
  ///
  /// It is the whole range if both percentiles are equal, and 0…0 without finite values. Values
  /// that are not finite do not count; very many values are sampled.
  public var spread: ClosedRange<Float> {
    var finite = finiteSample
    guard !finite.isEmpty else { return 0...0 }
    let hundredth = (finite.count - 1) / 100
    let (low, high) = finite.withUnsafeMutableBufferPointer { values in
      (values.select(hundredth), values.select(values.count - 1 - hundredth, from: hundredth))
    }
    guard low >= high else { return low...high }
    return (finite.min() ?? low)...(finite.max() ?? high)
  }

  /// The finite values; of very many, an evenly spaced sample.
  private var finiteSample: [Float] {
    let most = 1 << 14
    let finite = count { $0.isFinite }
    // Odd, so that no columns are missed: the length of a row is mostly even.
    let step = finite > most ? finite / most | 1 : 1
    guard step > 1 else { return finite == self.count ? self : filter(\.isFinite) }
    var sample: [Float] = []
    sample.reserveCapacity(finite / step + 1)
    var passed = 0
    for value in self where value.isFinite {
      if passed % step == 0 { sample.append(value) }
      passed += 1
    }
    return sample
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Returns the value that sorting would put at `rank` (Hoare, "Algorithm 65: Find", 1961); no value
  /// before `first` is larger than one behind it.
  ///
  /// Sorting would take much longer, which a person would feel: every picture of a channel needs
  /// two ranks.
  fileprivate func select(_ rank: Int, from first: Int = 0) -> Float {
    var (low, high) = (first, count - 1)
    while low < high {
      let pivot = self[rank]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while pivot < self[right] { right -= 1 }
        guard left <= right else { break }
        swapAt(left, right)
        left += 1
        right -= 1
      }
      if right < rank { low = left }
      if rank < left { high = right }
    }
    return self[rank]
  }
}

extension Tensor {
  /// The range of the values from the first to the 99th percentile.
  public var spread: ClosedRange<Float> {
    withUnsafeBufferPointer { values in
      // An odd step reaches every channel, because their number is mostly a power of two.
      stride(from: 0, to: values.count, by: Swift.max(1, values.count >> 14) | 1).map { values[$0] }
    }.spread
  }
}
