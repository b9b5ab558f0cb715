import Comparison
import Learning
import Research
import Tensors
import Testing

@testable import MobileNet

/// What is measured for seconds holds up nobody.
@Suite struct MeasuringTests {
  /// It is asked for nothing.
  private struct Nothing: Library {
    let bundledNames: [String] = []
    let choices: [WeightsChoice] = []
    func checkpoint(_ name: String, said: Said) throws -> Checkpoint { throw Unanswerable("none") }
    func facts(of name: String) throws -> [WeightsFact] { throw Unanswerable("none") }
    func mayRead(path: String) -> Bool { false }
    func samplePath(_ name: String) throws -> String { throw Unanswerable("none") }
    func atlas(of model: Model, path: String?) throws -> ChannelAtlas? { nil }
    func makeAtlas(
      of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
    ) throws -> String { throw Unanswerable("none") }
    func channels(
      of other: String, like channel: Int, of layer: String, in atlas: String, most: Int
    ) throws -> ChannelMatches { throw Unanswerable("none") }
    func write(_ learned: Learned, to path: String) throws { throw Unanswerable("none") }
  }

  @Test func measuringTakesNothingThatRunsWaitFor() throws {
    let researcher = Researcher(library: Nothing(), threads: 1)
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 5))
    let model = researcher.number(Model(checkpoint: checkpoint, resolution: 32))
    let network = try researcher.network(for: model)
    let trace = network.run(Tensor(repeating: 0.5, shape: network.inputShape))
    let run = researcher.number(Run(trace))
    // While the network is another's: whoever waits here waits for ever.
    let (roof, replacement, times) = try network.access.withLock { _ in
      (
        try researcher.answer(RoofQuestion()),
        try researcher.answer(ReplacementQuestion(model, run, layer: 1)),
        try researcher.answer(TimesQuestion(model, run))
      )
    }
    #expect(roof.multiplyAdds > 0 && replacement.standard > 0 && times.runs == TimesQuestion.runs)
  }
}
