import Checkpoints
import Foundation
import Kernels
import MobileNet
import Tensors
import Testing

/// Every number of every layer against TensorFlow Lite's reference kernels; Fixtures/make_integers.py
/// made the checksums.
struct IntegerNetworkTests {
  @Test(arguments: ["int8.tflite", "quantized.tflite"], IntegerInstructionSet.available)
  func everyLayerOfASmallNetworkIsTheReferenceKernels(
    name: String, set: IntegerInstructionSet
  ) throws {
    for threads in [1, 3] { try check(name, in: fixtures, set, threads) }
  }

  @Test(
    .enabled(if: zooFolder != nil, "MOBILENET_ZOO names no folder"),
    arguments: [
      "mobilenet_v1_0.25_128_quant", "mobilenet_v1_0.5_160_quant", "mobilenet_v1_0.75_192_quant",
      "mobilenet_v1_1.0_224_quant_embedding_extractor",
    ], IntegerInstructionSet.available)
  func everyLayerOfARealNetworkIsTheReferenceKernels(
    name: String, set: IntegerInstructionSet
  ) throws {
    try check("\(name).tflite", in: try #require(zooFolder), set, 2)
  }

  @Test func floatsHaveNoIntegers() throws {
    let checkpoint = try CheckpointReader.read(
      path: fixtures.appending(path: "float.tflite").path)
    #expect(checkpoint.integers == nil)
    #expect(throws: NetworkError.notQuantized("float")) { try IntegerNetwork(checkpoint) }
  }

  /// The reals behind the integers are near the outputs of the network of floats.
  @Test func realNumbersAreNearThoseOfFloats() throws {
    let checkpoint = try CheckpointReader.read(
      path: fixtures.appending(path: "int8.tflite").path)
    let input = Tensor(
      shape: Shape(side: 64, channels: 3),
      values: Checkpoint.syntheticValues(64 * 64 * 3, seed: 5, scale: 0.9))
    let floats = try Network(checkpoint).run(input)
    let integers = try IntegerNetwork(checkpoint).run(input).reals
    for position in 0..<5 {
      let (a, b) = (floats.output(at: position).values, integers.output(at: position).values)
      let error = zip(a, b).map { abs($0 - $1) }.reduce(0, +) / Float(a.count)
      #expect(error < 0.03, "\(floats.layers[position].name)")
    }
  }

  private func check(
    _ name: String, in folder: URL, _ set: IntegerInstructionSet, _ threads: Int
  ) throws {
    let line = try #require(
      try String(contentsOf: fixtures.appending(path: "integers.expected"), encoding: .utf8)
        .split(separator: "\n").first { $0.hasPrefix(name + " ") })
    let expected = line.split(separator: " ").dropFirst().map(String.init)
    let checkpoint = try CheckpointReader.read(path: folder.appending(path: name).path)
    let network = try IntegerNetwork(checkpoint, threads: threads, instructionSet: set)
    let quantization = network.weights.input
    var trace: IntegerTrace?
    let input = QuantizedTensor(
      shape: network.inputShape, quantization: quantization,
      numbers: (0..<UInt32(network.inputShape.count)).map {
        Int(pseudoRandom($0)) + quantization.numbers.lowerBound
      })
    network.run(input, reusing: &trace)
    // Again in the same memory.
    let again = network.run(input, reusing: &trace)
    #expect(again.layers.count == expected.count)
    for (position, layer) in again.layers.enumerated() {
      let sum = checksum(again.output(at: position).numbers)
      #expect(sum == expected[position], "\(layer.name)")
    }
  }

  private func pseudoRandom(_ index: UInt32) -> UInt8 {
    var value = index &* 0x85EB_CA6B
    value ^= value >> 15
    value = value &* 0xC2B2_AE35
    value ^= value >> 13
    return UInt8(value >> 24)
  }

  /// FNV-1a, 64 bits.
  private func checksum(_ numbers: [Int]) -> String {
    let sum = numbers.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64(UInt8(truncatingIfNeeded: $1))) &* 0x100_0000_01B3
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

private let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "Fixtures")
private let zooFolder = ProcessInfo.processInfo.environment["MOBILENET_ZOO"].map {
  URL(filePath: $0)
}
