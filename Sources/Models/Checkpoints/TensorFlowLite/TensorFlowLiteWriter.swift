import Files
import Foundation
import MobileNet
import Tensors

/// Writes a quantised checkpoint as a `.tflite` file that TensorFlow Lite runs.
///
/// The field numbers are those of tensorflow/lite/schema/schema.fbs, version 3. Facts that the
/// schema has no place for, such as preprocessing and labels, go into the project's own metadata.
public enum TensorFlowLiteWriter {
  /// Writes `checkpoint`, which has integers, to `path`, and replaces an existing file only when
  /// everything is written.
  public static func write(
    _ checkpoint: Checkpoint, to path: String
  ) throws(CheckpointFileError) {
    guard let weights = checkpoint.integers, checkpoint.architecture.head == .softmax else {
      throw CheckpointFileError(
        path: path, reason: .inconsistent(problem: "\(checkpoint.name) has no integers"))
    }
    do {
      let strings = try ProjectMetadata.strings(for: checkpoint)
      let metadata = try JSONSerialization.data(withJSONObject: strings, options: .sortedKeys)
      var graph = Graph(checkpoint, weights)
      try WholeFile.write(Data(graph.file(metadata: Array(metadata))), to: path)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unwritable(error.reason))
    }
  }
}

/// The tensors and operators of a network under construction.
private struct Graph {
  private typealias Field = FlatBufferWriter.Field

  /// The operators of a MobileNet, with their numbers in BuiltinOperator and BuiltinOptions.
  private enum Step: Int, CaseIterable {
    case averagePool, convolution, depthwise, fullyConnected, softmax, pad

    var code: Int { [1, 3, 4, 9, 25, 34][rawValue] }
    var options: UInt8 { [5, 1, 2, 8, 9, 22][rawValue] }
  }

  private let checkpoint: Checkpoint
  private let weights: IntegerWeights
  // Buffer 0 is empty, as the schema requires.
  private var buffers: [[Int: Field]] = [[:]]
  private var tensors: [[Int: Field]] = []
  private var steps: [[Int: Field]] = []

  init(_ checkpoint: Checkpoint, _ weights: IntegerWeights) {
    self.checkpoint = checkpoint
    self.weights = weights
  }

  mutating func file(metadata: [UInt8]) -> [UInt8] {
    let layers = checkpoint.architecture.layers(resolution: checkpoint.resolution)
    let (rows, columns) = (checkpoint.resolution.height, checkpoint.resolution.width)
    let input = activation("input", [1, Int32(rows), Int32(columns), 3], weights.input)
    var (top, read) = (input, weights.input)
    for layer in layers { (top, read) = append(layer, after: top, read) }
    buffers.append([0: .bytes(metadata)])
    let isSigned = weights.input.isSigned
    return FlatBufferWriter.file(
      [
        0: .number(3),
        1: .tables(
          Step.allCases.map {
            // The first versions of the operators that support int8; version 1 supports uint8.
            let version = isSigned ? [2, 3, 3, 4, 2, 2][$0.rawValue] : 1
            return [
              0: .byte(UInt8($0.code)), 2: .number(UInt32(version)), 3: .number(UInt32($0.code)),
            ]
          }),
        2: .tables([
          [
            0: .tables(tensors), 1: .numbers([Int32(input)]), 2: .numbers([Int32(top)]),
            3: .tables(steps), 4: .text(checkpoint.name),
          ]
        ]),
        3: .text("MobileNet v1"), 4: .tables(buffers),
        6: .tables([
          [0: .text(ProjectMetadata.key), 1: .number(UInt32(buffers.count - 1))]
        ]),
      ], identifier: "TFL3")
  }

  /// Appends the operators of one layer; returns its output tensor and the quantisation of that.
  private mutating func append(
    _ layer: Layer, after top: Int, _ read: Quantization
  ) -> (Int, Quantization) {
    let made = weights.output(of: layer)
    let shape: [Int32] =
      layer.kind == .fullyConnected || layer.kind == .softmax
      ? [1, Int32(layer.output.channels)]
      : [1, Int32(layer.output.height), Int32(layer.output.width), Int32(layer.output.channels)]
    let options: [Int: Field]
    let step: Step
    var inputs = [top]
    switch layer.kind {
    case .convolution, .depthwise, .pointwise:
      let isDepthwise = layer.kind == .depthwise
      step = isDepthwise ? .depthwise : .convolution
      // With stride 2, SAME does not put one row before at every side.
      let isPadded =
        layer.kind != .pointwise && layer.stride == 2
        && checkpoint.architecture.padding == .symmetric
      if isPadded { inputs = [pad(top, layer, read)] }
      let stride = Field.number(UInt32(layer.stride))
      let activation = Field.byte(checkpoint.architecture.activation == .relu6 ? 3 : 1)
      let shared: [Int: Field] = [0: .byte(isPadded ? 1 : 0), 1: stride, 2: stride]
      let own: [Int: Field] =
        isDepthwise
        ? [3: .number(1), 4: activation, 5: .number(1), 6: .number(1)]
        : [3: activation, 4: .number(1), 5: .number(1)]
      options = shared.merging(own) { first, _ in first }
      inputs += constants(layer, read)
    case .averagePooling:
      step = .averagePool
      let (rows, columns) = (UInt32(layer.input.height), UInt32(layer.input.width))
      // VALID: the window is the whole input; the columns come first.
      options = [0: .byte(1), 1: .number(1), 2: .number(1), 3: .number(columns), 4: .number(rows)]
    case .fullyConnected:
      step = .fullyConnected
      options = [0: .byte(layer.activation.map { $0 == .relu6 ? 3 : 1 } ?? 0)]
      inputs += constants(layer, read)
    case .softmax:
      step = .softmax
      options = [0: .float(1)]
    case .maxPooling, .sigmoid, .addition, .concatenation:
      preconditionFailure("\(layer.name) has no integers")
    }
    let output = activation(layer.name, shape, made)
    append(step, inputs, output, options)
    return (output, made)
  }

