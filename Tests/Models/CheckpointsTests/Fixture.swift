import Foundation
import MobileNet
import Tensors
import Testing

@testable import Checkpoints

/// A file that another program wrote, and what that program says that each layer makes of it.
struct Fixture: CustomTestStringConvertible {
  struct Layer {
    let name: String
    let meanMagnitude: Double
    let largestMagnitude: Double
    let samples: [Double]
  }

  let testDescription: String
  /// The facts that the file does not state, and its reader is told.
  let overrides: Overrides

  init(_ name: String, activation: Activation? = nil) {
    testDescription = name
    var overrides = Overrides()
    overrides.activation = activation
    self.overrides = overrides
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  var path: String { Self.folder.appending(path: testDescription).path(percentEncoded: false) }

  var isFolder: Bool { !testDescription.contains(".") }

  func read() throws -> Checkpoint { try CheckpointReader.read(path: path, overrides: overrides) }

  /// The image that the tiny network was run with.
  static func image() throws -> Tensor {
    let data = try Data(contentsOf: folder.appending(path: "image.f32"))
    return Tensor(
      shape: Shape(side: 64, channels: 3), values: Bytes(data, format: "image").floats(.float32))
  }

  /// The probabilities of the other program.
  func expected() throws -> [Layer] {
    let text = try String(contentsOfFile: path + ".expected", encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = try words.dropFirst().map { try #require(Double($0)) }
      return Layer(
        name: String(words[0]), meanMagnitude: numbers[0], largestMagnitude: numbers[1],
        samples: Array(numbers[2...]))
    }
  }
}

/// Expects every layer of `trace` to be what another program says, relative to its magnitude.
func expectAgreement(_ trace: Trace, with layers: [Fixture.Layer], tolerance: Double = 1e-4) throws
{
  #expect(trace.layers.map(\.name) == layers.map(\.name))
  for layer in layers {
    let values = try #require(trace.output(of: layer.name)).values.map(Double.init)
    let mean = values.reduce(0) { $0 + abs($1) } / Double(values.count)
    let largest = try #require(values.map { abs($0) }.max())
    #expect(abs(mean - layer.meanMagnitude) < tolerance * layer.meanMagnitude, "\(layer.name)")
    #expect(abs(largest - layer.largestMagnitude) < tolerance * largest, "\(layer.name)")
    for (index, sample) in layer.samples.enumerated() {
      let place = index * (values.count - 1) / (layer.samples.count - 1)
      let error = abs(values[place] - sample) / max(abs(sample), layer.meanMagnitude)
      #expect(error < tolerance, "\(layer.name), value \(place)")
    }
  }
}
