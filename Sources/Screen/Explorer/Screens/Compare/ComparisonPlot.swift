import Comparison
import Foundation

/// The networks whose cost and accuracy are known, as points.
struct ComparisonPlot {
  /// A network as a point.
  struct Point: Equatable {
    /// The network's index in its list.
    let index: Int
    /// The network's cost.
    let cost: Double
    /// The top-1 accuracy in percent.
    let accuracy: Double
  }

  /// The points, in the order of the list.
  let points: [Point]

  /// Takes points as they are.
  init(points: [Point]) { self.points = points }

  /// Makes the points of networks of other architectures from their published figures; the cost is in
  /// millions.
  init(_ networks: [ComparedNetwork], by cost: KeyPath<ComparedNetwork, PublishedFigure>) {
    points = networks.enumerated().map { index, network in
      Point(
        index: index, cost: network[keyPath: cost].value * 1e6, accuracy: network.top1.value)
    }
  }

  /// Makes the points of the candidates that are known so far.
  init(_ screen: CompareScreen, _ core: Core) {
    let costs = screen.costs(of: screen.candidates(core), core)
    points = costs.enumerated().compactMap { index, found in
      guard let found else { return nil }
      let accuracy = screen.showsPublished ? found.published?.value : found.accuracy?.top1
      guard let accuracy else { return nil }
      let cost: Double =
        switch screen.cost {
        case .multiplyAdds: Double(found.multiplyAdds)
        case .milliseconds: found.milliseconds
        case .parameters: Double(found.parameters)
        }
      return Point(index: index, cost: cost, accuracy: accuracy)
    }
  }

  /// The range of costs; nil without points.
  var costs: ClosedRange<Double>? {
    let costs = points.map(\.cost)
    guard let lowest = costs.min(), let highest = costs.max() else { return nil }
    return lowest...highest
  }

  /// Returns the range of accuracies, rounded outward to steps of so many percent; nil without points.
  func accuracies(by step: Double) -> ClosedRange<Double>? {
    let values = points.map(\.accuracy)
    guard let lowest = values.min(), let highest = values.max() else { return nil }
    let lower = (lowest / step).rounded(.down) * step
    return lower...max(lower + step, (highest / step).rounded(.up) * step)
  }

  /// Returns a point's position, 0…1 from left to right and, between two accuracies, from bottom to top;
  /// costs are on a logarithmic scale.
  func position(of point: Point, between accuracies: ClosedRange<Double>) -> (x: Double, y: Double)
  {
    guard let costs else { return (0, 0) }
    let span = log(costs.upperBound / costs.lowerBound)
    let x = span > 0 ? log(point.cost / costs.lowerBound) / span : 0.5
    let y =
      (point.accuracy - accuracies.lowerBound) / (accuracies.upperBound - accuracies.lowerBound)
    return (x, y)
  }

  /// The Pareto frontier: the points for which no other is both as cheap and as accurate, the
  /// cheapest first.
  var frontier: [Point] {
    points.filter { point in
      !points.contains {
        $0.cost <= point.cost && $0.accuracy >= point.accuracy
          && ($0.cost, $0.accuracy) != (point.cost, point.accuracy)
      }
    }.sorted { $0.cost < $1.cost }
  }

  /// Returns the best point that is both as cheap and as accurate as `point`; nil for the frontier.
  func winner(over point: Point) -> Point? {
    let frontier = frontier
    return frontier.contains(point)
      ? nil : frontier.last { $0.cost <= point.cost && $0.accuracy >= point.accuracy }
  }

  /// Returns the index of the candidate `steps` further in the order of costs.
  func step(from index: Int, across steps: Int) -> Int? {
    step(from: index, by: steps) { ($0.cost, $0.accuracy) < ($1.cost, $1.accuracy) }
  }

  /// Returns the index of the candidate `steps` further in the order of accuracies.
  func step(from index: Int, up steps: Int) -> Int? {
    step(from: index, by: steps) { ($0.accuracy, $0.cost) < ($1.accuracy, $1.cost) }
  }

  private func step(from index: Int, by steps: Int, _ order: (Point, Point) -> Bool) -> Int? {
    let sorted = points.sorted(by: order).map(\.index)
    guard !sorted.isEmpty else { return nil }
    guard let place = sorted.firstIndex(of: index) else { return sorted[0] }
    return sorted[min(max(place + steps, 0), sorted.count - 1)]
  }
}
