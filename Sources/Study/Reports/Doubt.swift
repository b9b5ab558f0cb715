import MobileNet

extension Checkpoint {
  /// Returns a warning to print before `best`, the most likely class, if it is more likely wrong
  /// than right; nil otherwise, and where this network's calibration was not measured.
  public func doubt(_ best: Prediction?) -> String? {
    guard let best, isSure(best.probability) == false else { return nil }
    return "not sure: none of \(architecture.classes ?? 0) classes reaches 50 %"
  }
}
