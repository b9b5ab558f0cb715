import Cells
import Comparison
import MobileNet
import Testing

@testable import Explorer

@Suite struct CompareTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    try Fixture.state(width: size.width, height: size.height)
  }

  /// The compare screen with everything measured.
  private func measured(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try state(size)
    try Fixture.perform(reduce(&state, .compare(.begun)), on: &state)
    return state
  }

  private func press(_ key: Key, _ state: inout ExplorerState) throws -> [Effect] {
    reduce(&state, try #require(state.action(for: key)))
  }

  @Test(arguments: ScreenTests.sizes)
  func screens(size: Size) throws {
    var state = try measured(size)
    _ = reduce(&state, .compare(.moved(x: 0, y: 2)))
    try expectScreen(state, "compare-table-\(size.width)x\(size.height)")
    _ = try press(.tab, &state)
    try expectScreen(state, "compare-plot-\(size.width)x\(size.height)")
    try Fixture.perform(try press(.tab, &state), on: &state)
    try expectScreen(state, "compare-networks-\(size.width)x\(size.height)")
  }

  @Test func candidatesAreMeasuredOneAfterAnotherWhileSomebodyLooks() throws {
    var state = try state()
    #expect(reduce(&state, .compare(.begun)) == [.listCandidates(state.model)])
    let candidates = Candidate.grid(["wide", "narrow"])
    #expect(candidates.count == 9)
    var effects = reduce(&state, .compare(.listed(candidates)))
    #expect(render(state).cells.text.contains("measured 0 of 9"))
    for (count, candidate) in candidates.enumerated() {
      #expect(effects == [.measure(candidate, photo: state.photo, path: "")])
      #expect(state.measurements.count == count)
      let answer = Action.compare(
        .measured(photo: state.photo.number, Fixture.measurement(of: candidate)))
      if count == 4 {
        // Elsewhere nothing more is asked for; back again it goes on.
        _ = reduce(&state, .opened(.help))
        #expect(reduce(&state, answer) == [])
        effects = reduce(&state, .wentBack)
      } else {
        effects = reduce(&state, answer)
      }
      // What was asked for twice goes on once.
      #expect(reduce(&state, answer) == [])
    }
    #expect(effects.isEmpty)
    #expect(!render(state).cells.text.contains("measured"))
  }

  @Test func whatCannotBeMeasuredIsLeftOutAndTheOthersGoOn() throws {
    var state = try measured()
    let photo = Numbered(state.photo.value, number: 77)
    _ = reduce(&state, .photoOpened(path: "b.png", photo, model: state.model.number))
    let first = Candidate(.checkpoint("wide"), resolution: 224)
    let next = Candidate(.checkpoint("wide"), resolution: 192)
    let failure = Action.compare(.failed(.candidate(first), "wide: gone"))
    #expect(reduce(&state, failure) == [.measure(next, photo: photo, path: "b.png")])
    #expect(state.message == Message("wide: gone", isError: true))
    #expect(reduce(&state, failure) == [])
  }

  @Test func whatCouldNotBeMeasuredIsTriedAgainWhenSomebodyAsks() throws {
    var state = try measured()
    #expect(state.action(for: .character("r")) == nil)
    _ = reduce(&state, .compare(.tabSelected(.networks)))
    let measurable = ComparedNetwork.all.filter { $0.body != .nothing }
    var effects: [Effect] = []
    for network in measurable {
      effects = reduce(&state, .compare(.failed(.network(network), "no memory")))
    }
    #expect(effects.isEmpty && reduce(&state, .compare(.tabSelected(.networks))).isEmpty)
    #expect(render(state).cells.text.contains("5 not measured, r tries again"))
    effects = reduce(&state, try #require(state.action(for: .character("r"))))
    #expect(effects == [.measureNetwork(measurable[0])])
    try Fixture.perform(effects, on: &state)
    #expect(state.compare.times.count == 5)
    #expect(!render(state).cells.text.contains("tries again"))
  }

  @Test func anotherPhotoIsAskedAboutAndWhatIsKnownOfCostsStays() throws {
    var state = try measured()
    #expect(render(state).cells.text.contains("50 % cat"))
    let photo = Numbered(state.photo.value, number: 77)
    let effects = reduce(&state, .photoOpened(path: "b.png", photo, model: state.model.number))
    let first = Candidate(.checkpoint("wide"), resolution: 224)
    #expect(effects.contains(.measure(first, photo: photo, path: "b.png")))
    let text = render(state).cells.text
    #expect(text.contains("567.8 M") || text.contains("567.7 M"))
    #expect(!text.contains("50 % cat"))
    // What waited longest is next, so that on a stream everything has its turn.
    let answer = Action.compare(.measured(photo: 77, Fixture.measurement(of: first)))
    let next = Candidate(.checkpoint("wide"), resolution: 192)
    #expect(reduce(&state, answer) == [.measure(next, photo: photo, path: "b.png")])
    let newer = Numbered(state.photo.value, number: 78)
    #expect(
      reduce(&state, .photoOpened(path: "c.png", newer, model: state.model.number)).contains(
        .measure(next, photo: newer, path: "c.png")))
  }

  @Test func enterExploresTheOneUnderTheCursorAtItsResolution() throws {
    var state = try measured()
    for _ in 0..<6 { _ = try press(.down, &state) }
    #expect(
      try press(.enter, &state) == [
        .openWeights(name: "narrow", resolution: 160, photo: state.photo, path: "")
      ])
    #expect(state.screen == .home)
    _ = reduce(&state, .compare(.begun))
    for _ in 0..<20 { _ = try press(.down, &state) }
    #expect(state.compare.selected?.weights == .untrainedShallow)
    #expect(try press(.enter, &state) == [] && state.screen == .compare)
    #expect(state.message?.text.contains("shallow") == true)
  }

  @Test func thePlotIsWalkedPointByPoint() throws {
    var state = try measured()
    _ = try press(.tab, &state)
    #expect(ComparisonPlot(state).points.count == 8)
    // From the cheapest to the dearest, whatever the list's order.
    for _ in 0..<9 { _ = try press(.left, &state) }
    var costs: [Int] = []
    for _ in 0..<8 {
      let selected = try #require(state.compare.selected)
      costs.append(Fixture.measurement(of: selected).multiplyAdds)
      _ = try press(.right, &state)
    }
    #expect(costs == Set(costs).sorted() && costs.count == 8)
    for _ in 0..<9 { _ = try press(.up, &state) }
    #expect(state.compare.selected == Candidate(.checkpoint("wide"), resolution: 224))
    // Published figures are there for the shallow network too.
    _ = try press(.character("a"), &state)
    #expect(ComparisonPlot(state).points.count == 9)
    _ = try press(.character("x"), &state)
    #expect(state.compare.cost == .milliseconds)
    #expect(render(state).cells.text.contains("milliseconds, log scale; published top-1"))
  }

  @Test func pointsLieWhereTheirNumbersSay() throws {
    var state = try measured()
    _ = try press(.tab, &state)
    let plot = ComparisonPlot(state)
    #expect(plot.accuracies == 45...60)
    let (first, last) = (plot.points[0], plot.points[7])
    #expect(plot.position(of: first).x == 1 && plot.position(of: last).x == 0)
    // (57 − 45) ∕ 15, and (49 − 45) ∕ 15.
    #expect(abs(plot.position(of: first).y - 0.8) < 1e-9)
    #expect(abs(plot.position(of: last).y - 4 / 15) < 1e-9)
  }

  @Test func aClickChoosesAndASecondOneExplores() throws {
    var state = try measured()
    let press = Mouse(.press, x: 4, y: 5)
    _ = reduce(&state, try #require(render(state).action(for: press)))
    #expect(state.compare.cursor == 2)
    let effects = reduce(&state, try #require(render(state).action(for: press)))
    #expect(
      effects == [.openWeights(name: "wide", resolution: 160, photo: state.photo, path: "")])
  }

  @Test func otherNetworksAreMeasuredOnlyWhereTheyAreLookedAt() throws {
    var state = try measured()
    #expect(state.compare.times.isEmpty)
    let effects = reduce(&state, .compare(.tabSelected(.networks)))
    #expect(effects == [.measureNetwork(ComparedNetwork.all[0])])
    // It takes seconds; who comes back meanwhile waits for the same answer.
    _ = reduce(&state, .compare(.tabSelected(.table)))
    #expect(reduce(&state, .compare(.tabSelected(.networks))).isEmpty)
    try Fixture.perform(effects, on: &state)
    #expect(state.compare.times.count == 5)
    #expect(render(state).cells.text.contains("SqueezeNet 1.0 against MobileNet 1.0: 0.30 times"))
  }
}
