import Foundation
import MobileNet

@testable import Checkpoints

/// Reads what libFuzzer makes up as one format, whether it looks like it or not.
///
/// Errors are what is expected of nearly all input; a trap, a hang or too much memory is not.
/// `FUZZ_FORMAT` names the format. Those that are several files get them out of one input, which a
/// line of dashes divides: for TensorFlow.js model.json and a shard, for ONNX
/// the file and its data, for TensorFlow's checkpoints the index and a shard, for Core ML the model
/// and its weights.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let data = Data(bytes: start, count: count)
  let parts = data.parts
  let format = format
  let file =
    switch format.name {
    case TensorFlowJSFormat.name:
      CheckpointFile(
        name: "model.json", data: parts.first, neighbours: ["group1-shard1of1.bin": parts.second])
    case ONNXFormat.name:
      CheckpointFile(
        name: "dynamo.onnx", data: parts.first, neighbours: ["dynamo.onnx.data": parts.second])
    case TensorFlowCheckpointFormat.name:
      CheckpointFile(
        name: "model.ckpt.index", data: parts.first,
        neighbours: [
          "model.ckpt.index": parts.first, "model.ckpt.data-00000-of-00001": parts.second,
        ])
    case CoreMLFormat.name:
      CheckpointFile(
        name: "model.mlmodel", data: parts.first,
        neighbours: ["weights/weight.bin": parts.second])
    case ForgeFormat.name:
      CheckpointFile(folder: "forge", files: forgeFiles(data))
    default: CheckpointFile(name: "fuzzed", data: data)
    }
  _ = try? Recognition(
    format.describe(file), beside: file, overrides: Overrides()
  ).checkpoint()
  return 0
}

/// The format that is fuzzed.
private var format: any CheckpointFormat.Type {
  let name = ProcessInfo.processInfo.environment["FUZZ_FORMAT"] ?? ""
  guard let format = CheckpointReader.formats.first(where: { $0.name == name }) else {
    fatalError("FUZZ_FORMAT is one of \(CheckpointReader.formatNames.joined(separator: ", "))")
  }
  return format
}

/// Every layer's files: a byte for each says how many channels it has, and whether they are as long
/// as that needs.
private func forgeFiles(_ data: Data) -> [String: Data] {
  guard !data.isEmpty else { return [:] }
  var files: [String: Data] = [:]
  var inputs = 3
  let layers = Architecture(classes: 1000).layers(resolution: 224).filter(\.hasWeights)
  for (index, layer) in layers.enumerated() {
    let byte = Int(data[data.startIndex + index % data.count])
    let outputs = byte & 0x1F
    let weights =
      switch layer.kind {
      case .convolution: outputs * 9 * inputs
      case .depthwise: outputs * 9
      default: outputs * inputs
      }
    files["\(layer.name)_b.bin"] = data.repeated(outputs * 4)
    files["\(layer.name)_w.bin"] = data.repeated(byte & 0xE0 == 0xE0 ? byte : weights * 4)
    inputs = outputs
  }
  return files
}

extension Data {
  /// What is before and after the first line of dashes.
  fileprivate var parts: (first: Data, second: Data) {
    guard let divider = range(of: Data("\n-----\n".utf8)) else { return (self, Data()) }
    return (self[..<divider.lowerBound], self[divider.upperBound...])
  }

  /// So many bytes of these, from the beginning again where they end.
  fileprivate func repeated(_ count: Int) -> Data {
    var bytes = Data(capacity: count)
    while bytes.count < count { bytes += prefix(count - bytes.count) }
    return bytes
  }
}
