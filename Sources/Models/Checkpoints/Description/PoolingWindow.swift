import MobileNet

/// The window of an average pooling, which has to cover the whole last map.
struct PoolingWindow: Hashable, Sendable {
  /// The number of rows.
  let height: Int
  /// The number of columns.
  let width: Int
  /// The distances between windows, down and across.
  var strides = [1, 1]
  /// Whether places outside of the map count.
  var isPadded = false
  /// Whether the window may reach over the border, as with TensorFlow's SAME.
  var isSame = false

  /// Whether pooling a map of this size gives the mean of the whole map.
  func covers(_ map: Resolution) -> Bool {
    let isWhole = height == map.height && width == map.width && !isPadded
    return isWhole && (!isSame || zip(strides, [height, width]).allSatisfy { $0 >= $1 })
  }

  /// The window in words, for an error.
  var summary: String {
    "average pooling by \(height)×\(width)" + (isPadded ? " with padding" : "")
  }
}
