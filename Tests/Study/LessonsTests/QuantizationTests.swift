import MobileNet
import Tensors
import Testing

@testable import Lessons

@Suite struct QuantizationTests {
  private func lesson(
    _ example: Example, position: Int, row: Int = 2, column: Int = 3, channel: Int = 1
  ) throws -> QuantizationLesson {
    let subject = try example.subject(
      .quantization, position: position, row: row, column: column, channel: channel)
    return try #require(Topic.quantization.lesson(about: subject) as? QuantizationLesson)
  }

  private func text(_ lesson: QuantizationLesson, _ name: String) throws -> String {
    try #require(lesson.facts.named.first { $0.name == name }?.text)
  }

  /// The lesson's sum is, number for number, the one that the network of integers recorded.
  @Test(arguments: [Activation.relu, .relu6]) func everyNumberIsTheRecordedOne(
    activation: Activation
  ) throws {
    let example = try Example(
      Architecture(width: 0.25, classes: 10, padding: .same, activation: activation))
    let runs = try IntegerRuns(of: example.checkpoint, like: example.trace, threads: 1)
    for (position, layer) in example.trace.layers.enumerated() where layer.hasWeights {
      let recorded = runs.perChannel.trace.output(at: position)
      for channel in stride(from: 0, to: layer.output.channels, by: 5) {
        for (row, column) in [(0, 0), (layer.output.height - 1, layer.output.width / 2)] {
          let made = try #require(
            Requantized(
              runs.perChannel, position: position, row: row, column: column, channel: channel))
          #expect(
            made.number == recorded[row, column, channel],
            "\(layer.name) \(row), \(column), \(channel)")
        }
      }
    }
    let said = try lesson(example, position: 1)
    #expect(said.steps.last?.text.contains("the same number") == true)
  }

  /// A layer with a channel a thousand times smaller than the others: one scale leaves nothing of it.
  @Test func oneScaleDestroysWhatAScaleAChannelSaves() throws {
    let architecture = Architecture(width: 0.25, classes: 10)
    let made = try Checkpoint.synthetic(architecture)
    let small = 5
    let weights = architecture.layers(resolution: 96).compactMap { layer in
      made.weights(of: layer).map { own in
        guard layer.name == "conv2_1_dw" else { return (layer.name, own) }
        let count = layer.weightsPerOutput
        return (
          layer.name,
          LayerWeights(
            weights: own.weights.enumerated().map { $0 / count == small ? $1 / 5000 : $1 },
            biases: own.biases.map { abs($0) })
        )
      }
    }
    let checkpoint = try Checkpoint(
      name: "uneven", architecture: architecture,
      weights: Dictionary(uniqueKeysWithValues: weights), preprocessing: .torchvision)
    let lesson = try lesson(Example(architecture, checkpoint: checkpoint), position: 1)
    #expect(try text(lesson, "narrow-channel") == "\(small)")
    #expect(try text(lesson, "tensor-left") == "0")
    #expect(try text(lesson, "tensor-numbers") == "0, 0, 0, 0, 0, 0, 0, 0, 0")
    let numbers = try text(lesson, "channel-numbers").split(separator: ", ").compactMap {
      Int($0).map(abs)
    }
    #expect(numbers.max() == 127)
    let ratio = try #require(Int(try text(lesson, "ratio").replacing(",", with: "")))
    #expect(ratio > 1000)
  }

  /// There and back it is off by no more than half a scale.
  @Test func aNumberComesBackWithinHalfAScale() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let lesson = try lesson(example, position: 3, row: 4, column: 5, channel: 2)
    func value(_ name: String) throws -> Double { try #require(Double(try text(lesson, name))) }
    let (scale, zero) = (try value("scale"), try value("zero"))
    let back = scale * (try value("byte") - zero)
    #expect(abs(back - (try value("back"))) <= 0.01 * abs(back) + 1e-3)
    let (own, error, half) = (try value("value"), try value("error"), try value("half-scale"))
    #expect(abs(own - back) <= half + 0.01 * abs(back) + 1e-3)
    #expect(error <= half)
  }
}
