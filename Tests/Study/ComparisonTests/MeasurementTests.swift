import Images
import MobileNet
import Tensors
import Testing

@testable import Comparison

@Suite struct MeasurementTests {
  private func measurement(
    _ name: String, multiplyAdds: Int, classes: Int? = 3, _ answer: Measurement.TopClass?
  ) -> Measurement {
    Measurement(
      candidate: Candidate(name, resolution: 224), width: 1, classes: classes,
      parameters: 1000, multiplyAdds: multiplyAdds, milliseconds: 1, accuracy: nil,
      published: nil, answers: [answer].compactMap(\.self))
  }

  @Test func agreementIsThatOfNamesWhereThereAreAny() {
    func answer(_ index: Int, _ label: String, _ hasName: Bool = true) -> Measurement.TopClass {
      Measurement.TopClass(classIndex: index, label: label, hasName: hasName, probability: 0.5)
    }
    // The largest is the one with the most multiply-adds that has an answer.
    let large = measurement("a", multiplyAdds: 50, answer(1, "cat"))
    let same = measurement("b", multiplyAdds: 40, answer(2, "cat"))
    let other = measurement("c", multiplyAdds: 30, answer(1, "dog"))
    let nameless = measurement("d", multiplyAdds: 20, answer(1, "class 1", false))
    let silent = measurement("e", multiplyAdds: 60, nil)
    let all = [same, large, other, nameless, silent]
    #expect(all.largest == large)
    #expect(all.map { all.agrees($0) } == [true, true, false, nil, nil])
    let numbers = [nameless, measurement("f", multiplyAdds: 9, answer(1, "class 1", false))]
    #expect(numbers.agrees(numbers[1]) == true)
    let more = [
      nameless, measurement("f", multiplyAdds: 9, classes: 4, answer(1, "class 1", false)),
    ]
    #expect(more.agrees(more[1]) == nil)
  }

  @Test func aMeasurementSaysWhatTheNetworkSays() throws {
    let architecture = Architecture(width: 0.25, classes: 3)
    let plain = try Checkpoint.synthetic(architecture)
    let layers = architecture.layers(resolution: 96)
    let checkpoint = try Checkpoint(
      name: "three", architecture: architecture,
      weights: Dictionary(
        uniqueKeysWithValues: layers.compactMap { layer in
          plain.weights(of: layer).map { (layer.name, $0) }
        }),
      preprocessing: .torchvision, labels: ["cat", "dog", "fox"],
      accuracy: [
        .init(resolution: 96, top1: 61.5, top5: 80), .init(resolution: 128, top1: 1, top5: 2),
      ])
    let network = try Network(checkpoint, resolution: 96, threads: 1)
    let input = Tensor(
      shape: network.inputShape,
      values: Checkpoint.syntheticValues(network.inputShape.count, seed: 5, scale: 2))
    let candidate = Candidate("folder/three.safetensors", resolution: 96)
    let found = try Measurement(candidate, network: network, input: input)
    let all = network.run(input).predictions(top: 3)
    let best = try #require(all.first)
    #expect(found.answers.map(\.classIndex) == all.map(\.classIndex))
    #expect(found.answers.map(\.probability) == all.map { Double($0.probability) })
    #expect(found.withoutAnswer.answers.isEmpty)
    #expect(found.layerTimes.map(\.name) == layers.map(\.name))
    #expect(found.layerTimes.allSatisfy { $0.milliseconds.isFinite })
    #expect(found.answer?.label == checkpoint.labels[best.classIndex])
    #expect(found.answer?.probability == Double(best.probability))
    #expect(found.accuracy?.top1 == 61.5 && found.milliseconds > 0)
    #expect(found.parameters == layers.parameters && found.multiplyAdds == layers.multiplyAdds)
    #expect(candidate.name == "three.safetensors" && found.published == nil)
  }

  @Test func aLongNameIsShownByWhatSetsItApart() throws {
    func line(_ name: String) -> String {
      MeasurementTable([], of: []).line(of: Candidate(name, resolution: 224))
    }
    #expect(line("mobilenet-0.75").hasPrefix("mobilenet-0.75   224"))
    #expect(line("mobilenet-1.0-shallow").hasPrefix("1.0-shallow      224"))
    #expect(line("photos/a-network-of-mine.onnx").hasPrefix("a-network-of-m…  224"))
  }

  @Test func inputsThatAreNotSquareStandUnderTheirTitle() throws {
    let candidates = [(96, 160), (224, 224)].map {
      Candidate("mobilenet-1.0", resolution: Resolution(height: $0.0, width: $0.1))
    }
    let table = MeasurementTable([], of: candidates)
    #expect(table.line(of: candidates[0]).hasPrefix("mobilenet-1.0   96×160"))
    #expect(table.line(of: candidates[1]).hasPrefix("mobilenet-1.0      224"))
    #expect(table.header.hasPrefix("network          input"))
    #expect(MeasurementTable([], of: [candidates[1]]).header.hasPrefix("network         side"))
  }

