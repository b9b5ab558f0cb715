import Foundation
import Kernels

/// A safetensors file: named arrays and a table of strings.
///
/// The file has eight bytes with the length of a JSON header (little endian), the header, and the
/// data. The header has `{"dtype", "shape", "data_offsets"}` for each name, and strings under
/// `__metadata__`.
struct SafetensorsFile: Sendable {
  static let formatName = "safetensors"

  /// The strings under `__metadata__`.
  let metadata: [String: String]
  /// The arrays, by name.
  let tensors: [String: StoredTensor]

  /// The JSON header, whose keys are the arrays' names.
  private struct Header: Codable {
    struct Entry: Codable {
      let dtype: String
      let shape: [Int]
      // swift-format-ignore: AlwaysUseLowerCamelCase
      let data_offsets: [Int]
    }
    struct Name: CodingKey {
      static let metadata = Name("__metadata__")

      let stringValue: String
      var intValue: Int? { nil }

      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.init(stringValue) }
      init?(intValue: Int) { return nil }
    }

    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]

    init(metadata: [String: String]) { self.metadata = metadata }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for key in container.allKeys {
        if key.stringValue == Name.metadata.stringValue {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Name.self)
      try container.encode(metadata, forKey: .metadata)
      for (name, entry) in entries { try container.encode(entry, forKey: Name(name)) }
    }
  }

  /// Whether `bytes` begin like a safetensors file.
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.has([UInt8(ascii: "{")], at: 8) && bytes.has([0, 0], at: 6)
  }

  /// Reads the header and checks every array's offset and size, without decoding the data.
  init(_ bytes: Bytes) throws(ImportError) {
    let length: UInt64 = try bytes.load(at: 0)
    guard length <= UInt64(max(bytes.count - 8, 0)) else {
      throw bytes.damaged(
        "it ends early, after \(bytes.count) bytes; its header alone claims \(length)")
    }
    let json = try bytes.slice(8, count: Int(length), of: "the header")
    let data = try bytes.slice(8 + json.count, count: bytes.count - 8 - json.count, of: "the data")
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: json.contents)
    } catch {
      throw bytes.damaged("its header is not the JSON of a safetensors file")
    }

    var tensors: [String: StoredTensor] = [:]
    // In the file's order, so that of all that is cut off the same is named each time.
    let ordered = header.entries.sorted {
      ($0.value.data_offsets.first ?? 0, $0.key) < ($1.value.data_offsets.first ?? 0, $1.key)
    }
    for (name, entry) in ordered {
      guard let type = Self.types[entry.dtype] else {
        // Weights may be floats of eight bits or fewer; whatever else is there is no layer's.
        guard entry.dtype.hasPrefix("F") else { continue }
        throw .unsupported(format: Self.formatName, feature: "\(name) as \(entry.dtype)")
      }
      if let end = entry.data_offsets.last, end > data.count, end < .max - 8 - json.count {
        throw bytes.damaged(
          "it ends early, after \(bytes.count) bytes; \(name) goes to byte \(8 + json.count + end)")
      }
      guard entry.data_offsets.count == 2,
        case let (start, end) = (entry.data_offsets[0], entry.data_offsets[1]),
        0 <= start, start <= end, end <= data.count
      else {
        throw bytes.damaged("\(name) lies at \(entry.data_offsets), the data ends at \(data.count)")
      }
      tensors[name] = try StoredTensor(
        name: name, shape: entry.shape,
        bytes: data.slice(start, count: end - start, of: name), type: type)
    }
    self.tensors = tensors
    metadata = header.metadata
  }

  private static let types: [String: ScalarType] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64,
    "I32": .int32, "I16": .int16, "I8": .int8, "U8": .uint8,
  ]
}

extension SafetensorsFile {
  /// An array to write.
  struct Array {
    let name: String
    let shape: [Int]
    let values: [Float]
  }

  /// Returns a file with `arrays` in this order, and `metadata`.
  static func encode(
    _ arrays: [Array], metadata: [String: String], precision: CheckpointWriter.Precision
  ) throws -> Data {
    let type = precision == .float32 ? ArrayFile.Scalar.float32 : .float16
    var file = try header(
      arrays.map { ArrayFile.Entry($0.name, type, $0.shape) }, metadata: metadata)
    for array in arrays {
      switch precision {
      case .float32: array.values.withUnsafeBytes { file.append(contentsOf: $0) }
      case .float16:
        HalfPrecision.bits(of: array.values).withUnsafeBytes { file.append(contentsOf: $0) }
      }
    }
    return file
  }

  /// Returns the beginning of a file, up to the numbers of `entries`, which follow in this order.
  static func header(_ entries: [ArrayFile.Entry], metadata: [String: String]) throws -> Data {
    var header = Header(metadata: metadata)
    var end = 0
    for entry in entries {
      header.entries[entry.name] = Header.Entry(
        dtype: entry.type.rawValue, shape: entry.shape, data_offsets: [end, end + entry.byteCount])
      end += entry.byteCount
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    // The data begin at a multiple of eight bytes.
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json
  }
}
