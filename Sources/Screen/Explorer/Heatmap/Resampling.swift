import Cells
import Images
import Tensors

/// How a row of values becomes one of another length: each of the new ones is the mean of what it
/// covers, by how much of it.
struct Resampling {
  /// What one of the new values is made of.
  private struct Span {
    let first: Int
    let weights: [Float]
  }

  private let spans: [Span]

  /// Makes `count` values of `source`.
  private init(_ source: Int, to count: Int) {
    spans = (0..<count).map { index in
      let start = Double(index) * Double(source) / Double(count)
      let end = Double(index + 1) * Double(source) / Double(count)
      let first = min(Int(start + 1e-9), source - 1)
      let last = min(max(Int((end - 1e-9).rounded(.up)), first + 1), source)
      let weights = (first..<last).map {
        Float(min(end, Double($0 + 1)) - max(start, Double($0)))
      }
      let sum = weights.reduce(0, +)
      return Span(first: first, weights: weights.map { $0 / sum })
    }
  }

  /// What `add` makes of the weighted values of a span.
  @inline(__always)
  private func mean<Value>(
    _ index: Int, of value: (Int) -> Value, _ zero: Value,
    _ add: (inout Value, Value, Float) -> Void
  ) -> Value {
    let span = spans[index]
    if span.weights.count == 1 { return value(span.first) }
    var sum = zero
    for (offset, weight) in span.weights.enumerated() {
      add(&sum, value(span.first + offset), weight)
    }
    return sum
  }

  /// `values` of a picture of size `source`, row by row, as one of size `target`.
  @inline(__always)
  private static func resample<Value>(
    _ source: Size, to target: Size, _ zero: Value, _ value: (Int) -> Value,
    _ add: (inout Value, Value, Float) -> Void
  ) -> [Value] {
    let across = Resampling(source.width, to: target.width)
    var rows: [Value] = []
    rows.reserveCapacity(source.height * target.width)
    for y in 0..<source.height {
      for x in 0..<target.width {
        rows.append(across.mean(x, of: { value(y * source.width + $0) }, zero, add))
      }
    }
    let down = Resampling(source.height, to: target.height)
    var result: [Value] = []
    result.reserveCapacity(target.height * target.width)
    for y in 0..<target.height {
      for x in 0..<target.width {
        result.append(down.mean(y, of: { rows[$0 * target.width + x] }, zero, add))
      }
    }
    return result
  }

  /// The values of `plane` in `target.width` columns and `target.height` rows, row by row.
  static func values(of plane: Plane, to target: Size) -> [Float] {
    let values = plane.values
    return resample(
      Size(width: plane.width, height: plane.height), to: target, Float(), { values[$0] }
    ) { $0 += $1 * $2 }
  }

  /// The colours of `pixels`, red, green and blue, likewise.
  static func colors(of pixels: Pixels, to target: Size) -> [SIMD4<Float>] {
    let bytes = pixels.bytes
    func color(_ place: Int) -> SIMD4<Float> {
      let first = 3 * place
      return SIMD4(Float(bytes[first]), Float(bytes[first + 1]), Float(bytes[first + 2]), 0)
    }
    // Of large photos a few places are looked at for each pixel.
    let step = max(1, min(pixels.width / target.width, pixels.height / target.height) / 4)
    let looked = Size(width: pixels.width / step, height: pixels.height / step)
    return resample(
      looked, to: target, SIMD4<Float>(),
      { color($0 / looked.width * step * pixels.width + $0 % looked.width * step) }
    ) { $0 += $1 * $2 }
  }
}

extension Pixels {
  /// The same picture in `size.width` columns and `size.height` rows.
  func resampled(to size: Size) -> Pixels {
    let colors = Resampling.colors(of: self, to: size).map { Color($0) }
    return Pixels(
      width: size.width, height: size.height, bytes: colors.flatMap { [$0.red, $0.green, $0.blue] })
  }
}
