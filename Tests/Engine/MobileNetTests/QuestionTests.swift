import MobileNet
import Tensors
import Testing

struct QuestionTests {
  let network: Network
  let trace: Trace

  init() throws {
    let checkpoint = try SyntheticNetwork(width: 0.25, activation: .relu6).checkpoint()
    network = try Network(checkpoint, resolution: 128, threads: 2)
    trace = network.run(SyntheticNetwork.input(at: 128))
  }

  @Test func rerunningWithTheSameOutputChangesNothing() {
    for position in trace.layers.indices {
      let again = network.rerun(trace, from: position, replacing: trace.output(at: position))
      for other in trace.layers.indices {
        #expect(again.output(at: other).values == trace.output(at: other).values)
      }
    }
  }

  @Test func aSwitchedOffChannelChangesWhatComesAfterAndNothingBefore() {
    let off = trace.output(at: 9).switchingOff(channel: 3)
    #expect(off.plane(3).values.allSatisfy { $0 == 0 })
    #expect(off.plane(2).values == trace.output(at: 9).plane(2).values)
    let again = network.rerun(trace, from: 9, replacing: off)
    for position in 0..<9 {
      #expect(again.output(at: position).values == trace.output(at: position).values)
    }
    // The pointwise layer after it is linear before its activation.
    let weights = network.checkpoint.weights(of: network.layers[10])
    let before = network.preactivation(at: 10, of: trace)
    let after = network.preactivation(at: 10, of: again)
    for channel in 0..<before.shape.channels {
      let weight = weights?.weights(of: channel).dropFirst(3).first ?? 0
      let change = before[4, 5, channel] - after[4, 5, channel]
      #expect(abs(change - weight * trace.output(at: 9)[4, 5, 3]) < 1e-4)
    }
    #expect(again.output(at: 29).values != trace.output(at: 29).values)
  }

  @Test func aSwitchedOffAreaIsZero() {
    let off = trace.output(at: 4).switchingOff(rows: 2..<5, columns: -3..<2)
    let values = trace.output(at: 4)
    for y in 0..<off.shape.height {
      for x in 0..<off.shape.width {
        #expect(off[y, x, 7] == (2..<5 ~= y && x < 2 ? 0 : values[y, x, 7]))
      }
    }
  }

  @Test func severalSwitchesActOneBehindTheOther() {
    let patches = [
      Patch(layer: 9, part: .channels([3, 5])),
      Patch(layer: 4, part: .area(rows: 0..<4, columns: 1..<3)),
    ]
    let both = network.rerun(trace, patching: patches)
    let first = network.rerun(
      trace, from: 4, replacing: trace.output(at: 4).switchingOff(rows: 0..<4, columns: 1..<3))
    let second = first.output(at: 9).switchingOff(channel: 3).switchingOff(channel: 5)
    let expected = network.rerun(first, from: 9, replacing: second)
    #expect(both.output(at: 29).values == expected.output(at: 29).values)
    #expect(both.output(at: 9).plane(5).values.allSatisfy { $0 == 0 })
    let none = network.rerun(trace, patching: [])
    #expect(none.output(at: 29).values == trace.output(at: 29).values)
  }

  @Test func influenceOnTheLastConvolutionIsTheWeightTimesTheMean() throws {
    let found = try #require(network.influence(ofChannels: 3..<9, at: 26, onClass: 17, of: trace))
    let weights = try #require(network.checkpoint.weights(of: network.layers[28]))
    for (channel, influence) in zip(3..<9, found) {
      let mean = trace.output(at: 26).plane(channel).statistics.mean
      // What all classes get alike does not change the answer.
      let all = (0..<1000).map { Double(Array(weights.weights(of: $0))[channel]) }
      let weight = all[17] - all.reduce(0, +) / 1000
      #expect(abs(Double(influence) - weight * mean) < 1e-5)
    }
    #expect(network.influence(ofChannels: 0..<1, at: 28, onClass: 17, of: trace) == nil)
  }

  @Test func theActivationOfThePreactivationIsTheOutput() {
    for (position, layer) in trace.layers.enumerated() {
      let before = network.preactivation(at: position, of: trace).values
      let activation = network.checkpoint.architecture.activation
      let expected = layer.isActivated ? before.map { activation($0) } : before
      #expect(trace.output(at: position).values == expected)
    }
  }

  @Test func evidenceAddsUpToTheClass() throws {
    let sums = try #require(trace.output(of: "fc7"))
    for classIndex in [0, 17, 999] {
      let evidence = try #require(
        Evidence(trace, checkpoint: network.checkpoint, classIndex: classIndex))
      #expect(evidence.places.values.count == 16)
      let mean = sums.values.reduce(0.0) { $0 + Double($1) } / 1000
      #expect(abs(evidence.sum - (Double(sums[0, 0, classIndex]) - mean)) < 1e-5)
    }
    // What is the same for all classes says nothing: over all of them the places add nothing.
    let all = try (0..<1000).map {
      try #require(Evidence(trace, checkpoint: network.checkpoint, classIndex: $0))
    }
    for place in 0..<16 {
      #expect(abs(all.reduce(0.0) { $0 + Double($1.places.values[place]) }) < 1e-4)
    }
    #expect(Evidence(trace, checkpoint: network.checkpoint, classIndex: 1000) == nil)
  }

  // Each class is right or wrong by itself: how high the others are does not matter.
  @Test func beforeASigmoidASumSpeaksForItself() throws {
    let standard = Architecture(width: 0.25, classes: 5)
    let checkpoint = try Checkpoint.synthetic(
      Architecture(
        stemChannels: standard.stemChannels, pairChannels: standard.pairs.map(\.channels),
        classes: 5, head: .sigmoid, padding: .same, activation: .relu))
    let network = try Network(checkpoint, resolution: 64)
    let trace = network.run(SyntheticNetwork.input(at: 64))
    #expect(Target.logit(of: 3, in: network.layers) == .logit(3, isCentred: false))
    #expect(Target.logit(of: 3, in: standard.layers(resolution: 64)) == .logit(3))
    let sums = try #require(trace.output(of: "fc7"))
    let evidence = try #require(Evidence(trace, checkpoint: checkpoint, classIndex: 3))
    #expect(abs(evidence.sum - Double(sums[0, 0, 3])) < 1e-5)
    let position = try #require(network.layers.firstIndex { $0.name == "conv5_1_sep" })
    let channel = ChannelStatistics(trace.output(at: position)).mostCoherent
    let influence = try #require(
      network.influence(ofChannels: channel..<channel + 1, at: position, onClass: 3, of: trace))
    let without = network.rerun(
      trace, patching: [Patch(layer: position, part: .channels([channel]))])
    let lost = try #require(without.output(of: "fc7"))[0, 0, 3]
    #expect(abs(influence[0] - (sums[0, 0, 3] - lost)) < 1e-6)
    #expect(influence[0] != 0)
  }

  @Test func onlyPairsHaveAReplacement() throws {
    #expect(network.measureReplacement(at: 0, of: trace) == nil)
    #expect(network.measureReplacement(at: 28, of: trace) == nil)
    let times = try #require(network.measureReplacement(at: 14, of: trace))
    #expect(times.separable < times.standard)
  }
}