  /// Howard et al., tables 5, 6 and 7, and the list of the released checkpoints.
  @Test func publishedFiguresAreThoseOfTheirSources() {
    func figure(_ width: Double, _ side: Resolution, shallow: Bool = false) -> PublishedFigure? {
      .imageNetTop1(of: Architecture(width: width, shallow: shallow, classes: 200), at: side)
    }
    #expect(figure(1, 224) == PublishedFigure(70.6, .howard2017, "table 6"))
    #expect(figure(0.25, 224) == PublishedFigure(50.6, .howard2017, "table 6"))
    #expect(figure(1, 128) == PublishedFigure(64.4, .howard2017, "table 7"))
    #expect(figure(0.5, 160) == PublishedFigure(59.1, .tensorFlow2018, "table"))
    #expect(figure(1, 224, shallow: true) == PublishedFigure(65.3, .howard2017, "table 5"))
    #expect(figure(1, 192, shallow: true) == nil)
    #expect(figure(1, 96) == nil && figure(1.25, 224) == nil)
    for width in [1, 0.75, 0.5, 0.25] {
      let values = Candidate.resolutions.compactMap { figure(width, $0)?.value }
      #expect(values.count == 4 && values == values.sorted(by: >))
    }
  }

  @Test func cosinesAreThoseOfTheDefinition() throws {
    let shape = Shape(side: 1, channels: 3)
    func tensor(_ values: [Float]) -> Tensor { Tensor(shape: shape, values: values) }
    #expect(tensor([1, 2, 2]).cosine(to: tensor([2, 4, 4])) == 1)
    #expect(tensor([3, 0, 4]).cosine(to: tensor([0, 7, 0])) == 0)
    #expect(tensor([3, 0, 4]).cosine(to: tensor([4, 0, 3])) == 24.0 / 25)
    #expect(tensor([1, 0, 0]).cosine(to: tensor([-2, 0, 0])) == -1)
    #expect(tensor([0, 0, 0]).cosine(to: tensor([1, 0, 0])) == nil)

    let network = try Network(
      try Checkpoint.synthetic(Architecture(width: 0.25, classes: 5)), resolution: 64, threads: 1)
    func trace(_ seed: Int) -> Trace {
      network.run(
        Tensor(
          shape: network.inputShape,
          values: Checkpoint.syntheticValues(network.inputShape.count, seed: seed, scale: 2)))
    }
    let same = trace(1).similarities(to: trace(1))
    #expect(same.count == 30 && same.allSatisfy { abs(($0 ?? 0) - 1) < 1e-6 })
    let other = trace(1).similarities(to: trace(2)).compactMap { $0 }
    #expect(other.allSatisfy { $0 < 1 })

    // Of the classes' sums what all have alike is taken off first.
    func sums(_ seed: Int) -> [Double] {
      let values = trace(seed).output(at: 28).values.map(Double.init)
      let mean = values.reduce(0, +) / 5
      return values.map { $0 - mean }
    }
    func product(_ first: [Double], _ second: [Double]) -> Double {
      zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (first, second) = (sums(1), sums(2))
    let cosine =
      product(first, second) / (product(first, first) * product(second, second)).squareRoot()
    let found = try #require(trace(1).similarities(to: trace(2))[28])
    #expect(abs(found - cosine) < 1e-6)
  }

  /// The length of the difference as a part of the length, written out.
  @Test func aChangeIsTheLengthOfTheDifference() throws {
    func tensor(_ values: [Float]) -> Tensor {
      Tensor(shape: Shape(height: 1, width: 2, channels: 2), values: values)
    }
    let own = tensor([3, 0, 0, 4])
    #expect(own.change(to: own) == 0)
    #expect(own.change(to: tensor([0, 0, 0, 4])) == 0.6)
    #expect(own.change(to: tensor([3, 0, 5, 4])) == 1)
    #expect(tensor([0, 0, 0, 0]).change(to: own) == nil)
    #expect(own.change(to: tensor([3, .nan, 0, 4])) == nil)
  }

  @Test func inTurnsEachRunsOnceInARoundAndItsShortestCounts() {
    var order: [Int] = []
    func run(_ index: Int) -> () -> Double {
      {
        order.append(index)
        // One busy moment in the first rounds, and for the first network later ones too.
        return index == 0 ? 5 : order.count < 8 ? 100 : 3
      }
    }
    var rounds = 0
    let shortest = Turns([run(0), run(1), run(2)]).shortest { _ in rounds += 1 }
    #expect(shortest == [5, 3, 3] && rounds == 10)
    #expect(order.count == 33 && order.enumerated().allSatisfy { $0.element == $0.offset % 3 })
  }
}
