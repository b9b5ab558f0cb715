extension Checkpoint {
  /// The same network for inputs of `side` × `side`, with the integers nearest to its weights, for
  /// outputs within `ranges`.
  ///
  /// What was measured of it was measured with floats, and is left out. Throws when a range or a weight is not finite.
  public func quantized(
    for side: Int, _ ranges: ActivationRanges, _ recipe: QuantizationRecipe
  ) throws(CheckpointError) -> Checkpoint {
    let own = at(resolution: side).calibrated(for: side)
    return own.measured([], by: nil)
      .adding(integers: try IntegerWeights(quantizing: own, ranges, recipe))
  }
}
