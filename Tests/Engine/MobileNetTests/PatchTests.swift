import MobileNet
import Tensors
import Testing

struct PatchTests {
  let network: Network
  let trace: Trace
  let other: Trace

  init() throws {
    let checkpoint = try SyntheticNetwork(width: 0.25, activation: .relu6).checkpoint()
    network = try Network(checkpoint, resolution: 64, threads: 2)
    trace = network.run(SyntheticNetwork.input(at: 64))
    other = network.run(
      Tensor(
        shape: network.inputShape,
        values: Checkpoint.syntheticValues(network.inputShape.count, seed: 77, scale: 2)))
  }

  /// The output of layer 6 with a patch on it, and what it was.
  private func patched(
    _ part: Patch.Part, _ change: Patch.Change
  ) -> (after: Tensor, before: Tensor) {
    let run = network.rerun(trace, patching: [Patch(layer: 6, part: part, change: change)])
    return (run.output(at: 6), trace.output(at: 6))
  }

  @Test func valuesAreScaledAndHeldWithinLimits() {
    let (scaled, before) = patched(.channels([3, 5]), .scaled(by: -2))
    let (held, _) = patched(.channels([3, 5]), .clamped(0.25...0.5))
    for (index, value) in before.values.enumerated() {
      let isPart = [3, 5].contains(index % before.shape.channels)
      #expect(scaled.values[index] == (isPart ? -2 * value : value))
      #expect(held.values[index] == (isPart ? min(max(value, 0.25), 0.5) : value))
    }
  }

  @Test func theMeanIsThatOfEachChannelOverThePicture() {
    let (after, before) = patched(.area(rows: 1..<3, columns: 2..<4), .mean)
    for channel in [0, 7, 20] {
      let values = before.plane(channel).values
      let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
      #expect(abs(Double(after[1, 3, channel]) - mean) < 1e-5)
      #expect(after[3, 3, channel] == before[3, 3, channel])
    }
    let means = (0..<before.shape.channels).map { Float($0) }
    let (numbered, _) = patched(.whole, .means(means))
    #expect(numbered[4, 5, 9] == 9 && numbered[0, 0, 0] == 0)
  }

  @Test func aLayerOfAnotherRunLeadsToItsAnswer() {
    let donor = Patch.Donor(name: "other", trace: other)
    let whole = network.rerun(
      trace, patching: [Patch(layer: 6, part: .whole, change: .taken(from: donor))])
    #expect(whole.output(at: 29).values == other.output(at: 29).values)
    #expect(whole.output(at: 5).values == trace.output(at: 5).values)
    let (after, before) = patched(.channels([4]), .taken(from: donor))
    #expect(after.plane(4).values == other.output(at: 6).plane(4).values)
    #expect(after.plane(5).values == before.plane(5).values)
  }

  @Test func patchesOfOneLayerActOneAfterTheOther() {
    let run = network.rerun(
      trace,
      patching: [
        Patch(layer: 6, part: .whole, change: .scaled(by: 2)),
        Patch(layer: 6, part: .channels([1]), change: .clamped(0...1)),
      ])
    let expected = trace.output(at: 6).plane(1).values.map { min(max(2 * $0, 0), 1) }
    #expect(run.output(at: 6).plane(1).values == expected)
  }

  @Test func donorsAreTheSameIfTheyAreTheSameRun() {
    let donor = Patch.Donor(name: "other", trace: other)
    #expect(donor == Patch.Donor(name: "other", trace: other))
    #expect(donor != Patch.Donor(name: "other", trace: trace))
  }
}
