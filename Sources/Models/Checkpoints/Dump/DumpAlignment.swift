import MobileNet
import Tensors

/// The pairing of a network's layers with a dump's arrays.
///
/// Pairs by name where every array has a layer's name. Otherwise both keep their order, because
/// frameworks have steps that are no layers here: of all ways to pair layers with arrays of the
/// same size, the one with the least difference is chosen.
struct DumpAlignment {
  /// A layer, its array, and their differences as fractions of the layer's range.
  struct Pair: Sendable {
    let position: Int
    let array: ActivationDump.Array
    let largest: Float
    let mean: Float
  }

  /// The pairs in the order of the layers.
  let pairs: [Pair]

  /// Pairs the layers of `trace` with `arrays`.
  init(_ trace: Trace, _ arrays: [ActivationDump.Array]) {
    let positions = Dictionary(
      trace.layers.enumerated().map { (Self.plain($0.element.name), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let named = arrays.map { positions[Self.plain($0.name)] }
    if named.contains(nil) {
      pairs = Self.inOrder(trace, arrays)
    } else {
      pairs = zip(named, arrays).compactMap { position, array in
        position.flatMap { position in
          Self.pair(
            trace, position, array, array.orders(as: trace.layers[position].output))
        }
      }.sorted { $0.position < $1.position }
    }
  }

  /// The cost of a layer without an array: that of a mean difference of the layer's whole range.
  private static let costOfNone: Float = 1

  private static func inOrder(_ trace: Trace, _ arrays: [ActivationDump.Array]) -> [Pair] {
    var orders = arrays.map { _ in [Shape: [Tensor]]() }
    var found: [[Pair?]] = []
    // The least cost for each number of first layers and of first arrays.
    var costs = [Array(repeating: Float(0), count: arrays.count + 1)]
    for (position, layer) in trace.layers.enumerated() {
      found.append([])
      costs.append([costs[position][0] + costOfNone])
      for (place, array) in arrays.enumerated() {
        let candidates = orders[place][layer.output] ?? array.orders(as: layer.output)
        orders[place][layer.output] = candidates
        let pair = pair(trace, position, array, candidates)
        found[position].append(pair)
        let without = min(costs[position][place + 1] + costOfNone, costs[position + 1][place])
        let with = pair.map { costs[position][place] + min($0.mean, costOfNone) }
        costs[position + 1].append(min(without, with ?? .infinity))
      }
    }
    // Walks back from the last layer and the last array.
    var pairs: [Pair] = []
    var (layer, place) = (trace.layers.count, arrays.count)
    while layer > 0, place > 0 {
      let cost = costs[layer][place]
      if cost == costs[layer][place - 1] {
        place -= 1
      } else if cost == costs[layer - 1][place] + costOfNone {
        layer -= 1
      } else {
        (layer, place) = (layer - 1, place - 1)
        if let pair = found[layer][place] { pairs.append(pair) }
      }
    }
    return pairs.reversed()
  }

  /// Pairs the layer at `position` with an array, in the order of axes that fits better.
  private static func pair(
    _ trace: Trace, _ position: Int, _ array: ActivationDump.Array, _ candidates: [Tensor]
  ) -> Pair? {
    candidates.map { candidate in
      let (largest, mean) = trace.output(at: position).difference(from: candidate)
      return Pair(position: position, array: array, largest: largest, mean: mean)
    }.min { $0.mean < $1.mean }
  }

  /// Returns a name without the separators and suffixes of frameworks: "conv2_1_dw" for
  /// "conv2_1/dw:0".
  private static func plain(_ name: String) -> String {
    String(name.prefix { $0 != ":" }.map { $0.isLetter || $0.isNumber ? $0 : "_" }).lowercased()
  }
}

extension Tensor {
  /// Returns the largest and the mean difference from `other`, as fractions of the range of these
  /// values; a NaN counts as an infinite difference.
  func difference(from other: Tensor) -> (largest: Float, mean: Float) {
    var (largest, sum, lower, upper) = (Float(0), 0.0, Float.infinity, -Float.infinity)
    withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { other in
        for place in own.indices {
          let difference = abs(own[place] - other[place])
          if !(difference <= largest) { largest = difference.isNaN ? .infinity : difference }
          sum += Double(difference)
          lower = min(lower, own[place])
          upper = max(upper, own[place])
        }
      }
    }
    if largest == 0 { return (0, 0) }
    // A constant tensor has its magnitude as its range.
    let range = upper > lower ? upper - lower : max(abs(upper), .leastNormalMagnitude)
    let mean = Float(sum / Double(max(shape.count, 1))) / range
    return (largest / range, mean.isFinite ? mean : .infinity)
  }
}
