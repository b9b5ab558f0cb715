import Kernels
import MobileNet
import Tensors

/// The integers of a quantised network, without a conversion to floats.
///
/// tensorflow.org/lite/performance/quantization_spec: activations uint8 or int8, weights of the
/// same type, biases int32.
struct TensorFlowLiteIntegers: Sendable {
  private let model: TensorFlowLiteModel
  private let steps: [TensorFlowLiteModel.Operator]
  private let input: Quantization

  /// Creates nil unless all steps compute with integers, and each reads the integers of the one
  /// before.
  init?(_ model: TensorFlowLiteModel) throws(ImportError) {
    var steps: [TensorFlowLiteModel.Operator] = []
    var (input, last): (Quantization?, Quantization?)
    for index in 0..<model.operatorCount {
      let step = try model.step(index)
      // A separate activation would round once more.
      if ["RELU", "RELU6"].contains(step.name) { return nil }
      let isWeighted = ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"].contains(step.name)
      guard isWeighted || ["AVERAGE_POOL_2D", "MEAN"].contains(step.name) else { continue }
      guard let source = step.inputs.first, let target = step.outputs.first,
        let read = try model.tensor(source).quantization,
        let made = try model.tensor(target).quantization, last == nil || last == read
      else { return nil }
      if isWeighted {
        guard step.inputs.count >= 2, try model.tensor(step.inputs[1]).isOfEightBits else {
          return nil
        }
      }
      (input, last) = (input ?? read, made)
      steps.append(step)
    }
    guard let input else { return nil }
    self.model = model
    self.steps = steps
    self.input = input
  }

  /// Returns the integers of the network that was recognised as `checkpoint`; nil where the head
  /// has no integer kernel.
  func weights(for checkpoint: Checkpoint) throws(ImportError) -> IntegerWeights? {
    let architecture = checkpoint.architecture
    guard architecture.head == .softmax else { return nil }
    let names = architecture.layers(resolution: 224).filter(\.hasWeights).map(\.name)
    var layers: [String: IntegerWeights.Layer] = [:]
    var pooling = IntegerPooling.average
    var pooled: Quantization?
    var last = input
    for step in steps {
      if ["AVERAGE_POOL_2D", "MEAN"].contains(step.name) {
        pooling = step.name == "MEAN" ? .mean : .average
        pooled = try model.tensor(step.outputs[0]).quantization
      } else if layers.count < names.count {
        let layer = try layer(step)
        layers[names[layers.count]] = layer
        last = layer.output
      }
    }
    do throws(CheckpointError) {
      return try IntegerWeights(
        input: input, layers: layers, pooling: pooling, pooled: pooled ?? last, for: architecture)
    } catch {
      throw .weights(error)
    }
  }

  private func layer(
    _ step: TensorFlowLiteModel.Operator
  ) throws(ImportError) -> IntegerWeights.Layer {
    let filter = try model.tensor(step.inputs[1])
    guard let output = try model.tensor(step.outputs[0]).quantization,
      let read = try model.tensor(step.inputs[0]).quantization
    else { throw model.damaged("\(filter.name) has outputs without a scale") }
    let isDepthwise = step.name == "DEPTHWISE_CONV_2D"
    let numbers = try filter.integers(Int16.self)
    let isPerTensor = filter.scales.count == 1
    // There is one zero point for all, or all of them are 0.
    guard let zero = filter.zeros.first, filter.numberRange.contains(zero),
      isPerTensor || filter.zeros.allSatisfy({ $0 == 0 })
    else { throw model.damaged("\(filter.name) has zero points that its type does not allow") }
    let outputs = (isDepthwise ? filter.shape.last : filter.shape.first) ?? 0
    var biases = [Int32](repeating: 0, count: outputs)
    if step.inputs.count > 2, step.inputs[2] >= 0 {
      biases = try model.tensor(step.inputs[2]).integers(Int32.self)
    }
    let options = step.options
    let field = step.name == "CONV_2D" ? 3 : isDepthwise ? 4 : 0
    let activation = try options?.integer(field, Int8.self) ?? 0
    return IntegerWeights.Layer(
      weights: (isDepthwise ? numbers.channelsFirst(outputs) : numbers).map { $0 - Int16(zero) },
      scales: filter.scales, biases: biases, output: output,
      limits: Limits(
        floor: activation == 1 || activation == 3 ? 0 : -.infinity,
        ceiling: activation == 3 ? 6 : .infinity),
      roundsScale: isPerTensor && (!read.isSigned || step.name == "FULLY_CONNECTED"),
      roundsOnce: step.name == "FULLY_CONNECTED")
  }
}

extension TensorFlowLiteModel.Tensor {
  /// Whether the numbers are 8-bit integers with a scale.
  var isOfEightBits: Bool { (type == .uint8 || type == .int8) && !scales.isEmpty }

  /// The range of the integer type.
  fileprivate var numberRange: ClosedRange<Float> { type == .int8 ? -128...127 : 0...255 }

  /// The quantisation; nil unless the numbers have eight bits and one scale for all.
  var quantization: Quantization? {
    guard isOfEightBits, scales.count == 1, let zero = zeros.first, numberRange.contains(zero)
    else { return nil }
    return Quantization(scale: scales[0], zeroPoint: Int(zero), isSigned: type == .int8)
  }

  /// Returns the integers of a constant tensor.
  func integers<Value: FixedWidthInteger & BitwiseCopyable>(
    _: Value.Type
  ) throws(ImportError) -> [Value] {
    guard let bytes, let type else { return [] }
    let size = type.byteCount(of: 1)
    let count = bytes.count / size
    guard shape.checkedProduct == count, count * size == bytes.count else {
      throw bytes.damaged("\(name) has \(bytes.count) bytes, expected \(shape) numbers")
    }
    switch type {
    case .uint8: return bytes.withUnsafeBytes { $0.map { Value($0) } }
    case .int8: return bytes.withUnsafeBytes { $0.map { Value(Int8(bitPattern: $0)) } }
    case .int32:
      return bytes.withUnsafeBytes { raw in
        (0..<count).map {
          Value(
            truncatingIfNeeded: Int32(
              littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)))
        }
      }
    default: throw bytes.damaged("\(name) is no tensor of integers")
    }
  }
}

extension [Int16] {
  /// Returns numbers in the order row, column, channel in the order channel, row, column.
  fileprivate func channelsFirst(_ channels: Int) -> [Int16] {
    let places = count / Swift.max(channels, 1)
    return (0..<places * channels).map { self[$0 % places * channels + $0 / places] }
  }
}
