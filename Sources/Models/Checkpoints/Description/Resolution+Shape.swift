import MobileNet

extension Resolution {
  /// Takes rows, columns and channels of a shape without its first axis; nil where a size is open,
  /// which is 0 or less.
  ///
  /// The channels are the axis of one or three: the last as in TensorFlow, or the first.
  init?(shape: some Collection<Int>) {
    let axes = Array(shape)
    guard axes.count == 3 else { return nil }
    let isChannelsFirst = [1, 3].contains(axes[0]) && ![1, 3].contains(axes[2])
    let (rows, columns) = isChannelsFirst ? (axes[1], axes[2]) : (axes[0], axes[1])
    guard rows > 0, columns > 0 else { return nil }
    self.init(height: rows, width: columns)
  }

  /// What strides of `stride` in all leave of it, rounded up.
  func divided(by stride: Int) -> Resolution {
    func part(_ side: Int) -> Int { side / stride + (side.isMultiple(of: stride) ? 0 : 1) }
    return Resolution(height: part(height), width: part(width))
  }
}
