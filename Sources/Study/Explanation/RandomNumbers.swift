import Foundation
import Tensors

extension SplitMix64 {
  /// Returns a uniformly distributed number, 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns a number from a normal distribution of mean 0 and deviation 1 (Box and Muller 1958).
  mutating func normal() -> Float {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return Float(radius * cos(2 * .pi * unit()))
  }
}
