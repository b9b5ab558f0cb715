extension Checkpoint {
  /// The same network for inputs of `side` × `side`, with the integers nearest to its weights for the
  /// ranges that `calibration` saw.
  ///
  /// What was measured of it was measured with floats, and is left out. Throws when a range or a weight is not finite.
  public func quantized(
    for side: Int, _ calibration: Calibration, _ recipe: QuantizationRecipe
  ) throws(CheckpointError) -> Checkpoint {
    let own = at(resolution: side).calibrated(for: side)
    return own.measured([], by: nil)
      .adding(integers: try IntegerWeights(quantizing: own, calibration, recipe))
  }
}
