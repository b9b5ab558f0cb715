/// A comparison of confidence with accuracy: of answers given with a confidence of 0.7, 70 % should
/// be right.
///
/// Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017.
public struct Calibration: Equatable, Sendable {
  /// The answers within a range of confidence.
  public struct Bin: Equatable, Sendable {
    /// The lower bound of the confidences, exclusive.
    public let lower: Double
    /// The upper bound of the confidences, inclusive.
    public let upper: Double
    /// The number of answers.
    public internal(set) var count = 0
    /// The answers' mean confidence, 0…1; 0 if there are none.
    public internal(set) var confidence = 0.0
    /// The share of answers that is right, 0…1; 0 if there are none.
    public internal(set) var accuracy = 0.0
  }

  /// The bins of a reliability diagram, of equal width, by ascending confidence.
  public let bins: [Bin]
  /// The mean confidence of all answers, 0…1.
  public let confidence: Double
  /// The share of all answers that is right, 0…1.
  public let accuracy: Double

  /// Sorts `answers` by their confidence into `count` bins; by default fifteen, as in the paper.
  public init(_ answers: [(confidence: Double, isRight: Bool)], bins count: Int = 15) {
    let width = Double(count)
    var bins = (0..<count).map { Bin(lower: Double($0) / width, upper: Double($0 + 1) / width) }
    for answer in answers {
      let index = min(max(Int((answer.confidence * width).rounded(.up)) - 1, 0), count - 1)
      bins[index].count += 1
      bins[index].confidence += answer.confidence
      bins[index].accuracy += answer.isRight ? 1 : 0
    }
    let total = Double(max(answers.count, 1))
    confidence = bins.reduce(0) { $0 + $1.confidence } / total
    accuracy = bins.reduce(0) { $0 + $1.accuracy } / total
    for index in bins.indices where bins[index].count > 0 {
      bins[index].confidence /= Double(bins[index].count)
      bins[index].accuracy /= Double(bins[index].count)
    }
    self.bins = bins
  }

  /// The expected calibration error, 0…1: the mean over all answers of the difference between
  /// confidence and accuracy in their bin.
  public var error: Double {
    let total = bins.reduce(0) { $0 + $1.count }
    let sum = bins.reduce(0) { $0 + Double($1.count) * ($1.accuracy - $1.confidence).magnitude }
    return total == 0 ? 0 : sum / Double(total)
  }
}
