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

  /// Whether what it makes of a map of `side` × `side` is the mean of all of it.
  func covers(side: Int) -> Bool {
    let isWhole = height == side && width == side && !isPadded
    return isWhole && (!isSame || strides.allSatisfy { $0 >= side })
  }

  /// What it is, for an error.
  var summary: String {
    "average pooling by \(height)×\(width)" + (isPadded ? " with padding" : "")
  }
}
