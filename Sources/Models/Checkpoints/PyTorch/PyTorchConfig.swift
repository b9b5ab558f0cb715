import Foundation
import MobileNet

/// What `config.json` and `preprocessor_config.json` beside the weights say, as timm and
/// transformers write them.
struct PyTorchConfig {
  private static let file = "config.json"
  private static let processorFile = "preprocessor_config.json"

  private let config: Config?
  private let processor: Processor?

  private struct Config: Decodable {
    struct Pretrained: Decodable {
      var input_size: [Int]?
      var mean: [Double]?
      var std: [Double]?
      var crop_pct: Double?
    }
    var architecture: String?
    var pretrained_cfg: Pretrained?
    var label_names: [String]?
    var hidden_act: String?
    var tf_padding: Bool?
    var layer_norm_eps: Double?
    var image_size: Int?
    var id2label: [String: String]?
  }

  private struct Processor: Decodable {
    struct Size: Decodable {
      var height: Int?
      var shortest_edge: Int?
    }
    var image_mean: [Double]?
    var image_std: [Double]?
    var size: Size?
    var crop_size: Size?
  }

  init(beside file: CheckpointFile) throws(ImportError) {
    config = try Self.decode(Self.file, beside: file)
    processor = try Self.decode(Self.processorFile, beside: file)
  }

  /// The name of the network.
  var name: String? { config?.architecture }

  /// The input side.
  var resolution: Sourced<Int>? {
    let side = config?.pretrained_cfg?.input_size?.last ?? config?.image_size
    guard let side, Architecture.resolutions.contains(side) else { return nil }
    return Sourced(side, .neighbour(Self.file))
  }

  /// The name of each class, in order; nil unless all are there.
  var labels: Sourced<[String]>? {
    if let names = config?.label_names { return Sourced(names, .neighbour(Self.file)) }
    let byNumber = config?.id2label ?? [:]
    let labels = (0..<byNumber.count).compactMap { byNumber["\($0)"] }
    guard !labels.isEmpty, labels.count == byNumber.count else { return nil }
    return Sourced(labels, .neighbour(Self.file))
  }

  /// ε of the batch norms.
  func epsilon(_ library: PyTorchLibrary) -> Double {
    config?.layer_norm_eps ?? (library == .timm ? 1e-5 : 1e-3)
  }

  /// Padding: what the file says, or what the library does unless told otherwise.
  func padding(_ library: PyTorchLibrary) -> Sourced<Padding> {
    if let isSame = config?.tf_padding, library == .transformers {
      return Sourced(isSame ? .same : .symmetric, .neighbour(Self.file))
    }
    return Sourced(
      library == .timm ? .symmetric : .same, .convention(of: library.rawValue))
  }

  /// Activation: what the file says, or what the library does unless told otherwise.
  func activation(_ library: PyTorchLibrary) throws(ImportError) -> Sourced<Activation> {
    guard let name = config?.hidden_act else {
      return Sourced(.relu6, .convention(of: library.rawValue))
    }
    switch name {
    case "relu": return Sourced(.relu, .neighbour(Self.file))
    case "relu6": return Sourced(.relu6, .neighbour(Self.file))
    default:
      throw .unsupported(format: PyTorchFormat.name, feature: "the activation \(name)")
    }
  }

  /// Preprocessing: what the files say, or what the library does unless told otherwise.
  func preprocessing(_ library: PyTorchLibrary) -> Sourced<Preprocessing> {
    let pretrained = config?.pretrained_cfg
    if let mean = pretrained?.mean ?? processor?.image_mean,
      let deviation = pretrained?.std ?? processor?.image_std, mean.count == 3,
      deviation.count == 3, deviation.allSatisfy({ $0 > 0 })
    {
      return Sourced(
        Preprocessing(
          channelOrder: .rgb, means: mean.map { $0 * 255 },
          scales: deviation.map { 1 / ($0 * 255) },
          cropFraction: cropFraction),
        .neighbour(pretrained?.mean != nil ? Self.file : Self.processorFile)
      )
    }
    // Both were trained with means and deviations of one half.
    return Sourced(.tensorFlow, .convention(of: library.rawValue))
  }

  private var cropFraction: Double {
    let crop =
      Double(processor?.crop_size?.height ?? 7) / Double(processor?.size?.shortest_edge ?? 8)
    let fraction = config?.pretrained_cfg?.crop_pct ?? crop
    return fraction > 0 && fraction <= 1 ? fraction : 1
  }

  private static func decode<Value: Decodable>(
    _ name: String, beside file: CheckpointFile
  ) throws(ImportError) -> Value? {
    guard file.hasNeighbour(name) else { return nil }
    let bytes = try file.neighbour(name, format: PyTorchFormat.name)
    do {
      return try JSONDecoder().decode(Value.self, from: bytes.contents)
    } catch {
      throw bytes.damaged("\(name) beside it is not the JSON that was expected")
    }
  }
}
