import Dispatch
import Foundation
import Kernels
import Synchronization

/// Multinomial logistic regression with an L2 penalty: fits a layer that tells classes by features.
///
/// The weights W and biases b minimise Σ sᵢ·(−log p(classᵢ)) + ‖W‖²/(2C), where p is the softmax of
/// W·x + b and sᵢ the weight of row i. Biases are not penalised. scikit-learn's
/// `LogisticRegression` minimises the same, except that it fits a single vector to two classes,
/// which its penalty makes equal to this with half of C.
struct LogisticRegression: Sendable {
  /// Weights and biases for features that are neither shifted nor scaled.
  struct Head: Equatable, Sendable {
    /// The weights: classes × features.
    var weights: [Float]
    /// The biases, one per class.
    var biases: [Float]
  }

  /// The weights and biases of the search, for features that were shifted and scaled.
  typealias Parameters = [Double]

  let classes: Int
  private let width: Int
  private let rowClasses: [Int]
  private let means: [Double]
  private let scale: Double
  /// The mean square of each feature after shifting and scaling.
  private let squares: [Double]
  private let blocks: [Block]
  private let threads: Int

  /// Some rows, packed for both products that make a gradient.
  private struct Block: Sendable {
    let rows: Range<Int>
    /// The product of class weights and rows: the logits.
    let forward: MatrixProduct
    /// The product of the rows' errors and their features: the gradient.
    let backward: MatrixProduct
  }

  /// The number of rows in a block, small enough for sums in floats.
  private static let blockRows = 512

  /// Packs the rows of `features`; `rowClasses` holds the class of each.
  init(_ features: FeatureTable, rowClasses: [Int], classes: Int, threads: Int) {
    precondition(rowClasses.count == features.rows && features.rows > 0)
    self.classes = classes
    self.rowClasses = rowClasses
    self.threads = threads
    let (width, rows) = (features.width, features.rows)
    self.width = width
    // The optimum does not depend on the features' origin; around their mean it is found sooner.
    var means = [Double](repeating: 0, count: width)
    for row in 0..<rows {
      for (column, value) in features.row(row).enumerated() { means[column] += Double(value) }
    }
    for column in 0..<width { means[column] /= Double(rows) }
    var squares = [Double](repeating: 0, count: width)
    for row in 0..<rows {
      for (column, value) in features.row(row).enumerated() {
        let distance = Double(value) - means[column]
        squares[column] += distance * distance
      }
    }
    let total = squares.reduce(0, +) / Double(rows)
    let scale = total > 0 ? 1 / total.squareRoot() : 1
    self.means = means
    self.scale = scale
    self.squares = squares.map { $0 * scale * scale / Double(rows) }
    blocks = stride(from: 0, to: rows, by: Self.blockRows).map { first in
      let range = first..<min(first + Self.blockRows, rows)
      var matrix = [Float](repeating: 0, count: range.count * width)
      for (place, row) in range.enumerated() {
        for (column, value) in features.row(row).enumerated() {
          matrix[place * width + column] = Float((Double(value) - means[column]) * scale)
        }
      }
      return Block(
        rows: range, forward: MatrixProduct(matrix, outputs: range.count),
        backward: MatrixProduct(transposing: matrix, outputs: width))
    }
  }

  /// Returns the C at which the penalty on the scaled features is `penalty`.
  func strength(penalty: Double, rowWeights: [Double]) -> Double {
    scale * scale / (penalty * rowWeights.reduce(0, +))
  }

  /// The parameters before learning: zeros.
  var start: Parameters { Parameters(repeating: 0, count: classes * (width + 1)) }

  /// Returns the best parameters at strength `c` for rows weighted by `rowWeights`.
  func fit(
    c: Double, rowWeights: [Double], from start: Parameters, tolerance: Double
  ) -> Parameters {
    let total = rowWeights.reduce(0, +)
    let penalty = scale * scale / (c * total)
    // The diagonal of the Hessian, if all classes were equally likely.
    let spread = (1 - 1 / Double(classes)) / Double(classes)
    let ofClass = squares.map { 1 / (penalty + spread * $0) } + [1 / spread]
    let search = LimitedMemoryBFGS(
      diagonal: (0..<classes).flatMap { _ in ofClass }, tolerance: tolerance)
    return search.minimum(from: start) { parameters in
      objective(parameters, penalty: penalty, rowWeights: rowWeights, total: total)
    }
  }

