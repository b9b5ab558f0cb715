import Tensors

/// The zero padding of stride-2 3×3 layers: the two conventions differ by one row and one column.
///
/// Weights trained under one convention lose accuracy, without an error, in a network that follows
/// the other; so a checkpoint states its own. With stride 1 the two are the same.
public enum Padding: String, Hashable, Sendable, Codable, CaseIterable {
  /// Caffe and PyTorch: one row and column before and one after.
  case symmetric
  /// TensorFlow's SAME: with an even side and stride 2, none before and one after; otherwise as
  /// symmetric.
  case same

  /// The framework that the convention comes from, as people speak of it.
  public var owner: String { self == .symmetric ? "Caffe" : "TensorFlow" }

  /// Returns the rows above and the columns to the left of `input` that a 3×3 layer reads as zeros.
  public func before(stride: Int, _ input: Shape) -> Margin {
    func before(_ length: Int) -> Int {
      self == .same && stride == 2 && length.isMultiple(of: 2) ? 0 : 1
    }
    return Margin(above: before(input.height), left: before(input.width))
  }

  /// The number of rows below and of columns to the right that a 3×3 layer reads as zeros.
  ///
  /// Symmetric padding adds a row below as well, but with stride 2 and an even side no window
  /// reaches it.
  public static let after = 1
}
