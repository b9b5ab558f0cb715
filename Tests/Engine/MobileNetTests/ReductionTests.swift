import Foundation
import Tensors
import Testing

@testable import Kernels

struct ReductionTests {
  @Test func theExponentialIsThatOfTheLibrary() {
    for step in stride(from: 0, to: 87_000, by: 7) {
      let x = -Float(step) / 1000
      let expected = exp(Double(x))
      let value = Double(Reductions.exponential(SIMD4(repeating: x))[step % 4])
      #expect(abs(value - expected) < 2.4e-7 * expected, "\(x)")
    }
    #expect(Reductions.exponential(.zero) == SIMD4(repeating: 1))
    #expect(Reductions.exponential(SIMD4(repeating: -.infinity))[0] < 1.7e-38)
  }

  @Test(arguments: [(0, 3), (1, 4)])
  func maximaAreThoseOfTheWindow(before: Int, side: Int) {
    // 7 rows of 5 places with 2 channels; the last windows reach over the edge.
    let shape = Shape(height: 7, width: 5, channels: 2)
    let values = (0..<shape.count).map { Float($0 * 37 % 71) }
    let output = Destination(
      shape: Shape(height: 4, width: 3, channels: 2), storage: Storage(uninitialized: 24))
    Reductions.maxPool(
      Tensor(shape: shape, values: values), side: side, stride: 2, before: Margin(before),
      into: output)
    for y in 0..<4 {
      for x in 0..<3 {
        for channel in 0..<2 {
          let window = shape.places(rows: 2 * y - before, columns: 2 * x - before, side: side)
          let expected = window.map { values[$0 * 2 + channel] }.max()
          #expect(output.tensor[y, x, channel] == expected)
        }
      }
    }
  }
}

extension Shape {
  /// The places of a window, those outside left out.
  fileprivate func places(rows: Int, columns: Int, side: Int) -> [Int] {
    (rows..<rows + side).flatMap { y in (columns..<columns + side).map { (y, $0) } }
      .filter { 0..<height ~= $0.0 && 0..<width ~= $0.1 }.map { $0.0 * width + $0.1 }
  }
}
