import Foundation

/// Temperature scaling: dividing all logits by a number changes the confidence, never the answer.
///
/// Guo et al. 2017, section 4.2.
enum Temperature {
  /// Returns the temperature at which the true classes are most likely, ⅛…8; 1 without answers.
  ///
  /// The range has an end because for a few images that are all right, no temperature would be too
  /// low.
  static func best(_ answers: [(logits: [Double], truth: Int)]) -> Double {
    guard !answers.isEmpty else { return 1 }
    func loss(_ logarithm: Double) -> Double {
      let temperature = exp(logarithm)
      return answers.reduce(0) {
        $0 - logSoftmax($1.logits, temperature)[$1.truth]
      }
    }
    // Golden-section search: the loss falls and then rises.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (-log(8.0), log(8.0))
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftLoss, rightLoss) = (loss(left), loss(right))
    while high - low > 1e-6 {
      if leftLoss <= rightLoss {
        (high, right, rightLoss) = (right, left, leftLoss)
        left = high - ratio * (high - low)
        leftLoss = loss(left)
      } else {
        (low, left, leftLoss) = (left, right, rightLoss)
        right = low + ratio * (high - low)
        rightLoss = loss(right)
      }
    }
    return exp((low + high) / 2)
  }

  /// Returns the softmax of the logits at a temperature: exp(z/T) over the sum of all exp(z/T).
  static func softmax(_ logits: [Double], _ temperature: Double) -> [Double] {
    logSoftmax(logits, temperature).map { exp($0) }
  }

  static func logSoftmax(_ logits: [Double], _ temperature: Double) -> [Double] {
    let largest = logits.max() ?? 0
    let shifted = logits.map { ($0 - largest) / temperature }
    let sum = log(shifted.reduce(0) { $0 + exp($1) })
    return shifted.map { $0 - sum }
  }
}
