import Cells
import Images
import Tensors

/// The weights to resample a row of values to another length: each new value is the mean of the old
/// ones that it covers, weighted by coverage.
struct Resampling {
  /// The first old value that each new value covers.
  private let firsts: [Int]
  /// The index of each new value's first weight; the last entry is the end.
  private let starts: [Int]
  private let weights: [Float]

  /// Computes the weights from `source` values to `count`.
  private init(_ source: Int, to count: Int) {
    var (firsts, starts, weights) = ([Int](), [0], [Float]())
    firsts.reserveCapacity(count)
    starts.reserveCapacity(count + 1)
    weights.reserveCapacity(max(source, count) + 2 * count)
    for index in 0..<count {
      let start = Double(index) * Double(source) / Double(count)
      let end = Double(index + 1) * Double(source) / Double(count)
      let first = min(Int(start + 1e-9), source - 1)
      let last = min(max(Int((end - 1e-9).rounded(.up)), first + 1), source)
      var sum: Float = 0
      for place in first..<last {
        let covered = Float(min(end, Double(place + 1)) - max(start, Double(place)))
        sum += covered
        weights.append(covered)
      }
      for place in starts[index]..<weights.count { weights[place] /= sum }
      firsts.append(first)
      starts.append(weights.count)
    }
    (self.firsts, self.starts, self.weights) = (firsts, starts, weights)
  }

  /// Returns the values of a picture of size `source` resampled to size `target`, row by row.
  @inline(__always)
  private static func resample<Value>(
    _ source: Size, to target: Size, _ zero: Value, _ value: (_ y: Int, _ x: Int) -> Value,
    _ add: (inout Value, Value, Float) -> Void
  ) -> [Value] {
    let across = Resampling(source.width, to: target.width)
    let down = Resampling(source.height, to: target.height)
    var rows: [Value] = []
    rows.reserveCapacity(source.height * target.width)
    for y in 0..<source.height {
      for x in 0..<target.width {
        let first = across.firsts[x]
        let span = across.starts[x]..<across.starts[x + 1]
        guard span.count > 1 else {
          rows.append(value(y, first))
          continue
        }
        var sum = zero
        for (offset, place) in span.enumerated() {
          add(&sum, value(y, first + offset), across.weights[place])
        }
        rows.append(sum)
      }
    }
    var result: [Value] = []
    result.reserveCapacity(target.height * target.width)
    for y in 0..<target.height {
      let first = down.firsts[y] * target.width
      let span = down.starts[y]..<down.starts[y + 1]
      guard span.count > 1 else {
        result += rows[first..<first + target.width]
        continue
      }
      result.append(contentsOf: repeatElement(zero, count: target.width))
      for (offset, place) in span.enumerated() {
        let (weight, row) = (down.weights[place], first + offset * target.width)
        for x in 0..<target.width {
          add(&result[y * target.width + x], rows[row + x], weight)
        }
      }
    }
    return result
  }

  /// Returns the values of `plane` resampled to `target`, row by row.
  static func values(of plane: Plane, to target: Size) -> [Float] {
    let values = plane.values
    return resample(
      Size(width: plane.width, height: plane.height), to: target, Float(),
      { values[$0 * plane.width + $1] }
    ) { $0 += $1 * $2 }
  }

  /// Returns the red, green and blue of `pixels` resampled to `target`, row by row.
  static func colors(of pixels: Pixels, to target: Size) -> [SIMD4<Float>] {
    let bytes = pixels.bytes
    func color(_ y: Int, _ x: Int) -> SIMD4<Float> {
      let first = 3 * (y * pixels.width + x)
      return SIMD4(Float(bytes[first]), Float(bytes[first + 1]), Float(bytes[first + 2]), 0)
    }
    // Of large photos only about four pixels across and down are averaged for each new one.
    let step = max(1, min(pixels.width / target.width, pixels.height / target.height) / 4)
    let looked = Size(width: pixels.width / step, height: pixels.height / step)
    return resample(
      looked, to: target, SIMD4<Float>(),
      { color($0 * step, $1 * step) }
    ) { $0 += $1 * $2 }
  }
}

extension Pixels {
  /// Returns the picture resampled to `size`.
  func resampled(to size: Size) -> Pixels {
    let colors = Resampling.colors(of: self, to: size).map { Color($0) }
    return Pixels(
      width: size.width, height: size.height, bytes: colors.flatMap { [$0.red, $0.green, $0.blue] })
  }
}
