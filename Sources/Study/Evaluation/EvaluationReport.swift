import MobileNet
import Reports

/// An evaluation as text, JSON and CSV.
public struct EvaluationReport: Sendable {
  private let evaluation: Evaluation
  private let checkpoint: Checkpoint
  private let resolution: Resolution
  private let imagesPerSecond: Double

  /// Reports the `evaluation` of `checkpoint` at `resolution`, with the checkpoint's names of
  /// classes.
  public init(
    _ evaluation: Evaluation, checkpoint: Checkpoint, resolution: Resolution,
    imagesPerSecond: Double
  ) {
    self.evaluation = evaluation
    self.checkpoint = checkpoint
    self.resolution = resolution
    self.imagesPerSecond = imagesPerSecond
  }

  /// Returns the figures, then up to `rows` lines of each list.
  public func text(rows: Int = 10) -> String {
    let count = evaluation.answers.count
    var parts = [
      [
        "top-1 \(percent(evaluation.share(top: 1)))  top-5 \(percent(evaluation.share(top: 5)))",
        "\(NumberText.grouped(count)) image\(count == 1 ? "" : "s"), "
          + "\(NumberText.fixed(imagesPerSecond, 1)) images/s",
      ]
    ]
    guard count > 0 else { return parts[0].joined(separator: "\n") }
    parts.append(calibrationLines)
    let classes = evaluation.classes
    parts.append(
      list("classes, the worst first", classes, rows) {
        "\(NumberText.percent($0.recall, digits: 1).padded(left: 8))  "
          + "\("\($0.right) of \($0.images)".padded(left: 11))  \(name($0.classIndex))"
      })
    parts.append(
      list("taken for another, the most frequent first", evaluation.confusions, rows) {
        "\("\($0.images)".padded(left: 5))  \(name($0.truth)) taken for \(name($0.answer))"
      })
    parts.append(
      list("wrong images, the surest first", evaluation.wrong, rows) {
        "\(NumberText.percent(Double($0.confidence), digits: 1).padded(left: 8))  "
          + "\($0.image): \(name($0.answer)); \(name($0.truth)) is number \($0.truthRank)"
      })
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  /// The reliability diagram: a line for each bin that is not empty.
  private var calibrationLines: [String] {
    let calibration = evaluation.calibration
    let tendency = calibration.confidence > calibration.accuracy ? "too sure" : "too modest"
    let head =
      "calibration error (ECE) \(NumberText.fixed(calibration.error, 3)): "
      + "\(percent(calibration.confidence)) sure on average, "
      + "right in \(percent(calibration.accuracy)), \(tendency)"
    return [head]
      + calibration.bins.filter { $0.count > 0 }.map { bin in
        let range =
          "\(NumberText.percent(bin.lower).padded(left: 5)) to "
          + NumberText.percent(bin.upper).padded(left: 5)
        let bar = String(repeating: "█", count: Int((bin.accuracy * 20).rounded()))
        return "\(range)  right \(NumberText.percent(bin.accuracy, digits: 1).padded(left: 7))  "
          + bar.padded(right: 20) + "  \(NumberText.grouped(bin.count))"
      }
  }

  private func list<Row>(
    _ title: String, _ all: [Row], _ rows: Int, line: (Row) -> String
  ) -> [String] {
    guard !all.isEmpty else { return [] }
    let more = all.count - rows
    return [title] + all.prefix(rows).map(line)
      + (more > 0 ? ["  and \(NumberText.grouped(more)) more; --json lists all"] : [])
  }

  private func percent(_ share: Double) -> String { NumberText.percent(share, digits: 2) }

  private func name(_ index: Int) -> String { checkpoint.shortLabel(index) }

  /// The evaluation as JSON, for scripts; the keys "top1" and "top5" are in percent, other shares
  /// 0…1.
  public var json: JSONReport {
    struct Bin: Encodable {
      let above, upTo: Double
      let images: Int
      let confidence, accuracy: Double
    }
    struct Calibrated: Encodable {
      let ece, confidence, accuracy: Double
      let bins: [Bin]
    }
    struct Class: Encodable {
      let `class`: Int
      let label: String
      let images, right, answered: Int
      let top1: Double
    }
    struct Confusion: Encodable {
      let truth, answer, images: Int
      let truthLabel, answerLabel: String
    }
    struct Wrong: Encodable {
      let image: String
      let truth, answer, rank: Int
      let truthLabel, answerLabel: String
      let probability, truthProbability: Float
    }
    struct Report: Encodable {
      let weights: String
      let resolution: Resolution
      let images, unreadable: Int
      let top1, top5, imagesPerSecond: Double
      let calibration: Calibrated
      let classes: [Class]
      let confusions: [Confusion]
      let wrong: [Wrong]
      let unreadableImages: [String]
    }
    let calibration = evaluation.calibration
    return JSONReport(
      Report(
        weights: checkpoint.name, resolution: resolution, images: evaluation.answers.count,
        unreadable: evaluation.unreadable.count, top1: evaluation.share(top: 1) * 100,
        top5: evaluation.share(top: 5) * 100, imagesPerSecond: imagesPerSecond,
        calibration: Calibrated(
          ece: calibration.error, confidence: calibration.confidence,
          accuracy: calibration.accuracy,
          bins: calibration.bins.map {
            Bin(
              above: $0.lower, upTo: $0.upper, images: $0.count, confidence: $0.confidence,
              accuracy: $0.accuracy)
          }),
        classes: evaluation.classes.map {
          Class(
            class: $0.classIndex, label: checkpoint.label($0.classIndex), images: $0.images,
            right: $0.right, answered: $0.answered, top1: $0.recall * 100)
        },
        confusions: evaluation.confusions.map {
          Confusion(
            truth: $0.truth, answer: $0.answer, images: $0.images,
            truthLabel: checkpoint.label($0.truth), answerLabel: checkpoint.label($0.answer))
        },
        wrong: evaluation.wrong.map {
          Wrong(
            image: $0.image, truth: $0.truth, answer: $0.answer, rank: $0.truthRank,
            truthLabel: checkpoint.label($0.truth), answerLabel: checkpoint.label($0.answer),
            probability: $0.confidence, truthProbability: $0.truthProbability)
        },
        unreadableImages: evaluation.unreadable.map(\.image)))
  }

  /// A header and a line per image; the last column has the reason why an image could not be read.
  public var csv: String {
    var rows = [
      [
        "image", "truth", "truth_label", "answer", "answer_label", "probability",
        "truth_probability", "truth_rank", "error",
      ]
    ]
    rows += evaluation.answers.map {
      [
        $0.image, "\($0.truth)", checkpoint.label($0.truth), "\($0.answer)",
        checkpoint.label($0.answer), NumberText.exact($0.confidence),
        NumberText.exact($0.truthProbability),
        "\($0.truthRank)", "",
      ]
    }
    rows += evaluation.unreadable.map { [$0.image, "", "", "", "", "", "", "", $0.reason] }
    return rows.map(\.csvLine).joined()
  }
}
