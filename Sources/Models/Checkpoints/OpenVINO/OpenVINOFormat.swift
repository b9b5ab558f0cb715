import Foundation
import MobileNet

/// OpenVINO's two files: the layers as XML, their numbers in the `.bin` beside it; or a folder with one
/// of each.
enum OpenVINOFormat: CheckpointFormat {
  static let name = "OpenVINO"

  static func recognizes(_ file: CheckpointFile) -> Bool { parts(of: file) != nil }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    guard let (stem, layers) = parts(of: file) else {
      throw file.bytes(format: name).damaged("its .xml is missing beside it")
    }
    let model = try OpenVINOModel(layers, numbers: file.neighbour("\(stem).bin", format: name))
    var layersInOrder = OpenVINOChain(model)
    try layersInOrder.run()
    var description = NetworkDescription(name: stem)
    description.take(layersInOrder.chain)
    description.activation = layersInOrder.impliedActivation.map {
      Sourced($0, .implied(by: "the ranges of its rounded outputs"))
    }
    description.inputSize = layersInOrder.inputSize.map {
      Sourced($0, .implied(by: "the shape of its input"))
    }
    if layersInOrder.takesBytes {
      description.preprocessing = Sourced(.unchanged, .implied(by: "its input of bytes"))
    }
    if layersInOrder.isRounded {
      description.notes.append("it runs as floats, without the rounding of its FakeQuantize steps")
    }
    if let information = model.information { take(information, into: &description) }
    return description
  }

  /// The Model API's notes on pictures and classes: lists of words.
  private static func take(_ information: MarkupElement, into description: inout NetworkDescription)
  {
    func words(_ name: String) -> [String] {
      let value = information[name]?.attributes["value"] ?? ""
      return value.split(whereSeparator: \.isWhitespace).map { String($0) }
    }
    // A word stands for a name; it has no spaces.
    let labels = words("labels").map { $0.replacing("_", with: " ") }
    if !labels.isEmpty { description.labels = Sourced(labels, .metadata) }
    let (means, deviations) = (
      words("mean_values").compactMap { Double($0) },
      words("scale_values").compactMap { Double($0) }
    )
    if [1, 3].contains(max(means.count, deviations.count)), deviations.allSatisfy({ $0 > 0 }),
      (means + deviations).allSatisfy(\.isFinite)
    {
      func each(_ numbers: [Double], _ usual: Double) -> [Double] {
        (0..<3).map { numbers.isEmpty ? usual : numbers[$0 % numbers.count] }
      }
      description.preprocessing = Sourced(
        Preprocessing(
          channelOrder: .rgb, means: each(means, 0), scales: each(deviations, 1).map { 1 / $0 },
          cropFraction: 0.875), .metadata)
    }
    let fittings: [String: Preprocessing.Fitting] = [
      "standard": .stretch, "crop": .crop, "fit_to_window": .pad, "fit_to_window_letterbox": .pad,
    ]
    if let fitting = words("resize_type").first.flatMap({ fittings[$0] }) {
      description.fitting = Sourced(fitting, .metadata)
    }
    if words("reverse_input_channels").first?.lowercased() == "true" {
      description.notes.append(
        "its reverse_input_channels is not used: red is fed first; --channel-order bgr turns it")
    }
  }

  private static func parts(of file: CheckpointFile) -> (stem: String, text: Bytes)? {
    file.pair(ending: ".xml", format: name, begins: begins)
  }

  /// Whether it is XML whose first element is a network.
  private static func begins(_ bytes: Bytes) -> Bool {
    guard bytes.has("<?xml".utf8) || bytes.has("<net ".utf8) else { return false }
    return bytes.contents.prefix(512).range(of: Data("<net ".utf8)) != nil
  }
}
