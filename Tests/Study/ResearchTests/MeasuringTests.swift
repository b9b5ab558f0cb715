import Comparison
import Research
import ResearchTestSupport
import Tensors
import Testing

@testable import MobileNet

/// Measurements of seconds hold up nobody.
@Suite struct MeasuringTests {
  @Test func measuringTakesNothingThatRunsWaitFor() throws {
    let researcher = Researcher(library: EmptyLibrary(), threads: 1)
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
