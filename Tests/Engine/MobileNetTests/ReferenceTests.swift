import Foundation
import Kernels
import MobileNet
import Tensors
import Testing

/// Every layer against ONNX Runtime; References/make_references.py made the numbers.
struct ReferenceTests {
  /// One network, and what ONNX Runtime says that its layers make.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let network: SyntheticNetwork
    let resolution: Resolution
    var layers: [Expected] = []
  }

  struct Expected {
    let name: String
    let meanMagnitude: Double
    let largestMagnitude: Double
    let samples: [Double]
  }

  @Test(arguments: try Self.cases(), InstructionSet.available)
  func everyLayerAgreesWithONNXRuntime(expected: Case, instructionSet: InstructionSet) throws {
    let network = try Network(
      expected.network.checkpoint(), resolution: expected.resolution,
      instructionSet: instructionSet)
    let trace = network.run(SyntheticNetwork.input(at: expected.resolution))
    #expect(trace.layers.map(\.name) == expected.layers.map(\.name))
    for layer in expected.layers {
      let values = try #require(trace.output(of: layer.name)).values
      let magnitudes = values.map { Double(abs($0)) }
      let mean = magnitudes.reduce(0, +) / Double(values.count)
      #expect(abs(mean - layer.meanMagnitude) < 1e-4 * layer.meanMagnitude, "\(layer.name)")
      let largest = try #require(magnitudes.max())
      #expect(abs(largest - layer.largestMagnitude) < 1e-4 * largest, "\(layer.name)")
      for (index, sample) in layer.samples.enumerated() {
        let place = index * (values.count - 1) / (layer.samples.count - 1)
        let error = abs(Double(values[place]) - sample) / max(abs(sample), layer.meanMagnitude)
        #expect(error < 1e-4, "\(layer.name), value \(place)")
      }
    }
  }

  static func cases() throws -> [Case] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "References/references.txt")
    var cases: [Case] = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "case" {
        cases.append(try Case(words))
      } else {
        let numbers = try words.dropFirst().map { try #require(Double($0)) }
        cases[cases.count - 1].layers.append(
          Expected(
            name: words[0], meanMagnitude: numbers[0], largestMagnitude: numbers[1],
            samples: Array(numbers[2...])))
      }
    }
    return cases
  }
}

extension ReferenceTests.Case {
  /// Reads "case NUMBER WIDTH SHALLOW CLASSES PADDING ACTIVATION RESOLUTION".
  init(_ words: [String]) throws {
    testDescription = words[2...].joined(separator: " ")
    network = SyntheticNetwork(
      width: try #require(Double(words[2])), isShallow: words[3] == "1", classes: Int(words[4]),
      padding: try #require(Padding(rawValue: words[5])),
      activation: try #require(Activation(rawValue: words[6])))
    resolution = try #require(Resolution(words[7]))
  }
}
