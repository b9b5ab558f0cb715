import MobileNet
import Tensors

/// What each channel of some layers did on one image, in a few numbers.
struct ChannelSummary: Equatable, Sendable {
  /// The largest value of each channel.
  private(set) var maxima: [Float]
  /// The first row that has it.
  private(set) var rows: [Int32]
  /// The mean of the values.
  private(set) var means: [Float]
  /// The mean of their squares.
  private(set) var squares: [Float]
  /// How many of them are zero.
  private(set) var zeros: [Int32]

  /// Summarises `outputs`, one after another.
  ///
  /// Values are summed in single precision along a row, and rows in double.
  init(_ outputs: [Tensor]) {
    let count = outputs.reduce(0) { $0 + $1.shape.channels }
    maxima = [Float](repeating: -.infinity, count: count)
    rows = [Int32](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    squares = means
    zeros = rows
    var first = 0
    for output in outputs {
      add(output, at: first)
      first += output.shape.channels
    }
  }

  private mutating func add(_ output: Tensor, at first: Int) {
    let shape = output.shape
    if shape.channels < Eight.count {
      let padded = output.padded(channels: Eight.count)
      return padded.withUnsafeBufferPointer {
        store(Eight($0, padded.shape, 0), count: shape.channels, at: first)
      }
    }
    output.withUnsafeBufferPointer { values in
      for channel in stride(from: 0, to: shape.channels, by: Eight.count) {
        // The last eight may share channels with those before; they come to the same.
        let start = min(channel, shape.channels - Eight.count)
        store(Eight(values, shape, start), count: Eight.count, at: first + start)
      }
    }
  }

  private mutating func store(_ eight: Eight, count: Int, at first: Int) {
    for lane in 0..<count {
      maxima[first + lane] = eight.maxima[lane]
      rows[first + lane] = eight.rows[lane]
      means[first + lane] = Float(eight.sums[lane] / eight.places)
      squares[first + lane] = Float(eight.squares[lane] / eight.places)
      zeros[first + lane] = eight.zeros[lane]
    }
  }

  /// Eight neighbouring channels, which are one register wide.
  private struct Eight {
    static let count = 8

    let places: Double
    var maxima = SIMD8<Float>(repeating: -.infinity)
    var rows = SIMD8<Int32>.zero
    var sums = SIMD8<Double>.zero
    var squares = SIMD8<Double>.zero
    var zeros = SIMD8<Int32>.zero

    /// Sums up the channels from `channel` on of `values`, whose extent is `shape`.
    init(_ values: UnsafeBufferPointer<Float>, _ shape: Shape, _ channel: Int) {
      places = Double(shape.places)
      let bytes = UnsafeRawBufferPointer(values)
      let step = 4 * shape.channels
      var offset = 4 * channel
      for row in 0..<shape.height {
        var largest = SIMD8<Float>(repeating: -.infinity)
        var sum = SIMD8<Float>.zero
        var square = SIMD8<Float>.zero
        for _ in 0..<shape.width {
          let value = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
          largest.replace(with: value, where: value .> largest)
          sum += value
          square += value * value
          zeros.replace(with: zeros &+ 1, where: value .== 0)
          offset &+= step
        }
        let isLarger = largest .> maxima
        maxima.replace(with: largest, where: isLarger)
        rows.replace(with: Int32(truncatingIfNeeded: row), where: isLarger)
        sums += SIMD8<Double>(sum)
        squares += SIMD8<Double>(square)
      }
    }
  }
}

extension Tensor {
  /// The same with channels of zeros behind its own, so that there are `count`.
  fileprivate func padded(channels count: Int) -> Tensor {
    var values = [Float](repeating: 0, count: shape.places * count)
    withUnsafeBufferPointer { source in
      for place in 0..<shape.places {
        for channel in 0..<shape.channels {
          values[place * count + channel] = source[place * shape.channels + channel]
        }
      }
    }
    return Tensor(
      shape: Shape(height: shape.height, width: shape.width, channels: count), values: values)
  }
}
