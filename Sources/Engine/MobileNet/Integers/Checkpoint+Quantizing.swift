extension Checkpoint {
  /// Returns the network for inputs of `resolution` with its weights rounded to integers, for
  /// outputs within `ranges`.
  ///
  /// The accuracy is left out, because it was measured with floats. Throws when a range or a weight
  /// is not finite.
  public func quantized(
    for resolution: Resolution, _ ranges: ActivationRanges, _ recipe: QuantizationRecipe
  ) throws(CheckpointError) -> Checkpoint {
    let own = at(resolution: resolution).calibrated(for: resolution)
    return own.measured([], by: nil)
      .adding(integers: try IntegerWeights(quantizing: own, ranges, recipe))
  }
}
