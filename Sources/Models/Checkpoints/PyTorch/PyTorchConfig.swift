import Foundation
import MobileNet

/// The settings in `config.json` and `preprocessor_config.json` beside the weights, from timm and
/// transformers.
struct PyTorchConfig {
  private static let file = "config.json"
  private static let processorFile = "preprocessor_config.json"

  private let config: JSON
  private let processor: JSON

  init(beside file: CheckpointFile) throws(ImportError) {
    config = try Self.json(Self.file, beside: file)
    processor = try Self.json(Self.processorFile, beside: file)
    if let stride = config["output_stride"]?.number, stride != 32 {
      throw .unsupported(
        format: PyTorchFormat.name, feature: "output_stride \(Int(stride)), a dilated network,")
    }
  }

  /// Says what the files say of everything but layers, or what the library does unless told otherwise.
  func say(of library: PyTorchLibrary, in description: inout NetworkDescription) {
    description.padding = padding(library)
    description.preprocessing = preprocessing(library)
    description.inputSize = inputSize
    description.crop = crop
    description.fitting = fitting
    description.labels = labels
  }

  /// timm's settings of a network, which older files have at the top level.
  private var pretrained: JSON { config["pretrained_cfg"] ?? config }

  /// The name of the network.
  var name: String? { config["architecture"]?.text }

  /// The rows and columns of the input.
  private var inputSize: Sourced<Resolution>? {
    if let size = pretrained["input_size"]?.integers, size.count == 3 {
      return Resolution(shape: size).map { Sourced($0, .neighbour(Self.file)) }
    }
    if let size = Size(processor["crop_size"]), isDone("do_center_crop") {
      return Sourced(size.input, .neighbour(Self.processorFile))
    }
    guard let size = Size(config["image_size"]) else { return nil }
    return Sourced(size.input, .neighbour(Self.file))
  }

  /// The label of each class, in order; nil unless all are there.
  private var labels: Sourced<[String]>? {
    let names = config["label_names"]?.texts ?? pretrained["label_names"]?.texts
    if let names { return Sourced(names, .neighbour(Self.file)) }
    let byNumber = config["id2label"]?.members ?? [:]
    let labels = (0..<byNumber.count).compactMap { byNumber["\($0)"]?.text }
    guard !labels.isEmpty, labels.count == byNumber.count else { return nil }
    return Sourced(labels, .neighbour(Self.file))
  }

  /// The function that turns the classes' sums into probabilities, where the files state one.
  var head: Sourced<Head>? {
    switch config["problem_type"]?.text {
    case "multi_label_classification": Sourced(.sigmoid, .neighbour(Self.file))
    case "single_label_classification": Sourced(.softmax, .neighbour(Self.file))
    default: nil
    }
  }

  /// Returns ε of the batch norms.
  func epsilon(_ library: PyTorchLibrary) -> Double {
    config["layer_norm_eps"]?.number ?? (library == .transformers ? 1e-3 : 1e-5)
  }

  /// Returns the file's padding, or else the library's default.
  private func padding(_ library: PyTorchLibrary) -> Sourced<Padding> {
    if let isSame = config["tf_padding"]?.boolean, library == .transformers {
      return Sourced(isSame ? .same : .symmetric, .neighbour(Self.file))
    }
    switch config["model_args"]?["pad_type"]?.text {
    case "same": return Sourced(.same, .neighbour(Self.file))
    case "": return Sourced(.symmetric, .neighbour(Self.file))
    default: break
    }
    return Sourced(
      library == .transformers ? .same : .symmetric, .convention(of: library.rawValue))
  }

  /// Returns the file's activation, or else the library's default.
  func activation(_ library: PyTorchLibrary) throws(ImportError) -> Sourced<Activation> {
    let stated = config["hidden_act"]?.text ?? config["model_args"]?["act_layer"]?.text
    guard let name = stated else {
      return Sourced(library == .unknown ? .relu : .relu6, .convention(of: library.rawValue))
    }
    switch name {
    case "relu": return Sourced(.relu, .neighbour(Self.file))
    case "relu6": return Sourced(.relu6, .neighbour(Self.file))
    default:
      throw .unsupported(format: PyTorchFormat.name, feature: "the activation \(name)")
    }
  }

