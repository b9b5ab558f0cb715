/// A class and how likely the network finds it.
public struct Prediction: Hashable, Sendable {
  /// The class, in the checkpoint's own numbering, from 0.
  public let classIndex: Int
  /// The softmax's answer, 0…1.
  public let probability: Float

  /// Says that class `classIndex` has this probability.
  public init(classIndex: Int, probability: Float) {
    self.classIndex = classIndex
    self.probability = probability
  }

  /// The `count` most likely classes, the most likely first; of equals, the lower class first.
  public static func top(_ count: Int, of probabilities: some Sequence<Float>) -> [Prediction] {
    probabilities.enumerated()
      .map { Prediction(classIndex: $0.offset, probability: $0.element) }
      .sorted { ($1.probability, $0.classIndex) < ($0.probability, $1.classIndex) }
      .prefix(count).map { $0 }
  }
}

extension Trace {
  /// The `count` most likely classes; none for a network without a classifier.
  public func predictions(top count: Int = 5) -> [Prediction] {
    guard let last = layers.last, last.kind == .softmax else { return [] }
    return Prediction.top(count, of: output(at: layers.count - 1).values)
  }
}
