import MobileNet
import Tensors
import Testing

@testable import Lessons

@Suite struct NormTests {
  /// A checkpoint whose conv2_1_sep has a batch norm that was folded when it was read.
  private func trained() throws -> Checkpoint {
    let architecture = Architecture(width: 0.25, classes: 10)
    let plain = try Checkpoint.synthetic(architecture)
    var weights: [String: LayerWeights] = [:]
    for layer in architecture.layers(resolution: 96) {
      weights[layer.name] = plain.weights(of: layer)
    }
    let convolution = try #require(weights["conv2_1_sep"])
    let count = convolution.biases.count
    let unfolded = UnfoldedLayer(
      convolution: convolution, gammas: (0..<count).map { 0.5 + Double($0) / 10 },
      betas: (0..<count).map { Double($0) / 4 - 1 }, means: (0..<count).map { 1 - Double($0) / 8 },
      variances: (0..<count).map { 0.25 + Double($0) }, epsilon: 1e-3)
    weights["conv2_1_sep"] = unfolded.folded
    return try Checkpoint(
      name: "trained", architecture: architecture, weights: weights,
      unfolded: ["conv2_1_sep": unfolded], preprocessing: .torchvision)
  }

  @Test func theFilesOwnBatchNormIsShownAndLeadsToTheSameValue() throws {
    let example = try Example(Architecture(), checkpoint: trained())
    let channel = 5
    let subject = try example.subject(.norm, position: 2, row: 7, column: 9, channel: channel)
    let lesson = try #require(Topic.norm.lesson(about: subject) as? NormLesson)
    #expect(!lesson.isExample && lesson.layer.name == "conv2_1_sep")
    #expect((lesson.gamma, lesson.beta) == (1, 0.25))
    #expect((lesson.mean, lesson.variance, lesson.epsilon) == (0.375, 5.25, 1e-3))

    // Convolution, then batch norm, from the definition.
    let own = try #require(example.checkpoint.unfolded(lesson.layer)).convolution
    let input = example.trace.input(at: 2)
    var sum = Double(own.biases[channel])
    for source in 0..<8 {
      sum += Double(own.weights[8 * channel + source]) * Double(input[7, 9, source])
    }
    let normed = (sum - 0.375) / (5.25 + 1e-3).squareRoot() * 1 + 0.25
    #expect(abs(lesson.sum - sum) < 1e-9 && abs(lesson.normed - normed) < 1e-9)
    let recorded = Double(example.trace.output(at: 2)[7, 9, channel])
    #expect(abs(max(normed, 0) - recorded) < 1e-5)
    #expect(abs(lesson.foldedSum - normed) < 1e-5)

    let steps = lesson.steps
    let factor = 1 / (5.25 + 1e-3).squareRoot()
    #expect(abs(try #require(numbers(in: steps[3].text).last) - factor) < 1e-4)
    for (index, weight) in own.weights(of: channel).enumerated() {
      #expect(abs(Double(lesson.folded[index]) - Double(weight) * factor) < 1e-6)
    }
    let bias = 0.25 + (Double(own.biases[channel]) - 0.375) * factor
    #expect(abs(try #require(numbers(in: steps[7].text).last) - bias) < 1e-4)
    #expect(abs(try #require(numbers(in: steps[9].text).last) - normed) < 1e-4)
    for step in [5, 7, 9] { #expect(steps[step].text.hasSuffix("the same number.")) }
  }

  @Test func aFoldedFileGetsAnExampleThatFoldsIntoIt() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    for position in 0..<27 {
      let channel = 4
      let subject = try example.subject(
        .norm, position: position, row: 1, column: 2, channel: channel)
      let lesson = try #require(Topic.norm.lesson(about: subject) as? NormLesson)
      #expect(lesson.isExample)
      #expect(lesson.steps[1].text.contains("The original values are lost."))
      for (before, after) in zip(lesson.unfolded, lesson.folded) {
        #expect(abs(Double(before) * lesson.factor - Double(after)) < 1e-6)
      }
      let bias = lesson.beta + (lesson.bias - lesson.mean) * lesson.factor
      #expect(abs(bias - Double(lesson.foldedBias)) < 1e-6)
      // Mean and variance are those of the sums that this photo makes.
      let weights = try #require(example.checkpoint.weights(of: lesson.layer))
      let sums = try #require(subject.sums).plane(channel).values
        .map { 2 * (Double($0) - Double(weights.biases[channel])) }
      let mean = sums.reduce(0, +) / Double(sums.count)
      let squares = sums.reduce(0) { $0 + $1 * $1 } / Double(sums.count)
      #expect(abs(lesson.mean - mean) < 1e-6)
      #expect(abs(lesson.variance - (squares - mean * mean)) < 1e-3)
      for step in [5, 7, 9] {
        #expect(lesson.steps[step].text.hasSuffix("the same number."), "\(lesson.steps[step].text)")
      }
    }
  }

  @Test func whatFoldingSavesIsCountedOverAllLayers() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let subject = try example.subject(.norm, position: 1, row: 0, column: 0, channel: 0)
    let text = try #require(Topic.norm.lesson(about: subject)?.steps.last).text
    let layers = example.trace.layers[..<27]
    let channels = layers.map(\.output.channels).reduce(0, +)
    let values = layers.map(\.output.count).reduce(0, +)
    #expect(numbers(in: text) == [Double(3 * channels), Double(values)])
  }
}
