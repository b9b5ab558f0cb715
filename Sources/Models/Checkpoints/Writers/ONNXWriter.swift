import Files
import Foundation
import MobileNet

/// Writes a checkpoint as ONNX: opset 13, float32, batch norm and calibration folded in.
///
/// Input, layers and outputs have the names that they have here. The metadata hold the labels under
/// "labels", and other facts that the schema has no place for under the project's own name.
public enum ONNXWriter {
  /// Writes `checkpoint`, for its own resolution, to `path`, and replaces an existing file only
  /// when everything is written.
  ///
  /// With `preprocessing` the graph's input is pixels from 0 to 255, red first. Throws when the
  /// file can't be written.
  public static func write(
    _ checkpoint: Checkpoint, to path: String, withPreprocessing preprocessing: Bool = false
  ) throws(CheckpointFileError) {
    do {
      try WholeFile.write(encode(checkpoint, withPreprocessing: preprocessing), to: path)
    } catch {
      throw CheckpointFileError(
        path: path, reason: .unwritable(error.reason))
    }
  }

  static func encode(_ checkpoint: Checkpoint, withPreprocessing: Bool = false) throws -> Data {
    let layers = checkpoint.architecture.layers(resolution: checkpoint.resolution)
    let pixels = checkpoint.preprocessing
    var graph = ONNXGraphWriter(name: checkpoint.name)
    var top = "input"
    if withPreprocessing { append(pixels, reading: &top, to: &graph) }
    for layer in layers { append(layer, of: checkpoint, reading: &top, to: &graph) }
    let input = checkpoint.resolution
    graph.add(input: "input", [checkpoint.architecture.inputChannels, input.height, input.width])
    if let last = layers.last {
      graph.add(
        output: last.name,
        [last.output.channels] + (last.kind == .averagePooling ? [1, 1] : []))
    }

    // Fields of ModelProto.
    var model = ProtobufWriter()
    model.add(1, 7)
    model.add(2, "mobilenet-explorer")
    model.add(6, "Input: \(withPreprocessing ? "pixels from 0 to 255, red first" : pixels.text).")
    model.add(7, graph.message.data)
    model.add(8) { $0.add(2, 13) }
    let fed = withPreprocessing ? pixels.afterArithmetic : pixels
    for (key, value) in try metadata(of: checkpoint, fed: fed) {
      model.add(14) { entry in
        entry.add(1, key)
        entry.add(2, value)
      }
    }
    return model.data
  }

  private static func metadata(
    of checkpoint: Checkpoint, fed: Preprocessing
  ) throws -> [(String, String)] {
    var entries = [(ProjectMetadata.key, try ProjectMetadata.embedded(checkpoint, fed: fed))]
    if !checkpoint.labels.isEmpty {
      entries.append(("labels", try ProjectMetadata.encode(checkpoint.labels)))
    }
    return entries
  }

  /// Adds the preprocessing of pixels as nodes.
  private static func append(
    _ pixels: Preprocessing, reading top: inout String, to graph: inout ONNXGraphWriter
  ) {
    if pixels.channelOrder == .bgr {
      graph.add("input.order", [2, 1, 0])
      graph.add("Gather", [top, "input.order"], "input.reversed", ["axis": .integer(1)])
      top = "input.reversed"
    }
    for (name, operation, numbers) in [
      ("scale", "Mul", pixels.scale), ("offset", "Add", pixels.offset),
    ] {
      graph.add("input.\(name)", numbers, shape: [1, numbers.count, 1, 1])
      let output = name == "scale" ? "input.scaled" : "input.ready"
      graph.add(operation, [top, "input.\(name)"], output)
      top = output
    }
  }

  private static func append(
    _ layer: Layer, of checkpoint: Checkpoint, reading top: inout String,
    to graph: inout ONNXGraphWriter
  ) {
    let name = layer.name
    let (weight, bias) = ("\(name).weight", "\(name).bias")
    if let weights = checkpoint.weights(of: layer) {
      let (shape, values) = weights.channelsFirst(of: layer)
      graph.add(weight, values, shape: shape)
      graph.add(bias, weights.biases, shape: [weights.biases.count])
    }
    // The sums before the activation have a name of their own.
    let sum = layer.isActivated ? "\(name).sum" : name
    switch layer.kind {
    case .averagePooling: graph.add("GlobalAveragePool", [top], name)
    case .fullyConnected:
      // The pooling leaves two axes of size 1.
      graph.add("Flatten", [top], "\(name).flat", ["axis": .integer(1)])
      graph.add("Gemm", ["\(name).flat", weight, bias], sum, ["transB": .integer(1)])
    case .softmax: graph.add("Softmax", [top], name, ["axis": .integer(1)])
    case .sigmoid: graph.add("Sigmoid", [top], name)
    case .maxPooling, .addition, .concatenation:
      preconditionFailure("no MobileNet v1 has \(layer.kind.rawValue)")
    case .convolution, .depthwise, .pointwise:
      let (window, before) = (layer.window, layer.window.before)
      graph.add(
        "Conv", [top, weight, bias], sum,
        [
          "group": .integer(layer.kind == .depthwise ? layer.output.channels : 1),
          "kernel_shape": .integers([window.side, window.side]),
          "strides": .integers([window.stride, window.stride]),
          "pads": .integers([before.above, before.left, window.after, window.after]),
        ])
    }
    switch layer.activation {
    case .relu: graph.add("Relu", [sum], name)
    case .relu6:
      graph.add("\(name).lower", [0], shape: [])
      graph.add("\(name).upper", [6], shape: [])
      graph.add("Clip", [sum, "\(name).lower", "\(name).upper"], name)
    case nil: break
    }
    top = name
  }
}

extension Preprocessing {
  /// The preprocessing that remains when the graph does scale, offset and the order of channels.
  fileprivate var afterArithmetic: Preprocessing {
    let order = channelOrder == .bgr ? .rgb : channelOrder
    return changed(
      channelOrder: order, scale: scale.map { _ in 1 }, offset: offset.map { _ in 0 })
  }

  /// The input's preprocessing in words.
  fileprivate var text: String {
    let numbers = zip(colorNames, zip(scale, offset)).map { name, numbers in
      "\(name) \u{D7} \(numbers.0) + \(numbers.1)"
    }
    return "pixels from 0 to 255, " + numbers.joined(separator: ", ")
  }
}
