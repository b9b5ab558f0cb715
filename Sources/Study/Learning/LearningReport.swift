import Evaluation
import Foundation
import MobileNet
import Reports

/// A learned layer and its accuracy, as text and JSON.
public struct LearningReport: Sendable {
  private let taught: TaughtImages
  private let result: Learner.Result
  private let backbone: String

  /// Reports the `result` of learning from `taught` with features of `backbone`, a name and a
  /// resolution.
  public init(_ taught: TaughtImages, _ result: Learner.Result, backbone: String) {
    self.taught = taught
    self.result = result
    self.backbone = backbone
  }

  /// The provenance's name for the layers before the last.
  static let backboneFact = "backbone"

  /// Most classes for which the whole confusion matrix is printed.
  private static let mostColumns = 12

  /// The classes, the accuracy, the confusion matrix and the hardest images.
  public var text: String {
    let views = taught.features.views == 2 ? ", mirrored too" : ""
    var parts = [
      [
        "\(counted(taught.images.count, "image")) of \(taught.classes.count) classes; "
          + "\(taught.features.width) features each from \(backbone)\(views)"
      ]
    ]
    parts.append(columns(zip(taught.classes, taught.counts).map { ("\($1)", $0) }))
    parts.append(accuracyLines)
    if !result.evaluation.answers.isEmpty {
      parts.append(
        taught.classes.count <= Self.mostColumns ? matrix : confusions)
      parts.append(hardest)
    }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  private var accuracyLines: [String] {
    guard let accuracy = result.accuracy else {
      return [
        "not cross-validated: that takes two images of a class that are no copies of each other"
      ]
    }
    let largest = taught.counts.max() ?? 0
    let guess = Double(largest) / Double(max(taught.images.count, 1))
    let calibration = result.evaluation.calibration.error
    let alarms = result.falseAlarms.map {
      ["\(Outliers.name): answered to \(percent($0)) of the images that show a class"]
    }
    return [
      "cross-validated in \(result.folds) folds: \(percent(accuracy)) right "
        + "± \(percent(result.spread)) (always the largest class: \(percent(guess)))",
      "strength C \(NumberText.value(Float(result.strength))), calibration error (ECE) "
        + "\(NumberText.fixed(calibration, 3)) at temperature "
        + NumberText.fixed(result.temperature, 2),
    ] + (alarms ?? [])
  }

  /// A line per true class, with a column per answered class.
  private var matrix: [String] {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: result.labels.count), count: taught.classes.count)
    for answer in result.evaluation.answers { counts[answer.truth][answer.answer] += 1 }
    let widest = min(taught.classes.map(\.count).max() ?? 0, 20)
    let width = max("\(taught.images.count)".count, 4) + 2
    let head = result.labels.indices.map { index in
      (index < taught.classes.count ? letter(index) : "none").padded(left: width)
    }.joined()
    let rows = taught.classes.indices.map { row in
      "\(letter(row)) \(String(taught.classes[row].prefix(widest)).padded(right: widest))"
        + counts[row].map { ($0 == 0 ? "·" : "\($0)").padded(left: width) }.joined()
    }
    return ["shown, and answered:", String(repeating: " ", count: widest + 2) + head] + rows
  }

  private func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(97 + index))) }

  private var confusions: [String] {
    let found = result.evaluation.confusions.prefix(15)
    guard !found.isEmpty else { return ["nothing was taken for anything else"] }
    return ["taken for another, the most frequent first:"]
      + columns(
        found.map {
          ("\($0.images)", "\(taught.classes[$0.truth]) taken for \(result.labels[$0.answer])")
        })
  }

  /// The images whose true class was the least likely while they were held back.
  private var hardest: [String] {
    let found = result.evaluation.answers.sorted {
      ($0.truthProbability, $0.image) < ($1.truthProbability, $1.image)
    }.filter { $0.truthProbability < 0.5 }.prefix(10)
    guard !found.isEmpty else { return ["no image was hard"] }
    return ["hardest images, perhaps in the wrong class:"]
      + columns(
        found.map { answer in
          let other =
            answer.isRight
            ? "" : "; \(result.labels[answer.answer]) \(percent(Double(answer.confidence)))"
          return (
            percent(Double(answer.truthProbability)),
            "\(answer.image): \(taught.classes[answer.truth])\(other)"
          )
        })
  }

  /// Returns lines of two columns, the first aligned right.
  private func columns(_ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  \($0.0.padded(left: width))  \($0.1)" }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  private func percent(_ share: Double) -> String { NumberText.percent(share, digits: 1) }

  /// Returns the report as JSON, for scripts, with the times in `seconds`.
  public func json(seconds: [String: Double]) -> JSONReport {
    struct Class: Encodable {
      let label: String
      let images: Int
    }
    struct Confusion: Encodable {
      let truth, answer: String
      let images: Int
    }
    struct Held: Encodable {
      let image, truth, answer: String
      let probability, truthProbability: Float
    }
    struct Copy: Encodable {
      let image, of: String
    }
    struct Report: Encodable {
      let backbone: String
      let images: Int
      let classes: [Class]
      let folds: Int
      let accuracy, spread, strength, temperature: Double?
      let ece, falseAlarms: Double?
      let confusions: [Confusion]
      let heldBack: [Held]
      let copies: [Copy]
      let seconds: [String: Double]
    }
    return JSONReport(
      Report(
        backbone: backbone, images: taught.images.count,
        classes: zip(taught.classes, taught.counts).map { Class(label: $0, images: $1) },
        folds: result.folds, accuracy: result.accuracy, spread: result.spread,
        strength: result.strength, temperature: result.temperature,
        ece: result.accuracy.map { _ in result.evaluation.calibration.error },
        falseAlarms: result.falseAlarms,
        confusions: result.evaluation.confusions.map {
          Confusion(
            truth: taught.classes[$0.truth], answer: result.labels[$0.answer], images: $0.images)
        },
        heldBack: result.evaluation.answers.map {
          Held(
            image: $0.image, truth: taught.classes[$0.truth], answer: result.labels[$0.answer],
            probability: $0.confidence, truthProbability: $0.truthProbability)
        },
        copies: result.copies.map { Copy(image: $0.image.name, of: $0.of.name) },
        seconds: seconds))
  }

  /// Returns the facts about the layer's origin that its checkpoint records.
  public func provenance(backbone digest: String, date: Date) -> [Checkpoint.Fact] {
    let day = date.formatted(.iso8601.year().month().day())
    var facts = [
      Checkpoint.Fact(
        name: "learned from",
        value: "\(counted(taught.images.count, "image")) of \(taught.classes.count) classes"),
      Checkpoint.Fact(name: Self.backboneFact, value: "\(backbone), SHA-256 \(digest)"),
      Checkpoint.Fact(
        name: "method",
        value: "logistic regression on pool6, C \(NumberText.value(Float(result.strength))), "
          + "temperature \(NumberText.fixed(result.temperature, 3))"),
      Checkpoint.Fact(name: "date", value: day),
    ]
    if let accuracy = result.accuracy {
      facts.insert(
        Checkpoint.Fact(
          name: "cross-validated",
          value: "\(percent(accuracy)) right ± \(percent(result.spread)) in \(result.folds) folds"
        ), at: 2)
    }
    if let alarms = result.falseAlarms {
      facts.append(
        Checkpoint.Fact(
          name: Outliers.name, value: "answered to \(percent(alarms)) of held-back images"))
    }
    return facts
  }
}
