import Foundation
import Images
import MobileNet

@testable import Checkpoints
@testable import Streams

/// Reads what libFuzzer makes up as one kind of file, whether it looks like it or not.
///
/// Errors are what is expected of nearly all input; a trap, a hang or too much memory is not.
/// `FUZZ_FORMAT` names the kind; without it the kinds are printed. Checkpoints that are several files get them out of one input, which
/// lines of dashes divide: for TensorFlow.js model.json and a shard, for ONNX the file and its data,
/// for TensorFlow's checkpoints the index and a shard, for a SavedModel the graph, the index and a shard,
/// for PyTorch's safetensors the file and the two with settings, for Core ML the model and its weights,
/// for ncnn and OpenVINO the layers and their numbers, for ranges the file and its floats.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let data = Data(bytes: start, count: count)
  switch reader {
  case .picture: _ = try? DecodedImage(decoding: Array(data), name: "fuzzed", forSide: 224)
  case .stream: readFrames(data)
  case .numpy: _ = try? NumPyArray(Bytes(data, format: NumPyArray.formatName), name: "fuzzed")
  case .checkpoint(let format): read(data, as: format)
  }
  return 0
}

/// Reads a checkpoint, weights included.
private func read(_ data: Data, as format: any CheckpointFormat.Type) {
  let parts = data.parts
  let file =
    switch format.name {
    case TensorFlowJSFormat.name:
      CheckpointFile(
        name: "model.json", data: parts[0], neighbours: ["group1-shard1of1.bin": parts[1]])
    case ONNXFormat.name:
      CheckpointFile(
        name: "dynamo.onnx", data: parts[0], neighbours: ["dynamo.onnx.data": parts[1]])
    case TensorFlowCheckpointFormat.name:
      CheckpointFile(
        name: "model.ckpt.index", data: parts[0],
        neighbours: [
          "model.ckpt.index": parts[0], "model.ckpt.data-00000-of-00001": parts[1],
        ])
    case TensorFlowGraphFormat.name where !parts[1].isEmpty:
      CheckpointFile(
        folder: "saved",
        files: [
          "saved_model.pb": parts[0], "variables/variables.index": parts[1],
          "variables/variables.data-00000-of-00001": parts[2],
        ])
    case PyTorchFormat.name:
      CheckpointFile(
        name: "model.safetensors", data: parts[0],
        neighbours: ["config.json": parts[1], "preprocessor_config.json": parts[2]]
          .filter { !$0.value.isEmpty })
    case CoreMLFormat.name:
      CheckpointFile(
        name: "model.mlmodel", data: parts[0],
        neighbours: ["weights/weight.bin": parts[1]])
    case NCNNFormat.name:
      CheckpointFile(
        name: "net.param", data: parts[0], neighbours: ["net.bin": parts[1]])
    case OpenVINOFormat.name:
      CheckpointFile(name: "net.xml", data: parts[0], neighbours: ["net.bin": parts[1]])
    case RangesFormat.name:
      CheckpointFile(
        name: "net.json", data: parts[0], neighbours: ["net.safetensors": parts[1]])
    case ForgeFormat.name:
      CheckpointFile(folder: "forge", files: forgeFiles(data))
    default: CheckpointFile(name: "fuzzed", data: data)
    }
  _ = try? Recognition(
    format.describe(file), beside: file, overrides: Overrides()
  ).checkpoint()
}

/// Reads the frames of a stream, up to the first that is wrong.
private func readFrames(_ data: Data) {
  let (source, target) = { ($0.fileHandleForReading, $0.fileHandleForWriting) }(Pipe())
  // As much as a pipe takes without a reader.
  try? target.write(contentsOf: data.prefix(1 << 16))
  try? target.close()
  guard let reader = try? StreamReader(descriptor: dup(source.fileDescriptor), name: "fuzzed"),
    let stream = try? FrameStreams.stream(of: reader)
  else { return }
  var frame: RawFrame?
  while (try? stream.next(into: &frame)) == true {}
}

/// Prints the kinds, a line each, and ends, where none is named.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  guard wanted == nil else { return 0 }
  print(kinds.joined(separator: "\n"))
  exit(0)
}

/// The names of all kinds.
private var kinds: [String] { CheckpointReader.formatNames + ["Picture", "Stream", "NumPy"] }

/// The name of the kind to fuzz.
private var wanted: String? { ProcessInfo.processInfo.environment["FUZZ_FORMAT"] }

/// The reader that is fuzzed.
private enum Reader {
  case picture, stream, numpy
  case checkpoint(any CheckpointFormat.Type)
}

nonisolated(unsafe) private let reader: Reader = {
  switch wanted {
  case "Picture": return .picture
  case "Stream": return .stream
  case "NumPy": return .numpy
  case let name:
    guard let format = CheckpointReader.formats.first(where: { $0.name == name }) else {
      fatalError("FUZZ_FORMAT is one of \(kinds.joined(separator: ", "))")
    }
    return .checkpoint(format)
  }
}()

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
  /// The three parts that lines of dashes divide this into; those that are missing are empty.
  fileprivate var parts: [Data] {
    var (parts, rest) = ([Data](), self)
    while parts.count < 2, let divider = rest.range(of: Data("\n-----\n".utf8)) {
      parts.append(rest[..<divider.lowerBound])
      rest = rest[divider.upperBound...]
    }
    return Array((parts + [rest, Data(), Data()]).prefix(3))
  }

  /// So many bytes of these, from the beginning again where they end.
  fileprivate func repeated(_ count: Int) -> Data {
    var bytes = Data(capacity: count)
    while bytes.count < count { bytes += prefix(count - bytes.count) }
    return bytes
  }
}