  private mutating func pad(_ top: Int, _ layer: Layer, _ read: Quantization) -> Int {
    let amounts: [Int32] = [0, 0, 1, 1, 1, 1, 0, 0]
    let constant = tensor("\(layer.name) padding", [4, 2], type: 2, littleEndian(amounts), [:])
    let shape = [
      1, Int32(layer.input.height + 2), Int32(layer.input.width + 2), Int32(layer.input.channels),
    ]
    let output = activation("\(layer.name) padded", shape, read)
    append(.pad, [top, constant], output, [:])
    return output
  }

  private mutating func append(
    _ step: Step, _ inputs: [Int], _ output: Int, _ options: [Int: Field]
  ) {
    steps.append([
      0: .number(UInt32(step.rawValue)), 1: .numbers(inputs.map { Int32($0) }),
      2: .numbers([Int32(output)]), 3: .byte(step.options), 4: .table(options),
    ])
  }

  /// Appends the weights and biases of a layer; returns their tensors.
  private mutating func constants(_ layer: Layer, _ read: Quantization) -> [Int] {
    guard let own = weights.layers[layer.name] else { return [] }
    let (outputs, inputs) = (layer.output.channels, layer.input.channels)
    let isDepthwise = layer.kind == .depthwise
    let shape: [Int] =
      switch layer.kind {
      case .depthwise: [1, 3, 3, outputs]
      case .fullyConnected: [outputs, inputs]
      default: [outputs, layer.kernelSide, layer.kernelSide, inputs]
      }
    let isSigned = weights.input.isSigned
    // The least zero point that keeps all numbers within eight bits.
    let zero = isSigned ? 0 : Int16(max(0, -Int(own.weights.min() ?? 0)))
    let numbers = isDepthwise ? own.weights.channelsLast(outputs) : own.weights
    let weight = tensor(
      "\(layer.name) weights", shape.map { Int32($0) }, type: isSigned ? 9 : 3,
      numbers.map { UInt8(truncatingIfNeeded: $0 + zero) },
      quantization(own.scales, zero: Int64(zero), axis: isDepthwise ? 3 : 0))
    let bias = tensor(
      "\(layer.name) biases", [Int32(outputs)], type: 2, littleEndian(own.biases),
      quantization(own.scales.map { $0 * read.scale }, zero: 0, axis: 0))
    return [weight, bias]
  }

  private mutating func activation(
    _ name: String, _ shape: [Int32], _ numbers: Quantization
  ) -> Int {
    tensor(
      name, shape, type: numbers.isSigned ? 9 : 3, [],
      quantization([numbers.scale], zero: Int64(numbers.zeroPoint), axis: 0))
  }

  private func quantization(_ scales: [Float], zero: Int64, axis: UInt32) -> [Int: Field] {
    [
      2: .floats(scales), 3: .longs([Int64](repeating: zero, count: scales.count)),
      6: .number(axis),
    ]
  }

  private mutating func tensor(
    _ name: String, _ shape: [Int32], type: UInt8, _ bytes: [UInt8], _ quantization: [Int: Field]
  ) -> Int {
    if !bytes.isEmpty { buffers.append([0: .bytes(bytes)]) }
    tensors.append([
      0: .numbers(shape), 1: .byte(type),
      2: .number(bytes.isEmpty ? 0 : UInt32(buffers.count - 1)), 3: .text(name),
      4: .table(quantization),
    ])
    return tensors.count - 1
  }

  private func littleEndian(_ numbers: [Int32]) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  }
}

extension [Int16] {
  /// Returns numbers in the order channel, row, column in the order row, column, channel.
  fileprivate func channelsLast(_ channels: Int) -> [Int16] {
    let places = count / Swift.max(channels, 1)
    return (0..<count).map { self[$0 % channels * places + $0 / channels] }
  }
}
