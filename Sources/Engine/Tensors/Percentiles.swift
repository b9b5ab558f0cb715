extension [Float] {
  /// The values between which all lie but for the hundredth part at either end.
  ///
  /// They are the smallest and the largest if those are the same, and zeros of none. Values that are
  /// not finite do not count; of very many a part is looked at.
  public var spread: ClosedRange<Float> {
    var finite = finiteSample
    guard let least = finite.min(), let most = finite.max() else { return 0...0 }
    let hundredth = (finite.count - 1) / 100
    let low = finite.select(hundredth)
    let high = finite.select(finite.count - 1 - hundredth)
    return low < high ? low...high : least...most
  }

  /// The finite values; of very many, every so many-th.
  private var finiteSample: [Float] {
    let most = 1 << 14
    let finite = count { $0.isFinite }
    // No multiple of a row's length, so that no column is left out.
    let step = finite > most ? finite / most | 1 : 1
    var sample: [Float] = []
    sample.reserveCapacity(finite / step + 1)
    var passed = 0
    for value in self where value.isFinite {
      if passed % step == 0 { sample.append(value) }
      passed += 1
    }
    return sample
  }

  /// The value that would stand at `rank` if all were in order (Hoare, "Algorithm 65: Find", 1961).
  ///
  /// Much less work than putting them in order, which is felt: every picture of a channel asks twice.
  private mutating func select(_ rank: Int) -> Float {
    var (low, high) = (0, count - 1)
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
  /// The values between which all lie but for the hundredth part at either end.
  public var spread: ClosedRange<Float> {
    withUnsafeBufferPointer { values in
      // No multiple of the channels' number, so that every channel is looked at.
      stride(from: 0, to: values.count, by: Swift.max(1, values.count >> 14) | 1).map { values[$0] }
    }.spread
  }
}
