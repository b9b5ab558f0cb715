import MobileNet
import Tensors
import Testing

@testable import Lessons

/// Every number that a walkthrough says, recomputed from the trace and the weights.
@Suite struct SentenceTests {
  @Test(arguments: [Activation.relu, .relu6])
  func everyProductAndEverySumIsWhatTheLayerHas(activation: Activation) throws {
    let example = try Example(Architecture(width: 0.25, classes: 10, activation: activation))
    for position in example.trace.layers.indices {
      let output = example.trace.layers[position].output
      let (row, column) = (output.height / 2, output.width / 3)
      let walkthrough = try Walkthrough(
        example.trace, checkpoint: example.checkpoint, position: position, row: row,
        column: column, channel: 3, script: .bundled(.cell))
      try expectTerms(walkthrough, position: position, in: example)
      try expectEnd(walkthrough, position: position, in: example)
    }
  }

  /// `… : value · weight = product, sum so far`, from the numbers that the test looks up itself.
  private func expectTerms(_ all: Walkthrough, position: Int, in example: Example) throws {
    let layer = all.layer
    let input = example.trace.input(at: position)
    let weights = example.checkpoint.weights(of: layer).map { Array($0.weights(of: 3)) }
    let largest = input.values.max() ?? 0
    let slack = 0.5001 * power(-min(all.digits, 4))
    var sum = 0.0
    for step in all.steps {
      guard case .terms(let range) = step.part else { continue }
      for term in all.terms[range] {
        let isInside =
          0..<input.shape.height ~= term.row && 0..<input.shape.width ~= term.column
        let value = isInside ? Double(input[term.row, term.column, term.channel]) : 0
        #expect(term.isPadding == !isInside)
        switch layer.kind {
        case .averagePooling: sum += value
        case .softmax: sum += Independent.power(value - Double(largest))
        default:
          sum += value * Double(try #require(weights)[index(of: term, all)])
        }
      }
      let stated = numbers(in: step.text)
      #expect(abs(try #require(stated.last) - sum) < 2 * slack, "\(layer.name): \(step.text)")
      guard range.count == 1, let term = all.terms[range].first, let weights,
        !term.isPadding
      else { continue }
      let value = Double(input[term.row, term.column, term.channel])
      let weight = Double(weights[index(of: term, all)])
      let tail = Array(stated.suffix(4))
      #expect(abs(tail[0] - value) < slack && abs(tail[1] - weight) < slack)
      #expect(abs(tail[2] - value * weight) < slack, "\(layer.name): \(step.text)")
    }
  }

  /// Bias, activation, mean or share, and what was recorded; what the whole layer costs.
  private func expectEnd(_ all: Walkthrough, position: Int, in example: Example) throws {
    let layer = all.layer
    let recorded = Double(
      example.trace.output(at: position)[all.row, all.column, 3])
    let slack = 0.5001 * power(-min(all.digits, 4))
    for step in all.steps {
      let stated = numbers(in: step.text)
      switch step.part {
      case .bias:
        let bias = Double(try #require(example.checkpoint.weights(of: layer)).biases[3])
        #expect(abs(stated[1] - bias) < slack && abs(stated[0] + bias - stated[2]) < 3 * slack)
      case .ending:
        let made = try #require(numbers(in: String(step.text.split(separator: ":")[0])).last)
        #expect(abs(made - recorded) < 2 * slack, "\(layer.name): \(step.text)")
      default: break
      }
    }
    let steps = all.steps
    #expect(steps.contains { $0.text.hasSuffix(": the same number.") })
    if layer.hasWeights {
      #expect(numbers(in: steps[1].text).first == Double(layer.weightsPerOutput))
      #expect(numbers(in: try #require(steps.last).text).last == Double(layer.multiplyAdds))
    }
  }

  /// Where a term's weight lies, by the order that `LayerWeights` documents.
  private func index(of term: Term, _ all: Walkthrough) -> Int {
    let layer = all.layer
    guard layer.kernelSide == 3 else { return term.channel }
    let tap =
      3 * (term.row - all.row * layer.stride + 1) + term.column - all.column * layer.stride + 1
    return layer.kind == .depthwise ? tap : 3 * tap + term.channel
  }

  private func power(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1) { result, _ in result * (exponent < 0 ? 0.1 : 10) }
  }
}
