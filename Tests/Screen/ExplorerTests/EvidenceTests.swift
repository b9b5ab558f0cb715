import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

@Suite struct EvidenceTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.evidence))
    return state
  }

  @Test(arguments: ScreenTests.sizes)
  func evidence(size: Size) throws {
    var state = try state(size)
    _ = reduce(&state, .evidence(.pointed(x: 1, y: 2)))
    try expectScreen(state, "evidence-\(size.width)x\(size.height)")
    _ = reduce(&state, .evidence(.rivalCycled))
    try expectScreen(state, "difference-\(size.width)x\(size.height)")
  }

  @Test func thePlacesAndTheBiasAddUpToWhatIsRecorded() throws {
    var state = try state()
    let sums = try #require(state.run?.trace.output(of: "fc7"))
    for index in 0..<10 {
      _ = reduce(&state, .classChosen(index))
      let split = try #require(state.split)
      let mean = sums.values.reduce(0.0) { $0 + Double($1) } / 10
      #expect(abs(split.recorded - (Double(sums[0, 0, index]) - mean)) < 1e-9)
      #expect(abs(split.placesSum + split.bias - split.recorded) < 1e-5)
      #expect(split.places.values.count == 9)
    }
    _ = reduce(&state, .classChosen(2))
    _ = reduce(&state, .rivalChosen(6))
    let split = try #require(state.split)
    #expect(split.recorded == Double(sums[0, 0, 2]) - Double(sums[0, 0, 6]))
    #expect(abs(split.placesSum + split.bias - split.recorded) < 1e-5)
  }

  @Test func theCursorBeginsWhereMostSpeaksForTheClass() throws {
    let state = try state()
    let split = try #require(state.split)
    let (y, x) = state.evidence.position(in: split)
    #expect(split.places[y, x] == split.places.values.max())
    #expect(render(state).cells.text.contains("row \(y), column \(x): "))
  }

  @Test func withoutAClassifierNoKeyAsksAboutAClass() throws {
    var state = try state()
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: nil))
    state.core.model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 60)
    let screen = render(state).cells.text
    #expect(screen.contains("No classifier in this checkpoint"))
    #expect(!screen.contains("difference") && !screen.contains("place "))
    for key in [Key.up, .character("<"), .character("d")] { #expect(state.intent(for: key) == nil) }
    #expect(state.intent(for: .character("K")) == .opened(.kernels))
  }

  @Test func aClickOnAnAnswerAsksWhatSpokeForIt() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let second = try #require(state.run?.trace.predictions().dropFirst().first).classIndex
    // The answers are the last rows on the left.
    let press = Mouse(.press, x: 3, y: 19)
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(state.screen == .evidence && state.selectedClass == second)
  }

  @Test func classesAreTakenFromTheListAndComparedWithTheOthers() throws {
    var state = try state()
    let top = try #require(state.run?.trace.predictions()).map(\.classIndex)
    #expect(state.selectedClass == top[0])
    let steps: [(Character, Int, Int?)] = [
      (">", top[1], nil), ("d", top[1], top[0]), ("d", top[1], top[2]), ("d", top[1], top[3]),
      ("d", top[1], top[4]), ("d", top[1], nil), ("d", top[1], top[0]), ("<", top[0], nil),
      ("<", top[0], nil),
    ]
    for (key, selected, rival) in steps {
      _ = reduce(&state, try #require(state.intent(for: .character(key))))
      #expect(state.selectedClass == selected)
      #expect(state.rival == rival)
    }
    // A class that was found by name joins the list, and one that does not exist is refused.
    let other = try #require((0..<10).first { !top.contains($0) })
    _ = reduce(&state, .classChosen(other))
    #expect(state.evidenceClasses == top + [other])
    _ = reduce(&state, .classChosen(10))
    #expect(state.selectedClass == other)
  }

  @Test func aClickPointsAtAPlaceOrChoosesAClass() throws {
    var state = try state()
    _ = reduce(&state, try #require(render(state).intent(for: Mouse(.press, x: 36, y: 20))))
    #expect(state.evidence.placed == CellPosition(y: 2, x: 2))
    _ = reduce(&state, try #require(render(state).intent(for: Mouse(.press, x: 60, y: 5))))
    #expect(state.selectedClass == state.run?.trace.predictions()[1].classIndex)
  }

  @Test func theWeightsOfTheClassAreAStepAway() throws {
    var state = try state()
    _ = reduce(&state, try #require(state.intent(for: .character("K"))))
    #expect(state.screen == .kernels && state.layer.name == "fc7")
    #expect(state.channel == state.selectedClass)
  }
}
