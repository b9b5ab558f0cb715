import Kernels
import MobileNet
import Tensors
import Testing

@testable import Atlas

/// The sums of an atlas against the plainest way to come to them.
@Suite struct AtlasSumsTests {
  static func tensor(_ height: Int, _ width: Int, _ channels: Int, seed: Int) -> Tensor {
    let shape = Shape(height: height, width: width, channels: channels)
    // A third are cut off at zero, and values are rounded so that some are equal.
    let values = Checkpoint.syntheticValues(shape.count, seed: seed, scale: 4)
    return Tensor(shape: shape, values: values.map { max(($0 * 8).rounded() / 8, -1) + 1 })
  }

  static func summary(_ outputs: [Tensor]) -> ChannelSummary {
    var summary = ChannelSummary(count: outputs.reduce(0) { $0 + $1.shape.channels })
    var first = 0
    for output in outputs {
      summary.take(output, at: first)
      first += output.shape.channels
    }
    return summary
  }

  @Test(arguments: [(7, 5, 3), (1, 1, 13), (14, 14, 16), (6, 6, 20), (3, 4, 70), (5, 1, 32)])
  func summariesAreThoseOfEachChannelByItself(height: Int, width: Int, channels: Int) {
    let outputs = [
      Self.tensor(height, width, channels, seed: 1), Self.tensor(height, width, channels, seed: 2),
    ]
    let summary = Self.summary(outputs)
    for (index, output) in outputs.enumerated() {
      for channel in 0..<channels {
        let (plane, place) = (output.plane(channel), index * channels + channel)
        let values = plane.values.map { Double($0) }
        let count = Double(values.count)
        #expect(summary.maxima[place] == plane.values.max())
        let largest = plane.largestPlace
        #expect(Int(summary.places[place]) == largest.row * width + largest.column)
        #expect(summary.zeros[place] == plane.values.count { $0 == 0 })
        #expect(abs(Double(summary.means[place]) - values.reduce(0, +) / count) < 1e-6)
        let square = values.reduce(0) { $0 + $1 * $1 } / count
        #expect(abs(Double(summary.squares[place]) - square) < 1e-5 * max(square, 1))
      }
    }
  }

  /// Rows are summed in single precision, one value after another, and then in double.
  @Test func sumsAreRoundedAsTheDefinitionSays() {
    let output = Self.tensor(9, 11, 19, seed: 5)
    let summary = Self.summary([output])
    for channel in 0..<19 {
      let (plane, places) = (output.plane(channel), 9.0 * 11)
      var (sum, square) = (0.0, 0.0)
      for row in 0..<9 {
        var (own, ownSquare) = (Float(0), Float(0))
        for column in 0..<11 {
          let value = plane[row, column]
          let product = value * value
          own += value
          ownSquare += product
        }
        sum += Double(own)
        square += Double(ownSquare)
      }
      #expect(summary.means[channel] == Float(sum / places))
      #expect(summary.squares[channel] == Float(square / places))
    }
  }

  @Test func fixedPointIsTheWholePartAndTheNearestOfTheRest() {
    let values: [Float] = [
      -0.0, 1_048_575.5, -1_048_575.9, 0x1p-41, -0x1p-41, 0x1.8p-40, -1, 1e-30, -1e-30, 3.3, -3.3,
    ]
    var sums = FixedPointSums(count: values.count)
    var units = [Int64](repeating: 0, count: values.count + 2)
    for factor: Float in [1, 1, -0.75] {
      sums.add(values.map { $0 * factor })
      ReproducibleSums.add(values.map { $0 * factor }, times: 16_777_216, to: &units, at: 1)
    }
    for (index, value) in values.enumerated() {
      var (whole, rest, unit) = (Int64(0), Int64(0), Int64(0))
      for factor: Float in [1, 1, -0.75] {
        let number = Double(value * factor)
        whole += Int64(number.rounded(.down))
        rest += Int64(((number - number.rounded(.down)) * 0x1p40).rounded(.toNearestOrEven))
        unit += Int64((number * 16_777_216).rounded(.toNearestOrEven))
      }
      #expect(sums.whole[index] == whole && sums.rest[index] == rest, "\(value)")
      #expect(units[index + 1] == unit, "\(value)")
    }
    #expect(units.first == 0 && units.last == 0)
  }

