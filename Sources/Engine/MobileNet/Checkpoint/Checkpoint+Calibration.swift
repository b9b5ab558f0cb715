extension Checkpoint {
  /// What makes a network's confidence mean something at one resolution, and how well.
  ///
  /// Dividing all logits by one number, the temperature, changes how sure the answers are and no
  /// answer: Guo et al., "On Calibration of Modern Neural Networks", 2017, section 4.2.
  public struct MeasuredCalibration: Hashable, Sendable, Codable {
    /// The input side.
    public let resolution: Resolution
    /// What logits are divided by.
    public let temperature: Double
    /// The expected calibration error of the logits as they were trained, in percent.
    public let errorBefore: Double
    /// The same after dividing, in percent, on images that the temperature was not fitted to.
    public let error: Double

    /// States a temperature, and the errors in percent.
    public init(resolution: Resolution, temperature: Double, errorBefore: Double, error: Double) {
      self.resolution = resolution
      self.temperature = temperature
      self.errorBefore = errorBefore
      self.error = error
    }
  }

  /// The same checkpoint with `calibration`, ready for its own resolution.
  public func adding(calibration: [MeasuredCalibration]) -> Checkpoint {
    var copy = self
    copy.calibration = calibration.sorted { $0.resolution < $1.resolution }
    return copy.calibrated(for: resolution)
  }

  /// The same checkpoint with the temperature of `resolution` folded into its classifier.
  ///
  /// Between two sizes that were measured the temperature is interpolated; beyond them the nearest
  /// holds. Without any measurement nothing changes.
  public func calibrated(for resolution: Resolution) -> Checkpoint {
    var copy = self
    copy.temperature = measuredTemperature(at: resolution)
    return copy
  }

  /// The same checkpoint with its classifier as it was trained.
  public var uncalibrated: Checkpoint {
    var copy = self
    copy.temperature = 1
    return copy
  }

  /// Whether an answer with `probability` is more likely right than wrong; nil where nobody
  /// measured what this network's probabilities mean.
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