  /// Returns the files' preprocessing, or else the library's default.
  private func preprocessing(_ library: PyTorchLibrary) -> Sourced<Preprocessing>? {
    if let mean = pretrained["mean"]?.numbers, let deviation = pretrained["std"]?.numbers,
      let found = normalized(mean, deviation, factor: 1 / 255)
    {
      return Sourced(found, .neighbour(Self.file))
    }
    if processor.members?.keys.contains(where: { $0.hasPrefix("do_") || $0.hasPrefix("image_") })
      == true, let found = processed
    {
      return Sourced(found, .neighbour(Self.processorFile))
    }
    // Both libraries train with means and deviations of one half.
    return library == .unknown ? nil : Sourced(.tensorFlow, .convention(of: library.rawValue))
  }

  /// The preprocessing of transformers' processor: rescaling, then normalising, each if enabled.
  private var processed: Preprocessing? {
    let factor = isDone("do_rescale") ? processor["rescale_factor"]?.number ?? 1 / 255 : 1
    guard isDone("do_normalize") else { return normalized([0], [1], factor: factor) }
    return normalized(
      processor["image_mean"]?.numbers ?? [0.5], processor["image_std"]?.numbers ?? [0.5],
      factor: factor)
  }

  /// Returns the preprocessing (x · factor − mean) / deviation, for x from 0 to 255.
  private func normalized(
    _ mean: [Double], _ deviation: [Double], factor: Double
  ) -> Preprocessing? {
    guard [1, 3].contains(mean.count), [1, 3].contains(deviation.count), factor != 0,
      deviation.allSatisfy({ $0 > 0 }), (mean + [factor]).allSatisfy(\.isFinite)
    else { return nil }
    let isFlipped = processor["do_flip_channel_order"]?.boolean == true
    return Preprocessing(
      channelOrder: isFlipped ? .bgr : .rgb,
      means: (0..<3).map { mean[$0 % mean.count] / factor },
      scales: (0..<3).map { factor / deviation[$0 % deviation.count] }, cropFraction: 0.875)
  }

  /// The crop as a fraction of the picture, where the files state one.
  private var crop: Sourced<Double>? {
    if let fraction = pretrained["crop_pct"]?.number, fraction > 0, fraction <= 1 {
      return Sourced(fraction, .neighbour(Self.file))
    }
    guard let size = Size(processor["size"]), isDone("do_resize") else { return nil }
    guard isDone("do_center_crop") else { return Sourced(1, .neighbour(Self.processorFile)) }
    guard let part = Size(processor["crop_size"]) else { return nil }
    let fraction = Double(part.height) / Double(size.height)
    return fraction > 0 && fraction <= 1 ? Sourced(fraction, .neighbour(Self.processorFile)) : nil
  }

  /// The treatment of pictures of other proportions, where the files state one.
  private var fitting: Sourced<Preprocessing.Fitting>? {
    switch pretrained["crop_mode"]?.text {
    case "squash": return Sourced(.stretch, .neighbour(Self.file))
    case "border": return Sourced(.pad, .neighbour(Self.file))
    default: break
    }
    // The size is one of rows and columns, not of a shorter side.
    guard let size = Size(processor["size"]), isDone("do_resize"), size.isWhole else { return nil }
    return Sourced(.stretch, .neighbour(Self.processorFile))
  }

  /// Whether a step of transformers' processor is enabled, which is the default.
  private func isDone(_ name: String) -> Bool { processor[name]?.boolean ?? true }

  /// A size in transformers' forms: a number, a shorter side, or rows and columns.
  private struct Size {
    let height: Int
    let width: Int
    /// Whether the size has rows and columns, not a shorter side.
    let isWhole: Bool

    var input: Resolution { Resolution(height: height, width: width) }

    init?(_ json: JSON?) {
      guard let json else { return nil }
      let pair = json.integers?.count == 2 ? json.integers : nil
      isWhole = json["height"] != nil || pair != nil
      guard
        let height = json.integer ?? pair?[0] ?? json["height"]?.integer
          ?? json["shortest_edge"]?.integer, height > 0
      else { return nil }
      self.height = height
      width = pair?[1] ?? json["width"]?.integer ?? height
    }
  }

  private static func json(
    _ name: String, beside file: CheckpointFile
  ) throws(ImportError) -> JSON {
    guard file.hasNeighbour(name) else { return .null }
    return try file.neighbour(name, format: PyTorchFormat.name).json("\(name) beside it")
  }
}
