import Foundation
import MobileNet
import Tensors
import Testing

@testable import Checkpoints

/// The two forms of a quantised network of ONNX Runtime, whose numbers Fixtures/make_quantized_onnx.py
/// made.
@Suite(.serialized) struct QuantizedONNXTests {
  @Test(arguments: ["qdq.onnx", "qlinear.onnx"])
  func everyNumberIsWithinAStepOfTheOtherProgrammes(file: String) throws {
    let network = try IntegerNetwork(Fixture(file).read(), resolution: 64, threads: 1)
    let name = file.split(separator: ".")[0]
    let trace = network.run(try Fixture.image())
    let expected = [UInt8](
      try Data(contentsOf: Fixture.folder.appending(path: "\(name).numbers")))
    var (place, others) = (0, 0)
    for (position, layer) in trace.layers.enumerated() {
      let numbers = trace.output(at: position).numbers
      let theirs = expected[place..<place + numbers.count]
      let distances = zip(numbers, theirs).map { abs($0 - Int($1)) }
      let farthest = distances.max() ?? 0
      #expect(farthest <= 1, "\(layer.name)")
      others += distances.count { $0 > 0 }
      place += numbers.count
    }
    #expect(others * 50 <= expected.count, "\(others) of \(expected.count)")
    #expect(place == expected.count)
  }

  /// The same file in floats: what the integers stand for, without the rounding between layers.
  @Test(arguments: ["qdq", "qlinear"])
  func floatsAreNearTheIntegers(name: String) throws {
    let checkpoint = try Fixture("\(name).onnx").read()
    #expect(checkpoint.architecture.activation == .relu6)
    let floats = try Network(checkpoint, resolution: 64, threads: 1).run(Fixture.image())
    let numbers = try Data(contentsOf: Fixture.folder.appending(path: "\(name).numbers")).suffix(11)
    let probabilities = floats.output(at: floats.layers.count - 1).values
    for (own, number) in zip(probabilities, numbers) {
      #expect(abs(own - Float(number) / 256) < 0.1)
    }
  }
}
