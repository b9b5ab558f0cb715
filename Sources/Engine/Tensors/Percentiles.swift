extension Sequence<Float> {
  /// The values between which all lie but for the hundredth part at either end.
  ///
  /// They are the smallest and the largest if those are the same, and zeros of none. Values that are
  /// not finite do not count; of very many a part is looked at.
  public var spread: ClosedRange<Float> {
    var finite = filter(\.isFinite)
    let most = 1 << 14
    if finite.count > most {
      // No multiple of a row's length, so that no column is left out.
      let step = finite.count / most | 1
      finite = stride(from: 0, to: finite.count, by: step).map { finite[$0] }
    }
    finite.sort()
    guard let first = finite.first, let last = finite.last else { return 0...0 }
    let hundredth = (finite.count - 1) / 100
    let (low, high) = (finite[hundredth], finite[finite.count - 1 - hundredth])
    return low < high ? low...high : first...last
  }
}

extension Tensor {
  /// The values between which all lie but for the hundredth part at either end.
  public var spread: ClosedRange<Float> {
    withUnsafeBufferPointer { values in
      // No multiple of the channels' number, so that every channel is looked at.
      stride(from: 0, to: values.count, by: max(1, values.count >> 14) | 1).map { values[$0] }
    }.spread
  }
}
