import MobileNet

/// The window of an average pooling, which has to be all of the last map.
struct PoolingWindow: Hashable, Sendable {
  /// Rows of the window.
  let height: Int
  /// Columns of the window.
  let width: Int
  /// The steps between windows, down and across.
  var strides = [1, 1]
  /// Whether places outside of the map are counted.
  var isPadded = false
  /// Whether the window reaches over the border where it has to, as TensorFlow's SAME does.
  var isSame = false

  /// Whether what it makes of a map of that size is the mean of all of it.
  func covers(_ map: Resolution) -> Bool {
    let isWhole = height == map.height && width == map.width && !isPadded
    return isWhole && (!isSame || zip(strides, [height, width]).allSatisfy { $0 >= $1 })
  }

  /// What it is, for an error.
  var summary: String {
    "average pooling by \(height)×\(width)" + (isPadded ? " with padding" : "")
  }
}
