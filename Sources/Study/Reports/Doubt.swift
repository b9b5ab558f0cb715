import MobileNet

extension Checkpoint {
  /// What to say before `best`, the most likely class, where it is more likely wrong than right;
  /// nil where it is not, and where nobody measured what this network's probabilities mean.
  public func doubt(_ best: Prediction?) -> String? {
    guard let best, isSure(best.probability) == false else { return nil }
    return "not sure: \(architecture.classes ?? 0) classes, none of them likely"
  }
}
