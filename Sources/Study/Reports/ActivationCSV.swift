import Tensors

/// A tensor as comma-separated values, a line per value.
public enum ActivationCSV {
  /// Returns the header `row,column,channel,value` and a line per value, row by row and channels last.
  public static func text(of tensor: Tensor) -> String {
    let shape = tensor.shape
    var text = "row,column,channel,value\n"
    text.reserveCapacity(24 * (shape.count + 1))
    tensor.withUnsafeBufferPointer { values in
      for (index, value) in values.enumerated() {
        let (place, channel) = index.quotientAndRemainder(dividingBy: shape.channels)
        let (row, column) = place.quotientAndRemainder(dividingBy: shape.width)
        text += "\(row),\(column),\(channel),\(NumberText.exact(value))\n"
      }
    }
    return text
  }
}
