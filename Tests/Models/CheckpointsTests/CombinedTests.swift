import Testing

@testable import Checkpoints

/// Arithmetic on arrays of different shapes, by NumPy's rule, where one of them has the shape of the result.
@Suite struct CombinedTests {
  private func tensor(_ shape: [Int], _ numbers: [Float]) throws -> StoredTensor {
    try StoredTensor(
      name: "\(shape)", shape: shape, bytes: Bytes(numbers.map(\.bitPattern), format: ""),
      type: .float32)
  }

  /// The shape and the numbers of a smaller array, and its difference from 0 … 5 in two rows.
  static let differences: [(shape: [Int], numbers: [Float], result: [Float])] = [
    ([], [1], [-1, 0, 1, 2, 3, 4]),
    ([3], [0, 10, 20], [0, -9, -18, 3, -6, -15]),
    ([1, 3], [0, 10, 20], [0, -9, -18, 3, -6, -15]),
    ([1, 1, 3], [0, 10, 20], [0, -9, -18, 3, -6, -15]),
    ([2, 1], [0, 10], [0, 1, 2, -7, -6, -5]),
    ([2, 3], [5, 4, 3, 2, 1, 0], [-5, -3, -1, 1, 3, 5]),
  ]

  @Test(arguments: differences)
  func eachNumberMeetsItsOwn(shape: [Int], numbers: [Float], result: [Float]) throws {
    let (large, small) = (try tensor([2, 3], [0, 1, 2, 3, 4, 5]), try tensor(shape, numbers))
    let difference = try #require(try StoredTensor.combined(large, small) { $0 - $1 })
    #expect(try difference.floats() == result && difference.shape == [2, 3])
    let turned = try #require(try StoredTensor.combined(small, large) { $0 - $1 })
    #expect(try turned.floats() == result.map { -$0 } && turned.shape.suffix(2) == [2, 3])
  }

  @Test func otherShapesDoNotFit() throws {
    for (first, second) in [([2, 3], [2]), ([2, 3], [3, 2]), ([1, 3], [3, 1]), ([2, 3], [0])] {
      let tensors = try [first, second].map {
        try tensor($0, Array(repeating: 1, count: $0.reduce(1, *)))
      }
      #expect(throws: ImportError.self) {
        try StoredTensor.combined(tensors[0], tensors[1]) { $0 + $1 }
      }
    }
    #expect(try StoredTensor.combined(nil, tensor([1], [1])) { $0 + $1 } == nil)
  }
}
