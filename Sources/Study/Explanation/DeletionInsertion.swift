import MobileNet
import Tensors

/// A measure of an explanation's faithfulness: the answer while the squares that it calls most
/// important are greyed out first, or uncovered first.
///
/// Petsiuk, Das and Saenko, "RISE", 2018, section 3.2. A good explanation has a small area under
/// the deletion curve and a large one under the insertion curve. Squares have 8×8 pixels for every
/// method, so that methods with coarse and fine maps, and chance, are compared alike.
public struct DeletionInsertion: Sendable {
  /// The answer after each step of greying out, from the whole picture to none of it.
  public let deletion: [Double]
  /// The answer after each step of uncovering, from none of the picture to all of it.
  public let insertion: [Double]

  /// Whether the curves have few steps, so that the areas are only a first estimate.
  public var isRough: Bool { deletion.count <= Self.fewSteps + 1 }

  /// The number of steps that measure an explanation well.
  public static let steps = 28
  /// The number of steps for a first estimate.
  public static let fewSteps = 7

  /// The area under the deletion curve; smaller is better.
  public var deletionArea: Double { Self.area(deletion) }
  /// The area under the insertion curve; larger is better.
  public var insertionArea: Double { Self.area(insertion) }

  /// Returns the mean of a curve over equal steps, by the trapezoidal rule.
  private static func area(_ curve: [Double]) -> Double {
    let ends = ((curve.first ?? 0) + (curve.last ?? 0)) / 2
    return (curve.reduce(0, +) - ends) / Double(max(curve.count - 1, 1))
  }

  fileprivate init(deletion: [Double], insertion: [Double]) {
    self.deletion = deletion
    self.insertion = insertion
  }
}

extension Explainer {
  /// The side of a square that is greyed out at a time, in pixels.
  private static let square = 8
  /// The number of random orders whose mean stands for chance.
  private static let orders = 3

  /// The rows and columns of squares that cover the input.
  private var squares: (rows: Int, columns: Int) {
    (network.resolution.height / Self.square, network.resolution.width / Self.square)
  }

  /// Returns the curves of `explanation`, the most important squares first.
  public func curves(of explanation: Explanation) -> DeletionInsertion {
    curves(of: explanation) {}
  }

  /// Returns the curves of chance: the mean of a few random orders.
  public func randomCurves(of target: Target) -> DeletionInsertion { randomCurves(of: target) {} }

  /// Returns the curves of `explanation` in at most `steps` steps; `pause` is called between the
  /// runs and stops the work by throwing.
  public func curves(
    of explanation: Explanation, steps: Int = DeletionInsertion.steps, pause: () throws -> Void
  ) rethrows -> DeletionInsertion {
    let (rows, columns) = squares
    let importance = explanation.map.resized(height: rows, width: columns).values
    let order = importance.indices.sorted { (importance[$1], $0) < (importance[$0], $1) }
    return try curves(explanation.target, order: order, steps, pause)
  }

  /// Returns the curves of chance; `pause` is as for `curves`.
  public func randomCurves(
    of target: Target, steps: Int = DeletionInsertion.steps, pause: () throws -> Void
  ) rethrows -> DeletionInsertion {
    let (rows, columns) = squares
    var chance = SplitMix64(seed: settings.seed)
    var all: [DeletionInsertion] = []
    for _ in 0..<Self.orders {
      let order = (0..<rows * columns).shuffled(using: &chance)
      all.append(try curves(target, order: order, steps, pause))
    }
    func mean(_ curves: [[Double]]) -> [Double] {
      curves[0].indices.map { step in
        curves.reduce(0) { $0 + $1[step] } / Double(curves.count)
      }
    }
    return DeletionInsertion(
      deletion: mean(all.map(\.deletion)), insertion: mean(all.map(\.insertion)))
  }

  private func curves(
    _ target: Target, order: [Int], _ steps: Int, _ pause: () throws -> Void
  ) rethrows -> DeletionInsertion {
    let picture = trace.input.values
    let grey = [Float](repeating: 0, count: picture.count)
    return DeletionInsertion(
      deletion: try curve(target, order: order, steps, from: picture, to: grey, pause),
      insertion: try curve(target, order: order, steps, from: grey, to: picture, pause))
  }

  /// Returns the answer after each step of turning `start` into `end`, square by square.
  private func curve(
    _ target: Target, order: [Int], _ steps: Int, from start: [Float], to end: [Float],
    _ pause: () throws -> Void
  ) rethrows -> [Double] {
    let steps = min(steps, order.count)
    var answers: [Double] = []
    var values = start
    var buffer: Trace?
    var done = 0
    for step in 0...steps {
      try pause()
      while done < order.count * step / steps {
        copy(order[done], from: end, to: &values)
        done += 1
      }
      network.run(Tensor(shape: trace.input.shape, values: values), reusing: &buffer)
      answers.append(buffer.map { answer(target, in: $0) } ?? 0)
    }
    return answers
  }

  private func copy(_ square: Int, from source: [Float], to target: inout [Float]) {
    let line = network.resolution.width * trace.input.shape.channels
    let width = Self.square * trace.input.shape.channels
    let (_, perRow) = squares
    let first = square / perRow * Self.square * line + square % perRow * width
    for row in 0..<Self.square {
      let range = first + row * line..<first + row * line + width
      target.replaceSubrange(range, with: source[range])
    }
  }

  /// Returns a class's probability; for other targets, the value relative to that of the whole
  /// picture.
  private func answer(_ target: Target, in run: Trace) -> Double {
    switch target {
    case .logit(let index, _), .logProbability(let index), .difference(let index, _):
      return Double(run.output(at: run.layers.count - 1)[0, 0, index])
    case .channelMean(let layer, _), .channelMaximum(let layer, _), .value(let layer, _, _, _):
      let whole = target.value(of: trace.output(at: layer))
      return whole == 0 ? 0 : target.value(of: run.output(at: layer)) / whole
    }
  }
}

extension Plane {
  /// Returns the plane in `height` rows and `width` columns: means of blocks where it shrinks,
  /// bilinear interpolation where it grows.
  func resized(height newHeight: Int, width newWidth: Int) -> Plane {
    func position(
      _ index: Int, _ length: Int, _ side: Int
    ) -> (low: Int, high: Int, part: Float) {
      let center = (Float(index) + 0.5) * Float(length) / Float(side) - 0.5
      let low = min(max(Int(center.rounded(.down)), 0), length - 1)
      return (low, min(low + 1, length - 1), min(max(center - Float(low), 0), 1))
    }
    func block(_ index: Int, _ length: Int, _ side: Int) -> Range<Int> {
      let first = index * length / side
      return first..<max(first + 1, (index + 1) * length / side)
    }
    let values = (0..<newHeight * newWidth).map { index -> Float in
      let (row, column) = (index / newWidth, index % newWidth)
      if height >= newHeight {
        let (rows, columns) = (block(row, height, newHeight), block(column, width, newWidth))
        let sum = rows.reduce(Float(0)) { sum, y in columns.reduce(sum) { $0 + self[y, $1] } }
        return sum / Float(rows.count * columns.count)
      }
      let (y, x) = (position(row, height, newHeight), position(column, width, newWidth))
      let upper = self[y.low, x.low] * (1 - x.part) + self[y.low, x.high] * x.part
      let lower = self[y.high, x.low] * (1 - x.part) + self[y.high, x.high] * x.part
      return upper * (1 - y.part) + lower * y.part
    }
    return Plane(height: newHeight, width: newWidth, values: values)
  }
}
