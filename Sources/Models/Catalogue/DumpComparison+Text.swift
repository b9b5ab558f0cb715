import Checkpoints
import MobileNet
import Reports

extension DumpComparison {
  /// The verdict in a sentence.
  public var sentence: String {
    switch verdict {
    case .same: "the same network"
    case .inputs(let difference): "the same network; inputs differ: \(difference.text)"
    case .conventions(let conventions):
      "the same weights; the other "
        + conventions.map(\.rawValue).joined(separator: " and the other ") + " makes them agree"
    case .quantized: "quantisation noise only: largest \(largest) of a layer's range"
    case .rounded: "rounding only: largest \(largest) of a layer's range"
    case .weights(let layer):
      "weights differ from \(layer) on: by \(largest(of: layer)) of its range"
    case .unknownInput(let layer):
      "\(layer) differs by \(largest(of: layer)) of its range, and the input is not in the dump: "
        + "save it as \"input\" to tell weights from preprocessing"
    case .nothing: "no array of the dump has the size of a layer"
    }
  }

  /// The command's exit status: 0 for the same network, 1 for other weights or conventions, 2 for
  /// other inputs, 3 for rounding.
  public var status: Int32 {
    switch verdict {
    case .same: 0
    case .conventions, .weights, .unknownInput, .nothing: 1
    case .inputs: 2
    case .quantized, .rounded: 3
    }
  }

  /// The sentence, and a line for each layer.
  public var text: String {
    guard !rows.isEmpty else { return sentence }
    let names = rows.map { Self.short($0.array) }
    let width = max(names.map(\.count).max() ?? 0, "in the dump".count) + 2
    func line(_ layer: String, _ array: String, _ largest: String, _ mean: String) -> String {
      layer.padded(right: 14) + array.padded(right: width) + largest.padded(left: 9)
        + mean.padded(left: 11)
    }
    let lines = zip(rows, names).map { row, name in
      line(row.layer, name, NumberText.value(row.largest), NumberText.value(row.mean))
    }
    return
      ([sentence, "", line("layer", "in the dump", "largest", "mean")] + lines
      + ["", "Differences are parts of the layer's range."]).joined(separator: "\n")
  }

  /// Returns the beginning of a name; TensorFlow Lite joins the names of all steps that it fuses.
  private static func short(_ name: String) -> String {
    name.count <= 32 ? name : name.prefix(31) + "…"
  }

  /// The comparison as JSON, for scripts; an infinite difference is null.
  public var json: JSONReport {
    struct Layer: Encodable {
      let layer, array: String
      let largest, mean: Float?
    }
    struct All: Encodable {
      let verdict, kind: String
      let layers: [Layer]
    }
    func finite(_ number: Float) -> Float? { number.isFinite ? number : nil }
    return JSONReport(
      All(
        verdict: sentence, kind: kind,
        layers: rows.map {
          Layer(
            layer: $0.layer, array: $0.array, largest: finite($0.largest), mean: finite($0.mean))
        }))
  }

  /// The verdict in a word.
  private var kind: String {
    switch verdict {
    case .same: "same"
    case .inputs: "inputs"
    case .conventions: "conventions"
    case .quantized: "quantized"
    case .rounded: "rounded"
    case .weights: "weights"
    case .unknownInput: "unknownInput"
    case .nothing: "nothing"
    }
  }

  private var largest: String { percent(rows.map(\.largest).max() ?? 0) }

  private func largest(of layer: String) -> String {
    percent(rows.first { $0.layer == layer }?.largest ?? 0)
  }

  private func percent(_ part: Float) -> String {
    "\(NumberText.trimmed(Double(part) * 100, digits: part < 0.001 ? 3 : 1)) %"
  }
}

extension InputDifference {
  fileprivate var text: String {
    switch self {
    case .channelOrder: "red and blue changed places"
    case .scale(let theirs): "scale; the dump's is \(theirs.numbers)"
    case .picture(let mean) where mean < 0.03: "resizing"
    case .picture: "crop or resizing"
    }
  }
}
