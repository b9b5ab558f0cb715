import MobileNet
import Reports

/// The similarity of two photos in each layer of a network, as text and JSON.
public struct SimilarityReport: Sendable {
  private let images: [String]
  private let network: String
  private let layers: [Layer]
  private let cosines: [Double?]

  /// Reports the similarity of the layers' outputs for two images.
  public init(images: [String], checkpoint: Checkpoint, _ traces: (Trace, Trace)) {
    self.images = images
    layers = traces.0.layers
    network = "\(checkpoint.name) at \(traces.0.resolution)"
    cosines = traces.0.similarities(to: traces.1)
  }

  /// A line per layer with a bar, from 0 to 1.
  public var text: String {
    let lines = zip(layers, cosines).map { layer, cosine in
      Self.line(layer, cosine) + "  "
        + String(repeating: "█", count: Int((max(cosine ?? 0, 0) * 40).rounded()))
    }
    return
      (["\(images.joined(separator: " and ")) through \(network)", "", " # layer        cosine"]
      + lines + ["", Self.note]).joined(separator: "\n")
  }

  /// Returns the layer and its cosine in columns.
  public static func line(_ layer: Layer, _ cosine: Double?) -> String {
    "\(layer.index)".padded(left: 2) + " " + layer.name.padded(right: 12)
      + (cosine.map { NumberText.fixed($0, 3) } ?? "–").padded(left: 6)
  }

  /// The note on the cosine.
  public static let note =
    "cosine: 1 where all values of a layer's two outputs are in proportion, 0 where they share "
    + "nothing."

  /// The report as JSON, for scripts.
  public var json: JSONReport {
    struct Row: Encodable {
      let layer: String
      let cosine: Double?
    }
    struct Document: Encodable {
      let images: [String]
      let network: String
      let layers: [Row]
    }
    return JSONReport(
      Document(
        images: images, network: network,
        layers: zip(layers, cosines).map { Row(layer: $0.name, cosine: $1) }))
  }
}
