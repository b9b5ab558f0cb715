import Foundation
import MobileNet
import Testing

@testable import Learning

/// The optimum against scikit-learn's, which `References/make_references.py` wrote down.
@Suite struct LogisticRegressionTests {
  struct Case {
    let taught: TaughtImages
    let strength: Double
    let probabilities: [[Double]]
  }

  /// The cases of the file, with the features that the script made.
  static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References/references.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    var cases: [Case] = []
    var index = 0
    while index < lines.count {
      let words = lines[index].split(separator: " ")
      let numbers = try words[1...3].map { try #require(Int($0)) }
      let (classes, images, width) = (numbers[0], numbers[1], numbers[2])
      let rows = lines[(index + 1)...(index + images)]
      cases.append(
        Case(
          taught: example(classes: classes, images: images, width: width),
          strength: try #require(Double(words[4])),
          probabilities: try rows.map { row in
            try row.split(separator: " ").map { try #require(Double($0)) }
          }))
      index += 1 + images
    }
    return cases
  }

  static func example(classes: Int, images: Int, width: Int) -> TaughtImages {
    let labels = (0..<images).map { $0 % 4 == 0 ? 0 : $0 % classes }
    let values = labels.enumerated().flatMap { image, label in
      Checkpoint.syntheticValues(width, seed: 1000 + image, scale: 1).enumerated().map {
        $0.element + ($0.offset % classes == label ? 0.75 : 0) + 1
      }
    }
    return TaughtImages(
      classes: (0..<classes).map { "class \($0)" },
      images: labels.enumerated().map {
        TaughtImages.Image(name: "class \($1)/\($0)", classIndex: $1)
      },
      features: FeatureTable(width: width, views: 1, values: values))
  }

  @Test func probabilitiesAreThoseOfScikitLearn() throws {
    let cases = try Self.cases()
    #expect(cases.count == 4)
    for item in cases {
      let taught = item.taught
      let examples = Examples(taught, groups: Array(taught.images.indices), outliers: nil)
      let regression = LogisticRegression(
        taught.features, rowClasses: examples.rowClasses, classes: taught.classes.count,
        threads: 2)
      let parameters = regression.fit(
        c: item.strength, rowWeights: examples.rowWeights(), from: regression.start,
        tolerance: 1e-12)
      let head = regression.head(parameters)
      for image in taught.images.indices {
        let logits = head.biases.indices.map { index in
          zip(taught.features.row(image), head.weights[(index * taught.features.width)...])
            .reduce(Double(head.biases[index])) { $0 + Double($1.0) * Double($1.1) }
        }
        let found = Temperature.softmax(logits, 1)
        for (a, b) in zip(found, item.probabilities[image]) {
          #expect(abs(a - b) < 3e-5, "C \(item.strength), image \(image)")
        }
      }
    }
  }

  /// More rows than a block has, cut differently by threads: the same numbers, bit for bit.
  @Test func anyNumberOfThreadsFindsTheSame() {
    let taught = Self.example(classes: 3, images: 1100, width: 9)
    let examples = Examples(taught, groups: Array(taught.images.indices), outliers: nil)
    let heads = [1, 3].map { threads in
      let regression = LogisticRegression(
        taught.features, rowClasses: examples.rowClasses, classes: 3, threads: threads)
      return regression.head(
        regression.fit(
          c: 1, rowWeights: examples.rowWeights(), from: regression.start,
          tolerance: 1e-9))
    }
    #expect(heads[0] == heads[1])
    #expect(heads[0].weights.contains { $0 != 0 })
  }

  @Test func theTemperatureUndoesWhatAFactorDid() {
    // Right in 3 of 4 cases: the most likely probability of the first class is 3/4, ln 3 apart.
    let answers = [0, 0, 0, 1].map { (logits: [2 * log(3.0), 0], truth: $0) }
    #expect(abs(Temperature.best(answers) - 2) < 1e-4)
    #expect(Temperature.best([]) == 1)
    let sure = Temperature.softmax([1, 0, 0], Temperature.best([([1, 0, 0], 0)]))
    #expect(sure[0] > 0.99 && sure.allSatisfy(\.isFinite))
  }
}
