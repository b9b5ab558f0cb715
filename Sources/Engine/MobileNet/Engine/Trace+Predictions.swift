/// A class and its probability.
public struct Prediction: Hashable, Sendable {
  /// The class, in the checkpoint's own numbering, from 0.
  public let classIndex: Int
  /// The output of the softmax or the sigmoid, 0…1.
  public let probability: Float

  /// Creates a prediction of class `classIndex`.
  public init(classIndex: Int, probability: Float) {
    self.classIndex = classIndex
    self.probability = probability
  }

  /// Returns the `count` most likely classes, the most likely first; of equals, the lower class
  /// first.
  public static func top(_ count: Int, of probabilities: some Sequence<Float>) -> [Prediction] {
    var best: [Prediction] = []
    for (index, probability) in probabilities.enumerated() {
      if best.count == count {
        guard let last = best.last, last.probability < probability else { continue }
        best.removeLast()
      }
      let place = best.firstIndex { $0.probability < probability } ?? best.count
      best.insert(Prediction(classIndex: index, probability: probability), at: place)
    }
    return best
  }
}

extension Trace {
  /// Returns the `count` most likely classes; none for a network without a classifier, or where
  /// there is a `problem`.
  public func predictions(top count: Int = 5) -> [Prediction] {
    guard let last = layers.last, last.givesProbabilities else { return [] }
    let output = output(at: layers.count - 1)
    return output.isFinite ? Prediction.top(count, of: output.values) : []
  }
}
