import Kernels
import Tensors
import Testing

@testable import MobileNet

/// Layers that are read while the network runs.
@Suite struct ReadingTests {
  /// One thread hands on some rows at a time, several hand on all.
  @Test(arguments: [1, 2]) func everyRowIsReadOnceAndInOrder(threads: Int) throws {
    let synthetic = SyntheticNetwork(width: 1)
    let network = try Network(synthetic.checkpoint(), resolution: 224, threads: threads)
    let input = synthetic.input(at: 224)
    let trace = network.run(input)
    var read = [[Float]](repeating: [], count: network.layers.count)
    var next = [Int](repeating: 0, count: network.layers.count)
    var parts = 0
    network.run(input) { position, output, rows in
      #expect(rows.lowerBound == next[position] && !rows.isEmpty)
      next[position] = rows.upperBound
      parts += 1
      let line = output.shape.width * output.shape.channels
      output.withUnsafeBufferPointer {
        read[position] += $0[rows.lowerBound * line..<rows.upperBound * line]
      }
    }
    for (position, layer) in network.layers.enumerated() {
      #expect(next[position] == layer.output.height)
      #expect(read[position] == trace.output(at: position).values, "\(layer.name)")
    }
    #expect((parts > network.layers.count) == (threads == 1))
  }

  @Test func rowsInPartsComeToTheSame() {
    let shape = Shape(height: 13, width: 9, channels: 37)
    let values = Checkpoint.syntheticValues(shape.count, seed: 3, scale: 2)
    let output = Tensor(shape: shape, values: values.map { max($0, 0) })
    var (whole, parts) = (ChannelSummary(count: 40), ChannelSummary(count: 40))
    whole.take(output, at: 2)
    // Twice, so that nothing is left of what was taken before.
    for rows in [0..<5, 5..<6, 6..<13, 0..<12, 12..<13] {
      parts.take(rows: rows, of: output, at: 2)
    }
    #expect(parts.maxima == whole.maxima && parts.places == whole.places)
    #expect(parts.means == whole.means && parts.squares == whole.squares)
    #expect(parts.zeros == whole.zeros && whole.zeros.contains { $0 > 0 })
  }
}
