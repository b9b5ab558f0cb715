import Foundation
import Tensors

/// A small rotation, scaling and shift of a picture: a pattern that excites a channel survives
/// them, while noise that fits a single grid does not.
struct Transformation {
  /// For each pixel, the indices of the four neighbours that it is mixed from, and their shares.
  private let taps: [(index: SIMD4<Int32>, share: SIMD4<Float>)]

  /// Rotates by up to 10°, scales by 0.9 to 1.1 and shifts by up to a sixteenth of the side.
  ///
  /// Pixels that leave the picture enter at the opposite side, because the picture's waves are
  /// whole.
  init(side: Int, chance: inout SplitMix64) {
    let angle = (2 * chance.unit() - 1) * 10 * .pi / 180
    let scale = 1 / (0.9 + 0.2 * chance.unit())
    let shift = (0..<2).map { _ in (2 * chance.unit() - 1) * Double(side) / 16 }
    let (cosine, sine) = (cos(angle) * scale, sin(angle) * scale)
    let center = Double(side - 1) / 2
    // No pixel comes from more than half a side beyond an edge.
    func wrapped(_ index: Int) -> Int {
      index < 0 ? index + side : index < side ? index : index - side
    }
    taps = (0..<side * side).map { place in
      let (y, x) = (Double(place / side) - center, Double(place % side) - center)
      let row = cosine * y + sine * x + center + shift[0]
      let column = cosine * x - sine * y + center + shift[1]
      // Rounded down: they are more than minus `side`.
      let (top, left) = (Int(row + Double(side)) - side, Int(column + Double(side)) - side)
      let (down, right) = (Float(row - Double(top)), Float(column - Double(left)))
      let rows = (wrapped(top) * side, wrapped(top + 1) * side)
      let columns = (wrapped(left), wrapped(left + 1))
      return (
        SIMD4<Int32>(
          Int32(rows.0 + columns.0), Int32(rows.0 + columns.1), Int32(rows.1 + columns.0),
          Int32(rows.1 + columns.1)),
        SIMD4<Float>(
          (1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right)
      )
    }
  }

  /// The transformed colours.
  func apply(_ colors: [SIMD4<Float>]) -> [SIMD4<Float>] {
    taps.map { tap in
      var sum = SIMD4<Float>.zero
      for corner in 0..<4 { sum += tap.share[corner] * colors[Int(tap.index[corner])] }
      return sum
    }
  }

  /// The gradient with respect to the colours, from that with respect to the transformed ones.
  func transposed(_ gradient: [SIMD4<Float>]) -> [SIMD4<Float>] {
    var result = [SIMD4<Float>](repeating: .zero, count: gradient.count)
    for (tap, change) in zip(taps, gradient) {
      for corner in 0..<4 { result[Int(tap.index[corner])] += tap.share[corner] * change }
    }
    return result
  }
}
