import Foundation
import MobileNet

/// What `config.json` and `preprocessor_config.json` beside the weights say, as timm and
/// transformers write them.
struct PyTorchConfig {
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
    config = try Self.decode("config.json", beside: file)
    processor = try Self.decode("preprocessor_config.json", beside: file)
  }

  /// The name of the network.
  var name: String? { config?.architecture }

  /// The input side.
  var resolution: Int? { config?.pretrained_cfg?.input_size?.last ?? config?.image_size }

  /// The name of each class, in order; none unless all are there.
  var labels: [String] {
    if let names = config?.label_names { return names }
    let byNumber = config?.id2label ?? [:]
    let labels = byNumber.indices.isEmpty ? [] : (0..<byNumber.count).map { byNumber["\($0)"] }
    return labels.compactMap { $0 }.count == labels.count ? labels.compactMap { $0 } : []
  }

  /// ε of the batch norms.
  func epsilon(_ library: PyTorchLibrary) -> Double {
    config?.layer_norm_eps ?? (library == .timm ? 1e-5 : 1e-3)
  }

  /// Padding and activation: what the file says, or what the library does unless told otherwise.
  func defaults(_ library: PyTorchLibrary) -> NetworkDescription.Defaults {
    let isSaid = config?.hidden_act != nil || config?.tf_padding != nil
    let padding: Padding =
      library == .timm || config?.tf_padding == false ? .symmetric : .same
    return NetworkDescription.Defaults(
      padding: padding, activation: config?.hidden_act == "relu" ? .relu : .relu6,
      source: isSaid ? "config.json" : "\(library.rawValue)'s convention")
  }

  /// Preprocessing, and where it is from.
  func preprocessing(_ library: PyTorchLibrary) -> (Preprocessing, source: String) {
    let pretrained = config?.pretrained_cfg
    if let mean = pretrained?.mean ?? processor?.image_mean,
      let deviation = pretrained?.std ?? processor?.image_std, mean.count == 3,
      deviation.count == 3, deviation.allSatisfy({ $0 > 0 })
    {
      return (
        Preprocessing(
          channelOrder: .rgb, means: mean.map { $0 * 255 },
          scales: deviation.map { 1 / ($0 * 255) },
          cropFraction: cropFraction),
        pretrained?.mean != nil ? "config.json" : "preprocessor_config.json"
      )
    }
    // Both were trained with means and deviations of one half.
    return (.tensorFlow, "\(library.rawValue)'s convention")
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
