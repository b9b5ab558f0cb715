import Foundation
import Kernels
import Tensors

/// Converts between waves and pixels: the two-dimensional Hartley transform of square planes
/// (Bracewell 1983).
///
/// The transform is real, its own inverse and its own transpose, so that the same function takes
/// gradients back. Along one axis it is a matrix product with cos + sin of all whole waves, which
/// the engine's 1×1 convolution computes.
final class HartleyTransform {
  /// The sides of the squares that are transposed.
  private static let block = 16

  private let side: Int
  private let workers: Workers
  private let product: StandardConvolution
  private let (first, second): (Storage, Storage)

  /// Transforms planes of `side` × `side`, three at a time, on one thread: that takes less time than
  /// waking others.
  init(side: Int) {
    self.side = side
    workers = Workers(count: 1)
    let norm = 1 / Double(side).squareRoot()
    let matrix = (0..<side * side).map { index in
      let angle = 2 * .pi * Double(index / side * (index % side) % side) / Double(side)
      return Float((cos(angle) + sin(angle)) * norm)
    }
    let shape = Shape(height: 3, width: side, channels: side)
    product = StandardConvolution(
      weights: matrix, biases: [Float](repeating: 0, count: side), input: shape, output: shape,
      side: 1, stride: 1, before: 0, limits: .none, workers: workers)
    workers.reserve(product.scratchCount)
    first = Storage(uninitialized: shape.count)
    second = Storage(uninitialized: shape.count)
  }

  /// Returns the transform of three planes, transposed; applied twice, it returns the planes.
  func callAsFunction(_ planes: [Float]) -> [Float] {
    let shape = product.input
    first.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: planes) }
    multiply(first, into: second)
    second.withUnsafeMutableBufferPointer { rows in
      first.withUnsafeMutableBufferPointer { columns in
        // Square by square, so that the lines of both stay in the cache.
        for corner in stride(from: 0, to: 3 * side, by: Self.block) {
          for first in stride(from: 0, to: side, by: Self.block) {
            for line in corner..<min(corner + Self.block, 3 * side) {
              let (plane, row) = line.quotientAndRemainder(dividingBy: side)
              let start = plane * side * side
              for column in first..<min(first + Self.block, side) {
                columns[start + column * side + row] = rows[line * side + column]
              }
            }
          }
        }
      }
    }
    multiply(first, into: second)
    return Tensor(shape: shape, storage: second).values
  }

  private func multiply(_ source: Storage, into target: Storage) {
    product.run(
      Tensor(shape: product.input, storage: source),
      into: Destination(shape: product.output, storage: target), workers: workers)
  }
}
