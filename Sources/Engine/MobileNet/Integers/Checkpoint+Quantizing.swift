extension Checkpoint {
  /// The same network for inputs of `resolution`, with the integers nearest to its weights, for
  /// outputs within `ranges`.
  ///
  /// What was measured of it was measured with floats, and is left out. Throws when a range or a weight is not finite.
  public func quantized(
    for resolution: Resolution, _ ranges: ActivationRanges, _ recipe: QuantizationRecipe
  ) throws(CheckpointError) -> Checkpoint {
    let own = at(resolution: resolution).calibrated(for: resolution)
    return own.measured([], by: nil)
      .adding(integers: try IntegerWeights(quantizing: own, ranges, recipe))
  }
}
