import Foundation
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
}
