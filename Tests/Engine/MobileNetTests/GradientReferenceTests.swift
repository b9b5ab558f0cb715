import Foundation
import Kernels
import MobileNet
import Tensors
import Testing

/// Every layer's gradient against PyTorch's autograd; References/make_gradients.py made the numbers.
struct GradientReferenceTests {
  /// One network and target, and what autograd says of each layer.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let network: SyntheticNetwork
    let resolution: Resolution
    let value: Double
    let target: [String]
    var layers: [(name: String, numbers: [Double])] = []
  }

  @Test(arguments: try Self.cases(), InstructionSet.available)
  func everyLayersGradientAgreesWithAutograd(expected: Case, set: InstructionSet) throws {
    let network = try Network(
      expected.network.checkpoint(), resolution: expected.resolution, threads: 2,
      instructionSet: set)
    let trace = network.run(expected.network.input(at: expected.resolution))
    let target = try expected.target(in: network.layers)
    let gradient = try network.gradient(of: target, at: trace)
    let value = target.value(of: trace.output(at: gradient.position))
    #expect(abs(value - expected.value) < 1e-4 * max(abs(expected.value), 1))
    #expect(expected.layers.count == gradient.position + 2)
    for (name, numbers) in expected.layers {
      let position = network.layers.firstIndex { $0.name == name }
      let found = try #require(position.map { gradient.output(at: $0) } ?? gradient.input)
      let values = found.values.map { Double($0) }
      let (mean, largest, samples) = (numbers[0], numbers[1], numbers[2...])
      let magnitudes = values.map(\.magnitude)
      #expect(abs(magnitudes.reduce(0, +) / Double(values.count) - mean) <= 1e-4 * mean, "\(name)")
      #expect(abs(try #require(magnitudes.max()) - largest) <= 1e-4 * largest, "\(name)")
      for (index, sample) in samples.enumerated() {
        let place = index * (values.count - 1) / (samples.count - 1)
        let error = abs(values[place] - sample) / max(abs(sample), mean)
        #expect(error < 1e-4, "\(name), value \(place)")
      }
    }
  }

  static func cases() throws -> [Case] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "References/gradients.txt")
    var cases: [Case] = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "case" {
        cases.append(try Case(words))
      } else {
        let numbers = try words.dropFirst().map { try #require(Double($0)) }
        cases[cases.count - 1].layers.append((words[0], numbers))
      }
    }
    return cases
  }
}

extension GradientReferenceTests.Case {
  /// Reads "case WIDTH SHALLOW CLASSES PADDING ACTIVATION RESOLUTION CHANNELS VALUE TARGET…".
  init(_ words: [String]) throws {
    testDescription = words.dropFirst().joined(separator: " ")
    network = SyntheticNetwork(
      width: try #require(Double(words[1])), isShallow: words[2] == "1", classes: Int(words[3]),
      padding: try #require(Padding(rawValue: words[4])),
      activation: try #require(Activation(rawValue: words[5])),
      inputChannels: try #require(Int(words[7])))
    resolution = try #require(Resolution(words[6]))
    value = try #require(Double(words[8]))
    target = Array(words[9...])
  }

  /// Reads "logit 17", "raw 17", "difference 3 4", "mean LAYER 5", "maximum LAYER 5" or
  /// "value LAYER ROW COLUMN CHANNEL".
  func target(in layers: [Layer]) throws -> Target {
    let numbers = target.compactMap { Int($0) }
    switch target[0] {
    case "logit": return .logit(numbers[0])
    case "raw": return .logit(numbers[0], isCentred: false)
    case "difference": return .difference(numbers[0], from: numbers[1])
    default: break
    }
    let layer = try #require(layers.firstIndex { $0.name == target[1] })
    switch target[0] {
    case "mean": return .channelMean(layer: layer, channel: numbers[0])
    case "maximum": return .channelMaximum(layer: layer, channel: numbers[0])
    default:
      return .value(layer: layer, row: numbers[0], column: numbers[1], channel: numbers[2])
    }
  }
}
