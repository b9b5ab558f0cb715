import Foundation
import MobileNet

/// Builds an ONNX graph from nodes, constants, inputs and outputs.
///
/// The field numbers are those of onnx.proto3: GraphProto, NodeProto, TensorProto, ValueInfoProto.
struct ONNXGraphWriter {
  /// An attribute of a node.
  enum Attribute {
    case integer(Int)
    case integers([Int])
  }

  /// The graph so far.
  private(set) var message = ProtobufWriter()

  init(name: String) { message.add(2, name) }

  /// Adds a node with the name of its output.
  mutating func add(
    _ operation: String, _ inputs: [String], _ output: String,
    _ attributes: KeyValuePairs<String, Attribute> = [:]
  ) {
    message.add(1) { node in
      for input in inputs { node.add(1, input) }
      node.add(2, output)
      node.add(3, output)
      node.add(4, operation)
      for (name, value) in attributes {
        node.add(5) { attribute in
          attribute.add(1, name)
          switch value {
          case .integer(let number):
            attribute.add(3, number)
            attribute.add(20, 2)
          case .integers(let numbers):
            for number in numbers { attribute.add(8, number) }
            attribute.add(20, 7)
          }
        }
      }
    }
  }

  /// Adds a constant of floats.
  mutating func add(_ name: String, _ values: [Float], shape: [Int]) {
    add(name, type: 1, bytes: values.withUnsafeBytes { Data($0) }, shape: shape)
  }

  /// Adds a constant of integers.
  mutating func add(_ name: String, _ values: [Int64]) {
    add(name, type: 7, bytes: values.withUnsafeBytes { Data($0) }, shape: [values.count])
  }

  private mutating func add(_ name: String, type: Int, bytes: Data, shape: [Int]) {
    message.add(5) { tensor in
      for size in shape { tensor.add(1, size) }
      tensor.add(2, type)
      tensor.add(8, name)
      tensor.add(9, bytes)
    }
  }

  /// Adds an input: floats of this shape, for any number of pictures.
  mutating func add(input name: String, _ shape: [Int]) { add(11, name, shape) }

  /// Adds an output: floats of this shape, for any number of pictures.
  mutating func add(output name: String, _ shape: [Int]) { add(12, name, shape) }

  private mutating func add(_ field: Int, _ name: String, _ shape: [Int]) {
    message.add(field) { value in
      value.add(1, name)
      value.add(2) { type in
        type.add(1) { tensor in
          tensor.add(1, 1)
          tensor.add(2) { sizes in
            sizes.add(1) { $0.add(2, "N") }
            for size in shape { sizes.add(1) { $0.add(1, size) } }
          }
        }
      }
    }
  }
}
