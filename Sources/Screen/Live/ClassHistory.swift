import Foundation
import MobileNet
import Tensors

/// The probability of a class in each second of the last minute.
public struct ClassTrend: Equatable, Sendable {
  /// The class.
  public let classIndex: Int
  /// Its probability in the newest frame, 0…1.
  public let newest: Float
  /// The mean probability in each second, the newest last; nil for a second without frames.
  public let seconds: [Float?]

  /// Makes the trend of a class.
  public init(classIndex: Int, newest: Float, seconds: [Float?]) {
    self.classIndex = classIndex
    self.newest = newest
    self.seconds = seconds
  }
}

/// The probabilities of the last minute, summed up by second.
public struct ClassHistory: Sendable {
  /// The number of seconds kept.
  public static let length = 60

  private struct Second {
    let number: Int
    var count = 0
    var sums: [Float]
  }

  private var seconds: [Second] = []
  private var newest: [Float] = []

  /// Makes an empty history.
  public init() {}

  /// Adds the probabilities of a frame in second `number` of the stream.
  public mutating func add(_ probabilities: Tensor, second number: Int) {
    newest = probabilities.values
    if newest.count != seconds.last?.sums.count { seconds = [] }
    if seconds.last?.number != number {
      let sums = [Float](repeating: 0, count: newest.count)
      seconds.append(Second(number: number, sums: sums))
      seconds.removeAll { $0.number <= number - Self.length }
    }
    let last = seconds.count - 1
    seconds[last].count += 1
    for index in newest.indices { seconds[last].sums[index] += newest[index] }
  }

  /// The weight of a second beside that of the one after it.
  private static let fading: Float = 0.8

  /// Returns the `count` classes that were likeliest of late, the likeliest first; among equals, the lower
  /// class first.
  ///
  /// The newest frame weighs as much as the newest second, so that what is seen now comes to the top.
  public func trends(top count: Int) -> [ClassTrend] {
    guard let last = seconds.last else { return [] }
    var sums = newest
    for second in seconds {
      let weight = pow(Self.fading, Float(last.number - second.number)) / Float(second.count)
      for index in sums.indices { sums[index] += weight * second.sums[index] }
    }
    return Prediction.top(count, of: sums).map { best in
      var means = [Float?](repeating: nil, count: Self.length)
      for second in seconds {
        let place = Self.length - 1 - (last.number - second.number)
        means[place] = second.sums[best.classIndex] / Float(second.count)
      }
      return ClassTrend(
        classIndex: best.classIndex, newest: newest[best.classIndex], seconds: means)
    }
  }
}
