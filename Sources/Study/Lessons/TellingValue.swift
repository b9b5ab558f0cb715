import MobileNet
import Tensors

/// A value that illustrates a lesson's point.
public struct TellingValue: Equatable, Sendable {
  /// The row in the layer's output.
  public let row: Int
  /// The column in the layer's output.
  public let column: Int
  /// The channel in the layer's output.
  public let channel: Int
  /// Whether the value illustrates the point; on some photos, none does.
  public let shows: Bool
}

extension Topic {
  /// The number of other channels to search if the given one has no value that illustrates the
  /// point.
  private static let others = 32

  /// Where the topic's point shows best in `channel` of the layer at position `layer` of `trace`, a
  /// run of a network with `checkpoint`; in another channel if it does not show there and
  /// `mayTakeOthers`.
  ///
  /// Padding is shown where it matters most, an activation function where it cuts off most, which
  /// takes the layer's `sums`; the other topics at the channel's largest value. All but padding keep
  /// to the object that the answer names, away from the border, where windows read zeros; a value that
  /// is computed product by product begins with one that is not zero. A gradient is measured where
  /// `TellingValue.measurable` finds a place for it.
  public func tellingValue(
    in trace: Trace, checkpoint: Checkpoint, layer: Int, channel: Int, mayTakeOthers: Bool,
    sums: Tensor?
  ) -> TellingValue {
    let object = AnsweredPlace(trace, checkpoint)
    let own = trace.layers[layer]
    let source = TermSource(
      layer: own, input: trace.input(at: layer), weights: checkpoint.weights(of: own))
    func beginsWithMore(_ row: Int, _ column: Int, _ channel: Int) -> Bool {
      self != .cell || own.kind != .depthwise
        || source.terms(row: row, column: column, channel: channel).first?.value != 0
    }
    func best(_ channel: Int) -> TellingValue {
      switch self {
      case .padding:
        let difference = PaddingDifference(trace, checkpoint, layer).plane(channel)
        return largest(channel, in: difference.isAboveZero ? difference : nil, or: difference)
      case .activation where sums != nil:
        let plane = (sums ?? trace.output(at: layer)).plane(channel)
        let cut = Plane(
          height: plane.height, width: plane.width, values: plane.values.map { max(-$0, 0) })
        return largest(channel, in: cut.inside(object) { _, _ in true }, or: cut)
      default:
        let plane = trace.output(at: layer).plane(channel)
        let inside = plane.inside(object) { beginsWithMore($0, $1, channel) }
        return largest(channel, in: inside, or: plane)
      }
    }
    let first = best(channel)
    guard mayTakeOthers, !first.shows else { return first }
    let count = min(trace.layers[layer].output.channels, Self.others)
    return (0..<count).lazy.map(best).first { $0.shows } ?? first
  }

  /// Returns the largest value of `telling` or, if that is nil, of `other`, which illustrates
  /// nothing.
  private func largest(_ channel: Int, in telling: Plane?, or other: Plane) -> TellingValue {
    let (row, column) = (telling ?? other).largestPlace
    return TellingValue(row: row, column: column, channel: channel, shows: telling != nil)
  }
}

extension TellingValue {
  /// The values that are tried of each kind of place.
  private static let tries = 4

  /// A value of the layer at position `layer` of `trace`, a run of `network` with `checkpoint`, whose
  /// gradient a small change bears out: the largest, on the object that the answer names and away from
  /// the border where one is there, and in `channel` unless that is nil.
  ///
  /// Where none is, the largest gradient. Throws where the network has no classes.
  public static func measurable(
    _ network: Network, _ trace: Trace, checkpoint: Checkpoint, layer: Int, channel: Int?
  ) throws(TargetError) -> TellingValue {
    let gradients = try AnswerGradient(network, trace, position: layer)
    let (shape, activation) = (gradients.output.shape, trace.layers[layer].activation)
    let object = AnsweredPlace(trace, checkpoint)
    func isInside(_ row: Int, _ column: Int) -> Bool {
      0 < row && row < shape.height - 1 && 0 < column && column < shape.width - 1
    }
    func isOnObject(_ row: Int, _ column: Int) -> Bool {
      isInside(row, column)
        && object?.covers(row, column, height: shape.height, width: shape.width) == true
    }
    let wishes: [(Int, Int) -> Bool] = [isOnObject, isInside, { _, _ in true }]
    var largest: TellingValue?
    for isMeant in wishes {
      for place in gradients.largest(tries, in: channel, where: isMeant) {
        let found = Backpropagation(
          gradients, row: place.row, column: place.column, channel: place.channel)
        let value = gradients.output[place.row, place.column, place.channel]
        // What ReLU made cannot fall below 0.
        let staysOpen = [value - found.change, value + found.change].allSatisfy {
          activation?.passes($0) ?? true
        }
        if found.verdict == .confirmed, staysOpen { return place }
        largest = largest ?? place
      }
    }
    let place = largest ?? TellingValue(row: 0, column: 0, channel: channel ?? 0, shows: false)
    return TellingValue(
      row: place.row, column: place.column, channel: place.channel, shows: false)
  }
}

