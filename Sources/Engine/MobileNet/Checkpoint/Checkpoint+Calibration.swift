extension Checkpoint {
  /// The temperature that calibrates a network at one resolution, and the errors before and after.
  ///
  /// Dividing all logits by one number, the temperature, changes the probabilities but not their
  /// order: Guo et al., "On Calibration of Modern Neural Networks", 2017, section 4.2.
  public struct MeasuredCalibration: Hashable, Sendable, Codable {
    /// The rows and columns of the input.
    public let resolution: Resolution
    /// The number that logits are divided by.
    public let temperature: Double
    /// The expected calibration error of the logits as they were trained, in percent.
    public let errorBefore: Double
    /// The expected calibration error with the temperature, in percent, on images that the
    /// temperature was not fitted to.
    public let error: Double

    /// Creates a calibration from a temperature, and the errors in percent.
    public init(resolution: Resolution, temperature: Double, errorBefore: Double, error: Double) {
      self.resolution = resolution
      self.temperature = temperature
      self.errorBefore = errorBefore
      self.error = error
    }
  }

  /// Returns the checkpoint with `calibration`, calibrated for its own resolution.
  public func adding(calibration: [MeasuredCalibration]) -> Checkpoint {
    var copy = self
    copy.calibration = calibration.sorted { $0.resolution < $1.resolution }
    return copy.calibrated(for: resolution)
  }

  /// Returns the checkpoint with the temperature of `resolution` folded into its classifier.
  ///
  /// Between two measured resolutions the temperature is interpolated; beyond them the nearest one
  /// is used. Without any calibration it is 1.
  public func calibrated(for resolution: Resolution) -> Checkpoint {
    var copy = self
    copy.temperature = measuredTemperature(at: resolution)
    return copy
  }

  /// The checkpoint with its classifier as trained, at temperature 1.
  public var uncalibrated: Checkpoint {
    var copy = self
    copy.temperature = 1
    return copy
  }

  /// Whether a prediction with `probability` is more likely right than wrong; nil for a network
  /// without a calibration.
  public func isSure(_ probability: Float) -> Bool? {
    calibration.isEmpty ? nil : probability >= 0.5
  }

  private func measuredTemperature(at resolution: Resolution) -> Double {
    guard let first = calibration.first, let last = calibration.last else { return 1 }
    guard resolution > first.resolution else { return first.temperature }
    guard let upper = calibration.firstIndex(where: { $0.resolution >= resolution }) else {
      return last.temperature
    }
    let (low, high) = (calibration[upper - 1], calibration[upper])
    let share =
      (resolution.meanSide - low.resolution.meanSide)
      / max(high.resolution.meanSide - low.resolution.meanSide, .leastNormalMagnitude)
    return low.temperature + (high.temperature - low.temperature) * share
  }
}