  /// Returns the mean loss with the penalty, and the gradient of both.
  private func objective(
    _ parameters: Parameters, penalty: Double, rowWeights: [Double], total: Double
  ) -> (value: Double, gradient: [Double]) {
    let weights = floatWeights(parameters)
    let parts = perBlock { block in
      var (loss, biases) = (0.0, [Double](repeating: 0, count: classes))
      let count = block.rows.count
      var logits = logits(of: block, weights, parameters)
      var column = [Double](repeating: 0, count: classes)
      for place in 0..<count {
        let row = block.rows.lowerBound + place
        let weight = rowWeights[row] / total
        guard weight > 0 else {
          for index in 0..<classes { logits[index * count + place] = 0 }
          continue
        }
        var largest = -Double.infinity
        for index in 0..<classes {
          column[index] = Double(logits[index * count + place])
          largest = max(largest, column[index])
        }
        let own = column[rowClasses[row]] - largest
        var sum = 0.0
        for index in 0..<classes {
          column[index] = exp(column[index] - largest)
          sum += column[index]
        }
        loss += weight * (log(sum) - own)
        for index in 0..<classes {
          let wrong = weight * (column[index] / sum - (index == rowClasses[row] ? 1 : 0))
          logits[index * count + place] = Float(wrong)
          biases[index] += wrong
        }
      }
      return (loss, biases, block.backward.rows(logits))
    }
    var value = 0.0
    var gradient = [Double](repeating: 0, count: parameters.count)
    for (loss, biases, part) in parts {
      value += loss
      for index in 0..<classes {
        let (to, from) = (index * (width + 1), index * width)
        for column in 0..<width { gradient[to + column] += Double(part[from + column]) }
        gradient[to + width] += biases[index]
      }
    }
    for index in 0..<classes {
      for place in index * (width + 1)..<index * (width + 1) + width {
        value += penalty / 2 * parameters[place] * parameters[place]
        gradient[place] += penalty * parameters[place]
      }
    }
    return (value, gradient)
  }

  /// Returns the logits of every row: rows × classes.
  func logits(_ parameters: Parameters) -> [[Double]] {
    let weights = floatWeights(parameters)
    return perBlock { block in
      let (count, logits) = (block.rows.count, logits(of: block, weights, parameters))
      return (0..<count).map { place in
        (0..<classes).map { Double(logits[$0 * count + place]) }
      }
    }.flatMap(\.self)
  }

  /// Returns the head that computes from the original features the logits that `parameters` compute
  /// from the shifted and scaled ones, divided by `temperature`.
  func head(_ parameters: Parameters, temperature: Double = 1) -> Head {
    var head = Head(weights: [], biases: [])
    for index in 0..<classes {
      let first = index * (width + 1)
      let weights = parameters[first..<first + width].map { $0 * scale / temperature }
      let shift = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
      head.weights += weights.map { Float($0) }
      head.biases.append(Float(parameters[first + width] / temperature - shift))
    }
    return head
  }

  /// Returns the logits of a block: classes × rows.
  private func logits(
    of block: Block, _ weights: [Float], _ parameters: Parameters
  ) -> [Float] {
    var logits = block.forward.rows(weights)
    let count = block.rows.count
    for index in 0..<classes {
      let bias = Float(parameters[index * (width + 1) + width])
      for place in index * count..<(index + 1) * count { logits[place] += bias }
    }
    return logits
  }

  private func floatWeights(_ parameters: Parameters) -> [Float] {
    (0..<classes).flatMap { index in
      parameters[index * (width + 1)..<index * (width + 1) + width].map { Float($0) }
    }
  }

  /// Returns the result of `body` for each block, in the order of the blocks.
  private func perBlock<Result: Sendable>(_ body: @Sendable (Block) -> Result) -> [Result] {
    if blocks.count == 1 { return [body(blocks[0])] }
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: blocks.count))
    DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
      while case let index = next.add(1, ordering: .relaxed).oldValue, index < blocks.count {
        let result = body(blocks[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
