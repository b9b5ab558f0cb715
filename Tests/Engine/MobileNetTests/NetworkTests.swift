import Dispatch
import Kernels
import MobileNet
import Tensors
import Testing

struct NetworkTests {
  @Test(arguments: InstructionSet.available)
  func recordingOrNotAndAnyNumberOfThreadsGiveTheSameBits(_ set: InstructionSet) throws {
    let checkpoint = try SyntheticNetwork(width: 0.3).checkpoint()
    let input = SyntheticNetwork.input(at: 160)
    let one = try Network(checkpoint, resolution: 160, threads: 1, instructionSet: set).run(input)
    // Of many threads, more than there are rows, and so many that layers are divided by channels.
    for threads in [2, 3, 4, 5, 11, 16] {
      let network = try Network(
        checkpoint, resolution: 160, threads: threads, instructionSet: set)
      let trace = network.run(input)
      for position in trace.layers.indices {
        #expect(trace.output(at: position).values == one.output(at: position).values)
      }
      #expect(network.probabilities(of: input).values == one.output(of: "prob")?.values)
    }
  }

  @Test func networksThatShareWeightsRunAtTheSameTime() throws {
    let first = try Network(
      SyntheticNetwork(width: 0.25).checkpoint(), resolution: 96, threads: 2)
    let networks = [first, Network(sharingWeightsWith: first)]
    let input = SyntheticNetwork.input(at: 96)
    let inputs = [input, Tensor(shape: input.shape, values: input.values.reversed())]
    let expected = inputs.map { first.probabilities(of: $0).values }
    #expect(expected[0] != expected[1])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      for _ in 0..<50 {
        #expect(networks[index].probabilities(of: inputs[index]).values == expected[index])
      }
    }
  }

  @Test func instructionSetsAgree() throws {
    let checkpoint = try SyntheticNetwork(width: 0.55, padding: .same).checkpoint()
    let input = SyntheticNetwork.input(at: 96)
    func trace(_ set: InstructionSet) throws -> Trace {
      try Network(checkpoint, resolution: 96, instructionSet: set).run(input)
    }
    let portable = try trace(.portable)
    for set in InstructionSet.available {
      let other = try trace(set)
      for position in other.layers.indices {
        let expected = portable.output(at: position).values
        let scale = expected.reduce(0) { max($0, abs($1)) }
        for (value, expected) in zip(other.output(at: position).values, expected) {
          #expect(abs(value - expected) <= 1e-5 * scale)
        }
      }
    }
  }

  @Test func aTraceThatNobodyElseHoldsIsWrittenAgain() throws {
    let network = try Network(
      SyntheticNetwork(width: 0.25).checkpoint(), resolution: 64, threads: 2)
    var trace: Trace?
    var heard: [Int] = []
    network.run(SyntheticNetwork.input(at: 64), reusing: &trace) { position, _ in
      heard.append(position)
    }
    #expect(heard == Array(0..<30))
    let address = trace?.output(at: 0).withUnsafeBufferPointer { $0.baseAddress }
    network.run(SyntheticNetwork.input(at: 64), reusing: &trace)
    #expect(trace?.output(at: 0).withUnsafeBufferPointer { $0.baseAddress } == address)
    let held = trace
    network.run(SyntheticNetwork.input(at: 64), reusing: &trace)
    #expect(trace?.output(at: 0).withUnsafeBufferPointer { $0.baseAddress } != address)
    #expect(held?.output(at: 3).values == trace?.output(at: 3).values)
  }

  @Test(arguments: [0, 15, 1025, -32, Int.max])
  func sidesOutOfRangeAreRefused(side: Int) throws {
    let checkpoint = try SyntheticNetwork(width: 0.25).checkpoint()
    for resolution in [
      Resolution(side: side), Resolution(height: 64, width: side),
      Resolution(height: side, width: 64),
    ] {
      #expect(throws: NetworkError.resolution(resolution)) {
        try Network(checkpoint, resolution: resolution)
      }
    }
  }

  @Test(arguments: InstructionSet.available, [Activation.relu, .relu6])
  func whatIsNotANumberStaysThat(_ set: InstructionSet, activation: Activation) throws {
    let checkpoint = try SyntheticNetwork(width: 0.25, activation: activation).checkpoint()
    let input = SyntheticNetwork.input(at: 32)
    var values = input.values
    values[0] = .nan
    let network = try Network(checkpoint, resolution: 32, instructionSet: set)
    let trace = network.run(Tensor(shape: input.shape, values: values))
    // A depthwise layer sees it too, whose window begins there.
    for position in 0..<2 { #expect(trace.output(at: position)[0, 0, 0].isNaN) }
    #expect(
      trace.problem
        == "no answer: conv1 is the first layer whose values are too large for its numbers")
    #expect(network.run(input).problem == nil)
  }

  @Test func probabilitiesSumToOne() throws {
    let checkpoint = try SyntheticNetwork(width: 0.25, classes: 7).checkpoint()
    let network = try Network(checkpoint, resolution: 96)
    let values = network.probabilities(of: SyntheticNetwork.input(at: 96)).values
    #expect(values.count == 7)
    #expect(abs(values.reduce(0, +) - 1) < 1e-5)
  }
}