  /// A plan of a single layer, 6×6×20, for so many images of four classes.
  static func plan(images: Int) throws -> AtlasPlan {
    let network = try Network(
      .synthetic(Architecture(width: 0.25, classes: 20)), resolution: 32, threads: 1)
    return AtlasPlan(
      network, positions: [network.layers.count - 1], images: (0..<images).map { "\($0)" },
      names: (0..<images).map { "\($0 % 4)" }, top: 5)
  }

  static func sums(_ plan: AtlasPlan, _ images: [Int]) -> AtlasSums {
    var sums = AtlasSums(plan)
    for image in images {
      // Every third image is a copy of another, so that values are equal.
      let output = tensor(6, 6, 20, seed: image % 3 == 0 ? 7 : image)
      let isAdded = sums.add(
        summary([output]), image: image, label: image % 4)
      #expect(isAdded)
    }
    return sums
  }

  @Test func theOrderAndThePartsLeaveNoTrace() throws {
    let plan = try Self.plan(images: 30)
    let whole = Self.sums(plan, Array(0..<30))
    #expect(Self.sums(plan, Array((0..<30).reversed())) == whole)
    var parts = Self.sums(plan, [4, 29, 0, 13, 7])
    parts.add(Self.sums(plan, (0..<30).filter { ![4, 29, 0, 13, 7].contains($0) }))
    #expect(parts == whole)
    #expect(whole != Self.sums(plan, Array(0..<29)))
  }

  @Test func theTopImagesAreThoseOfASortedList() throws {
    let plan = try Self.plan(images: 30)
    let sums = Self.sums(plan, Array((0..<30).reversed()))
    let outputs = (0..<30).map { Self.tensor(6, 6, 20, seed: $0 % 3 == 0 ? 7 : $0) }
    for channel in 0..<20 {
      let best = outputs.indices.map { image in
        (value: outputs[image].plane(channel).values.max() ?? 0, image: image)
      }.sorted { ($1.value, $0.image) < ($0.value, $1.image) }.prefix(5)
      let range = channel * 5..<(channel + 1) * 5
      #expect(Array(sums.topValues[range]) == best.map(\.value))
      #expect(sums.topImages[range].map(Int.init) == best.map(\.image))
      for place in range {
        let plane = outputs[Int(sums.topImages[place])].plane(channel)
        let largest = plane.largestPlace
        #expect(Int(sums.topPlaces[place]) == largest.row * 6 + largest.column)
      }
    }
  }

  @Test func whatIsBeyondAllMeasureIsNotAdded() throws {
    let plan = try Self.plan(images: 2)
    var sums = AtlasSums(plan)
    for value in [Float.infinity, .nan, 1e7] {
      let output = Tensor(
        shape: Shape(height: 6, width: 6, channels: 20),
        values: [Float](repeating: value, count: 720))
      let isAdded = sums.add(Self.summary([output]), image: 0, label: 0)
      #expect(!isAdded)
    }
    #expect(sums == AtlasSums(plan))
  }

  /// The area under the curve is how often a pair is in the right order.
  @Test func separationCountsPairs() throws {
    let values: [(value: Float, label: Int)] = (0..<40).map { index in
      let label = index % 3 == 0 ? 0 : 1 + index % 2
      return (Float(index * 7919 % 17), label)
    }
    var best = (classIndex: 0, area: -1.0)
    for index in 0..<3 {
      let (own, others) = (
        values.filter { $0.label == index }, values.filter { $0.label != index }
      )
      var wins = 0.0
      for a in own {
        for b in others where a.value >= b.value { wins += a.value == b.value ? 0.5 : 1 }
      }
      let area = wins / Double(own.count * others.count)
      if area > best.area { best = (index, area) }
    }
    let found = try #require(Separation(values, classes: 3))
    #expect(found.classIndex == best.classIndex && abs(found.area - best.area) < 1e-12)
    #expect(Separation(values.map { ($0.value, 1) }, classes: 3) == nil)
  }

  @Test func quantilesAreWithinABin() {
    var counts = [UInt32](repeating: 0, count: Histogram.bins)
    let values = (0..<2000).map { Float($0) / 100 - 5 }
    for value in values { counts[Histogram.bin(value)] += 1 }
    for level in [0.05, 0.2, 0.5, 0.75, 0.95] {
      let right = Double(values[Int(level * 2000)])
      let found = Histogram.quantile(level, of: counts[...])
      #expect(abs(found - right) <= abs(right) / 8 + 0.02, "\(level): \(found), not \(right)")
    }
    #expect(Histogram.bin(-.infinity) == 0 && Histogram.bin(.infinity) == Histogram.bins - 1)
    #expect(Histogram.bin(0) == Histogram.bins / 2)
  }
}
