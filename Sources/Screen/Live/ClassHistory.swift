import MobileNet
import Tensors

/// How likely a class was in each second of the last minute.
public struct ClassTrend: Equatable, Sendable {
  /// The class.
  public let classIndex: Int
  /// Its probability in the newest frame, 0…1.
  public let newest: Float
  /// Its mean probability in each second, the newest last; nil where no frame came.
  public let seconds: [Float?]

  /// States how likely a class is and was.
  public init(classIndex: Int, newest: Float, seconds: [Float?]) {
    self.classIndex = classIndex
    self.newest = newest
    self.seconds = seconds
  }
}

/// The answers of the last minute, second by second.
public struct ClassHistory: Sendable {
  /// The seconds that are kept.
  public static let length = 60

  private struct Second {
    let number: Int
    var count = 0
    var sums: [Float]
  }

  private var seconds: [Second] = []
  private var newest: [Float] = []

  /// No answers yet.
  public init() {}

  /// Notes the probabilities of a frame that came in second `number` of the stream.
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

  /// The `count` classes with the highest mean over all frames of the minute, the highest first; of
  /// equals, the lower class.
  public func trends(top count: Int) -> [ClassTrend] {
    guard let last = seconds.last else { return [] }
    var sums = [Float](repeating: 0, count: newest.count)
    for second in seconds {
      for index in sums.indices { sums[index] += second.sums[index] }
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