extension AnswerGradient {
  /// The values of `channel`, or of all channels, that are no zeros of a ReLU and at a place that
  /// `isMeant`, with the `count` largest gradients.
  fileprivate func largest(
    _ count: Int, in channel: Int?, where isMeant: (Int, Int) -> Bool
  ) -> [TellingValue] {
    let (shape, activation) = (output.shape, trace.layers[position].activation)
    let channels = channel.map { $0..<$0 + 1 } ?? 0..<shape.channels
    var found: [(size: Float, place: TellingValue)] = []
    for row in 0..<shape.height {
      for column in 0..<shape.width where isMeant(row, column) {
        for channel in channels {
          let size = own[row, column, channel].magnitude
          guard found.count < count || size > found[found.count - 1].size,
            activation?.passes(output[row, column, channel]) ?? true
          else { continue }
          if found.count == count { found.removeLast() }
          let place = TellingValue(row: row, column: column, channel: channel, shows: true)
          found.insert((size, place), at: found.firstIndex { $0.size < size } ?? found.count)
        }
      }
    }
    return found.map(\.place)
  }
}

/// The place of the last convolution with the most evidence for the answer.
private struct AnsweredPlace {
  private let row: Int
  private let column: Int
  private let places: Plane

  init?(_ trace: Trace, _ checkpoint: Checkpoint) {
    guard let answer = trace.predictions(top: 1).first,
      let evidence = Evidence(trace, checkpoint: checkpoint, classIndex: answer.classIndex)
    else { return nil }
    places = evidence.places
    (row, column) = places.largestPlace
  }

  /// Whether it covers the place at `row` and `column` of as many rows and columns.
  func covers(_ row: Int, _ column: Int, height: Int, width: Int) -> Bool {
    row * places.height / height == self.row && column * places.width / width == self.column
  }
}

extension Plane {
  /// Whether any value is above zero.
  fileprivate var isAboveZero: Bool { values.contains { $0 > 0 } }

  /// Returns the values away from the border, on `object` and where `isTelling`, with zeros
  /// elsewhere.
  ///
  /// If none of these is above zero, `isTelling` or `object` no longer counts; returns nil if no
  /// value away from the border is above zero.
  fileprivate func inside(
    _ object: AnsweredPlace?, where isTelling: @escaping (Int, Int) -> Bool
  ) -> Plane? {
    func isInside(_ row: Int, _ column: Int) -> Bool {
      // Two rows or columns are both at the border, so both count.
      let (rows, columns) = (height > 2 ? 1..<height - 1 : 0..<2, width > 2 ? 1..<width - 1 : 0..<2)
      return rows.contains(row) && columns.contains(column)
    }
    func isOnObject(_ row: Int, _ column: Int) -> Bool {
      isInside(row, column) && object?.covers(row, column, height: height, width: width) == true
    }
    let wishes: [(Int, Int) -> Bool] = [
      { isOnObject($0, $1) && isTelling($0, $1) }, isOnObject,
      { isInside($0, $1) && isTelling($0, $1) }, isInside,
    ]
    return wishes.lazy.map(keeping).first(where: \.isAboveZero)
  }

  private func keeping(_ isKept: (Int, Int) -> Bool) -> Plane {
    Plane(
      height: height, width: width,
      values: values.enumerated().map {
        isKept($0.offset / width, $0.offset % width) ? $0.element : 0
      })
  }
}

/// The change that the other padding makes to each value of a stride-2 layer, for the same input.
struct PaddingDifference {
  private let own: Layer
  private let other: Layer
  private let source: (own: TermSource, other: TermSource)
  private let biases: [Float]?
  private let ceiling: Double

  init(_ trace: Trace, _ checkpoint: Checkpoint, _ position: Int) {
    let architecture = checkpoint.exchanging(.padding).architecture
    own = trace.layers[position]
    other = architecture.layers(resolution: trace.resolution)[position]
    let (input, weights) = (trace.input(at: position), checkpoint.weights(of: own))
    source = (
      TermSource(layer: own, input: input, weights: weights),
      TermSource(layer: other, input: input, weights: weights)
    )
    biases = weights?.biases
    ceiling = Double(architecture.activation.ceiling)
  }

  func plane(_ channel: Int) -> Plane {
    let (height, width) = (own.output.height, own.output.width)
    let bias = Double(biases?[channel] ?? 0)
    func made(_ source: TermSource, _ row: Int, _ column: Int) -> Double {
      let sum = source.terms(row: row, column: column, channel: channel)
        .reduce(bias) { $0 + $1.amount }
      return min(max(sum, 0), ceiling)
    }
    let values = (0..<height).flatMap { row in
      (0..<width).map { column in
        Float(abs(made(source.own, row, column) - made(source.other, row, column)))
      }
    }
    return Plane(height: height, width: width, values: values)
  }
}
