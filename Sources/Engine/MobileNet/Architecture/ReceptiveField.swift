import Tensors

/// The part of the network's input that one cell of a layer's output can see.
///
/// Stride multiplies the distance between neighbouring cells, and each 3×3 window adds two such
/// distances to the side. The formulas are those of Araujo, Norris and Sim, "Computing Receptive
/// Fields of Convolutional Neural Networks", Distill 2019.
public struct ReceptiveField: Hashable, Sendable {
  /// The side of the square, in input pixels; it may reach beyond the input.
  public let side: Int
  /// The input pixels between neighbouring cells.
  public let step: Int
  /// The first row (and column) that cell 0 sees; negative when padding is seen.
  public let start: Int
  /// The side of the input.
  public let inputSide: Int

  /// The rows of the input that the cells of row `index` see, cut off at its border.
  ///
  /// Because everything is square, the same numbers hold for columns.
  public func range(_ index: Int) -> Range<Int> {
    let first = start + index * step
    let lower = min(max(first, 0), inputSide)
    return lower..<max(lower, min(first + side, inputSide))
  }
}

extension [Layer] {
  /// The receptive field of every layer of a chain, in order.
  public func receptiveFields() -> [ReceptiveField] {
    let inputSide = first?.input.height ?? 0
    var side = 1
    var step = 1
    var start = 0
    return map { layer in
      let window = layer.window
      start -= window.before * step
      side += (window.side - 1) * step
      step *= window.stride
      return ReceptiveField(side: side, step: step, start: start, inputSide: inputSide)
    }
  }
}
