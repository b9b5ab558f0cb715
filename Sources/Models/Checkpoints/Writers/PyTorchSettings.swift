import Foundation
import MobileNet

/// The settings of network and preprocessing, in the files that timm and transformers have beside
/// the weights.
struct PyTorchSettings {
  /// The contents of the files, by name.
  private(set) var files: [String: Data] = [:]

  /// Writes the facts about `checkpoint` for which `library` has a place.
  ///
  /// Throws for preprocessing that the library cannot express.
  init(_ checkpoint: Checkpoint, _ library: PyTorchWriter.Library) throws(ImportError) {
    let pixels = checkpoint.preprocessing.redFirst
    guard pixels.scale.allSatisfy({ $0 > 0 }) else {
      throw .inconsistent(problem: "\(library.rawValue) has no way to feed negatives of pictures")
    }
    // (x/255 − mean) / deviation.
    let means = zip(pixels.scale, pixels.offset).map { -Double($1) / Double($0) / 255 }
    let deviations = pixels.scale.map { 1 / (255 * Double($0)) }
    let size = checkpoint.resolution
    switch library {
    case .timm:
      try add("config.json", Self.timm(checkpoint, pixels, means, deviations))
    case .transformers:
      guard size.isSquare || pixels.fitting == .stretch else {
        throw .inconsistent(
          problem:
            "transformers has no way to crop pictures to \(size); with --resize stretch it has")
      }
      try add("config.json", Self.transformers(checkpoint))
      let shorter = pixels.shorterSide(for: size)
      let sides = ["height": size.height, "width": size.width]
      try add(
        "preprocessor_config.json",
        [
          "image_processor_type": "MobileNetV1ImageProcessor", "do_resize": true,
          "size": pixels.fitting == .stretch
            ? sides : ["shortest_edge": shorter],
          "do_center_crop": pixels.fitting != .stretch,
          "crop_size": sides, "do_rescale": true,
          "rescale_factor": 1.0 / 255, "do_normalize": true, "image_mean": means,
          "image_std": deviations,
        ])
    }
  }

  private static func timm(
    _ checkpoint: Checkpoint, _ pixels: Preprocessing, _ means: [Double], _ deviations: [Double]
  ) -> [String: Any] {
    let (network, size) = (checkpoint.architecture, checkpoint.resolution)
    var config: [String: Any] = [
      "architecture": network.width > 1.1 ? "mobilenetv1_125" : "mobilenetv1_100",
      "num_classes": network.classes ?? 0,
      "model_args": [
        "act_layer": network.activation.rawValue,
        "pad_type": network.padding == .same ? "same" : "",
      ],
      "pretrained_cfg": [
        "input_size": [3, size.height, size.width], "interpolation": "bilinear",
        "crop_pct": pixels.cropFraction,
        "crop_mode": ["crop": "center", "stretch": "squash", "pad": "border"][
          pixels.fitting.rawValue] ?? "center",
        "mean": means, "std": deviations, "num_classes": network.classes ?? 0,
        "first_conv": "conv_stem", "classifier": "classifier",
      ] as [String: Any],
    ]
    if !checkpoint.labels.isEmpty { config["label_names"] = checkpoint.labels }
    return config
  }

  private static func transformers(_ checkpoint: Checkpoint) -> [String: Any] {
    let (network, size) = (checkpoint.architecture, checkpoint.resolution)
    var config: [String: Any] = [
      "model_type": "mobilenet_v1",
      "architectures": [
        network.classes == nil ? "MobileNetV1Model" : "MobileNetV1ForImageClassification"
      ],
      "num_channels": 3, "image_size": size.isSquare ? size.height : [size.height, size.width],
      "depth_multiplier": network.width,
      "min_depth": 8, "hidden_act": network.activation.rawValue,
      "tf_padding": network.padding == .same, "layer_norm_eps": 1e-3,
      "problem_type": network.head == .sigmoid
        ? "multi_label_classification" : "single_label_classification",
    ]
    if checkpoint.labels.isEmpty {
      config["num_labels"] = network.classes ?? 0
    } else {
      config["id2label"] = Dictionary(
        uniqueKeysWithValues: checkpoint.labels.enumerated().map { ("\($0)", $1) })
    }
    return config
  }

  private mutating func add(_ name: String, _ settings: [String: Any]) throws(ImportError) {
    do {
      files[name] = try JSONSerialization.data(
        withJSONObject: settings,
        options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    } catch {
      throw .unreadable("\(error)")
    }
  }
}
