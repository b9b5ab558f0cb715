import MobileNet

/// The predictions for some images, as text and JSON.
public struct PredictionReport: Sendable {
  /// One image and its most likely classes.
  public struct Entry: Sendable {
    let image: String
    let predictions: [Prediction]

    /// Creates the entry of `image`.
    public init(image: String, predictions: [Prediction]) {
      self.image = image
      self.predictions = predictions
    }
  }

  private let entries: [Entry]
  private let checkpoint: Checkpoint
  private let precision: Precision

  /// Reports `entries`, naming classes as `checkpoint` does; `precision` is that of the
  /// computation.
  public init(_ entries: [Entry], checkpoint: Checkpoint, precision: Precision = .float) {
    self.entries = entries
    self.checkpoint = checkpoint
    self.precision = precision
  }

  /// A line per class, after the image's name if there are several images, and after a warning if
  /// no class is likely.
  public var text: String {
    let texts = entries.map { entry in
      let lines = entry.predictions.map { prediction in
        let percent = NumberText.percent(Double(prediction.probability), digits: 1)
        return "\(percent.padded(left: 7))  \(checkpoint.label(prediction.classIndex))"
      }
      let doubt = checkpoint.doubt(entry.predictions.first).map { [$0] } ?? []
      return ((entries.count > 1 ? [entry.image.onOneLine] : []) + doubt + lines).joined(
        separator: "\n")
    }
    return (texts + [computedIn].compactMap(\.self)).joined(separator: "\n\n")
  }

  /// A note on the precision; nil for floats.
  private var computedIn: String? {
    switch precision {
    case .float: nil
    case .half: "computed with numbers of 16 bits between the layers"
    case .integer: "computed in integers of 8 bits"
    }
  }

  /// The predictions as JSON, for scripts: an array with an element per image.
  ///
  /// "sure" tells whether the first class is more likely right than wrong; it is absent where the
  /// calibration was not measured.
  public var json: JSONReport {
    struct Row: Encodable {
      struct Class: Encodable {
        let `class`: Int
        let label: String
        let probability: Float
      }
      let image: String
      let precision: Precision
      let sure: Bool?
      let predictions: [Class]
    }
    return JSONReport(
      entries.map { entry in
        Row(
          image: entry.image, precision: precision,
          sure: entry.predictions.first.flatMap { checkpoint.isSure($0.probability) },
          predictions: entry.predictions.map {
            Row.Class(
              class: $0.classIndex, label: checkpoint.label($0.classIndex),
              probability: $0.probability)
          })
      })
  }
}
