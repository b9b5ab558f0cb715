import Tensors

/// The weights of a matrix product, in the order in which the kernels read them.
///
/// Output channels are divided into panels of as many columns as a kernel keeps in registers. A
/// panel holds one bias per column and then, for each input value, one weight per column; missing
/// columns of the last panel are zero.
struct Panels: Sendable {
  /// The number of input values of one output value.
  let depth: Int
  /// The number of output values of one row.
  let outputs: Int
  /// The number of columns of a panel.
  let columns: Int

  private let storage: Storage

  /// Packs `weights`, a group of `weights.count / biases.count` per output channel.
  init(weights: [Float], biases: [Float], columns: Int) {
    outputs = biases.count
    depth = weights.count / max(biases.count, 1)
    self.columns = columns
    let count = (outputs + columns - 1) / columns
    storage = Storage(uninitialized: count * (depth + 1) * columns)
    var line = storage.base
    for first in stride(from: 0, to: outputs, by: columns) {
      let used = min(columns, outputs - first)
      line.update(repeating: 0, count: (depth + 1) * columns)
      for column in 0..<used { line[column] = biases[first + column] }
      line += columns
      weights.withUnsafeBufferPointer { weights in
        for k in 0..<depth {
          for column in 0..<used { line[column] = weights[(first + column) * depth + k] }
          line += columns
        }
      }
    }
  }

  /// Packs the transpose of `weights`, a group of `outputs` for each of `depth` inputs, without
  /// biases; for backward passes.
  init(transposing weights: [Float], depth: Int, outputs: Int, columns: Int) {
    precondition(weights.count == depth * outputs)
    self.depth = depth
    self.outputs = outputs
    self.columns = columns
    storage = Storage(uninitialized: (outputs + columns - 1) / columns * (depth + 1) * columns)
    storage.base.update(repeating: 0, count: storage.count)
    weights.withUnsafeBufferPointer { weights in
      var line = storage.base
      for first in stride(from: 0, to: outputs, by: columns) {
        let used = min(columns, outputs - first)
        for k in 0..<depth {
          line += columns
          for column in 0..<used { line[column] = weights[k * outputs + first + column] }
        }
        line += columns
      }
    }
  }

  /// Creates panels whose biases and weights are all the same.
  init(everyWeight weight: Float, depth: Int, outputs: Int, columns: Int) {
    self.depth = depth
    self.outputs = outputs
    self.columns = columns
    storage = Storage(
      uninitialized: (outputs + columns - 1) / columns * (depth + 1) * columns)
    storage.base.update(repeating: weight, count: storage.count)
  }

  /// The number of panels.
  var count: Int { (outputs + columns - 1) / columns }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int { storage.count * MemoryLayout<Float>.stride }

  /// Returns the memory of some panels.
  func memory(of panels: Range<Int>) -> Memory {
    Memory(storage.base, panels.of((depth + 1) * columns))
  }

  /// Returns the first float of a panel; valid as long as the panels are.
  func panel(_ index: Int) -> UnsafePointer<Float> {
    UnsafePointer(storage.base + index * (depth + 1) * columns)
  }
}
