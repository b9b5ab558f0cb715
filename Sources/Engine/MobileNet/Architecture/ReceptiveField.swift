import Tensors

/// The part of the network's input that one cell of a layer's output depends on.
///
/// Stride multiplies the distance between neighbouring cells, and each 3×3 window adds two such
/// distances to the side. The formulas are those of Araujo, Norris and Sim, "Computing Receptive
/// Fields of Convolutional Neural Networks", Distill 2019.
public struct ReceptiveField: Hashable, Sendable {
  /// The side of the square, in input pixels; it may reach beyond the input.
  public let side: Int
  /// The input pixels between neighbouring cells.
  public let step: Int
  /// The padding that cell 0 sees outside of the input, in input pixels.
  public let before: Margin
  /// The shape of the input.
  public let input: Shape

  /// Returns the rows of the input that the cells of row `index` see, without those outside of the
  /// input.
  public func rows(_ index: Int) -> Range<Int> {
    range(from: index * step - before.above, within: input.height)
  }

  /// Returns the columns of the input that the cells of column `index` see, without those outside
  /// of the input.
  public func columns(_ index: Int) -> Range<Int> {
    range(from: index * step - before.left, within: input.width)
  }

  private func range(from first: Int, within length: Int) -> Range<Int> {
    let lower = min(max(first, 0), length)
    return lower..<max(lower, min(first + side, length))
  }
}

extension [Layer] {
  /// Returns the receptive field of every layer of a chain, in order.
  public func receptiveFields() -> [ReceptiveField] {
    let input = first?.input ?? Shape(side: 0, channels: 0)
    var side = 1
    var step = 1
    var (above, left) = (0, 0)
    return map { layer in
      let window = layer.window
      above += window.before.above * step
      left += window.before.left * step
      side += (window.side - 1) * step
      step *= window.stride
      return ReceptiveField(
        side: side, step: step, before: Margin(above: above, left: left), input: input)
    }
  }
}
