import MobileNet

extension Resolution {
  /// Reads the resolution from a shape of rows, columns and channels; nil where a size is open,
  /// which is 0 or less.
  ///
  /// The axis of one or three is that of the channels: the last, as in TensorFlow, or the first.
  init?(shape: some Collection<Int>) {
    let axes = Array(shape)
    guard axes.count == 3 else { return nil }
    let isChannelsFirst = [1, 3].contains(axes[0]) && ![1, 3].contains(axes[2])
    let (rows, columns) = isChannelsFirst ? (axes[1], axes[2]) : (axes[0], axes[1])
    guard rows > 0, columns > 0 else { return nil }
    self.init(height: rows, width: columns)
  }

  /// Returns the size after layers with a total stride of `stride`, rounded up.
  func divided(by stride: Int) -> Resolution {
    func part(_ side: Int) -> Int { side / stride + (side.isMultiple(of: stride) ? 0 : 1) }
    return Resolution(height: part(height), width: part(width))
  }
}
