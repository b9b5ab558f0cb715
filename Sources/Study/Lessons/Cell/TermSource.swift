import Foundation
import MobileNet
import Tensors

/// Where the terms of a layer's sums come from: its input and its weights.
struct TermSource {
  let layer: Layer
  let input: Tensor
  let weights: LayerWeights?
  let padding: Padding

  /// What makes the value of `channel` in row `row` and column `column` of the output.
  ///
  /// Terms of a window come in the order of its places; those of sums over channels come sorted,
  /// the largest first, because nobody reads a thousand.
  func terms(row: Int, column: Int, channel: Int) -> [Term] {
    switch layer.kind {
    case .convolution, .depthwise:
      return window(row: row, column: column, channel: channel)
    case .pointwise, .fullyConnected:
      let all = (0..<input.shape.channels).map { source in
        term(row, column, source, output: channel, weightIndex: source)
      }
      return all.sorted { largerFirst($0, $1) }
    case .averagePooling:
      return (0..<input.shape.places).map { place in
        term(place / input.shape.width, place % input.shape.width, channel)
      }
    case .softmax:
      let largest = input.values.max() ?? 0
      let all = input.values.enumerated().map { index, value in
        Term(
          row: 0, column: 0, channel: index, weightIndex: nil, value: value, weight: nil,
          amount: exp(Double(value) - Double(largest)), isPadding: false)
      }
      return all.sorted { largerFirst($0, $1) }
    }
  }

  private func window(row: Int, column: Int, channel: Int) -> [Term] {
    let before = padding.before(stride: layer.stride)
    let isDepthwise = layer.kind == .depthwise
    let channels = isDepthwise ? channel..<channel + 1 : 0..<input.shape.channels
    return channels.flatMap { source in
      (0..<9).map { tap in
        term(
          row * layer.stride - before + tap / 3, column * layer.stride - before + tap % 3, source,
          output: channel, weightIndex: isDepthwise ? tap : tap * input.shape.channels + source)
      }
    }
  }

  private func weight(_ output: Int, _ index: Int) -> Float {
    weights.map { $0.weights[output * layer.weightsPerOutput + index] } ?? 0
  }

  private func term(
    _ row: Int, _ column: Int, _ channel: Int, output: Int = 0, weightIndex: Int? = nil
  ) -> Term {
    let isPadding =
      !(0..<input.shape.height ~= row) || !(0..<input.shape.width ~= column)
    let value = isPadding ? 0 : input[row, column, channel]
    let weight = weightIndex.map { self.weight(output, $0) }
    return Term(
      row: row, column: column, channel: channel, weightIndex: weightIndex, value: value,
      weight: weight,
      amount: weight.map { Double(value) * Double($0) } ?? Double(value), isPadding: isPadding)
  }

  private func largerFirst(_ first: Term, _ second: Term) -> Bool {
    (second.amount.magnitude, first.channel) < (first.amount.magnitude, second.channel)
  }
}
