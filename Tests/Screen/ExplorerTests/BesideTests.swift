import Cells
import Comparison
import MobileNet
import Tensors
import Testing

@testable import Explorer

@Suite struct BesideTests {
  private static let narrow = BesideState.Other.network(
    Candidate(.checkpoint("narrow"), resolution: 64))
  private static let quarter = BesideState.Other.photo(path: "quarter.png")

  private func state(
    _ other: BesideState.Other, layer: Int, size: Size = Size(width: 80, height: 24),
    ranksChannels: Bool = true
  ) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    let effects = reduce(&state, .beside(.begun(other)))
    if ranksChannels {
      try Fixture.perform(effects, on: &state)
    } else {
      let answer = try Fixture.answer(
        try #require(effects.first), of: try Fixture.network(), number: 60)
      _ = reduce(&state, try #require(answer))
    }
    return state
  }

  @Test(arguments: ScreenTests.sizes)
  func screens(size: Size) throws {
    var state = try state(Self.narrow, layer: 26, size: size)
    _ = reduce(&state, .zoom(.pointed(x: 2, y: 1)))
    try expectScreen(state, "beside-networks-\(size.width)x\(size.height)")
    state = try self.state(Self.quarter, layer: 6, size: size)
    _ = reduce(&state, .zoom(.pointed(x: 7, y: 3)))
    try expectScreen(state, "beside-photos-\(size.width)x\(size.height)")
  }

  @Test func whatCannotBeSetBesideIsAskedForOnce() throws {
    var state = try Fixture.state(width: 80, height: 24)
    func asks(_ effects: [Effect]) -> Bool {
      effects.contains { if case .inferCounterpart = $0 { true } else { false } }
    }
    #expect(asks(reduce(&state, .beside(.begun(Self.quarter)))))
    let question = try #require(state.beside.asked)
    #expect(!asks(reduce(&state, .beside(.failed(question, "quarter.png: damaged")))))
    #expect(state.message == Message("quarter.png: damaged", isError: true))
    #expect(!asks(reduce(&state, .channelMoved(by: 1))))
    #expect(asks(reduce(&state, .beside(.begun(Self.narrow)))))
  }

  /// Each side shows the channel without which its network's sum for the class loses most.
  @Test func channelsAreSortedByWhatTheyAddToTheClass() throws {
    var state = try state(Self.narrow, layer: 26)
    let sides = try #require(state.sides)
    let otherModel = try Fixture.shared().otherModel
    #expect(sides.right.layer == 26 && sides.right.model == otherModel)
    let index = try #require(state.selectedClass)
    #expect(sides.left.classIndex == index && sides.right.classIndex == index)
    for side in [sides.left, sides.right] {
      // Behind the pooling layer only a product follows: a channel adds its mean times its weight.
      let pooled = side.run.value.output(at: 27)
      let product = side.model.layers[28]
      let weights = try #require(side.model.checkpoint.weights(of: product)).weights(of: index)
      let added = zip(pooled.values, weights).map(*)
      let order = try #require(state.order(of: side))
      #expect(order.count == added.count)
      for (first, second) in zip(order, order.dropFirst()) {
        #expect(added[first] >= added[second] - 1e-4)
      }
    }
    #expect(render(state).cells.text.contains("do not correspond"))
    let before = render(state)
    _ = reduce(&state, try #require(state.action(for: .right)))
    #expect(state.beside.rank == 1 && render(state).cells != before.cells)
  }

  @Test func theCellOfTheOtherSideLiesAtTheSameRelativePlace() throws {
    var state = try state(Self.narrow, layer: 2, ranksChannels: false)
    // 48 × 48 beside 32 × 32.
    for (x, other) in [(0, 0), (1, 1), (2, 1), (24, 16), (47, 31)] {
      _ = reduce(&state, .zoom(.pointed(x: x, y: 47 - x)))
      let sides = try #require(state.sides)
      #expect((sides.left.x, sides.right.x) == (x, other))
    }
    _ = reduce(&state, .zoom(.pointed(x: 4, y: 6)))
    _ = reduce(&state, try #require(state.action(for: .character("l"))))
    _ = reduce(&state, try #require(state.action(for: .character("k"))))
    #expect(state.zoom.x == 5 && state.zoom.y == 5)
    _ = reduce(&state, try #require(state.action(for: .down)))
    #expect(state.sides?.right.layer == 3)
  }

  @Test func aNewRunIsAskedAboutOnceAndTheLastAnswerStaysUntilThen() throws {
    var state = try state(Self.narrow, layer: 26)
    func run(_ number: Int) -> Numbered<Trace> {
      Numbered((try? Fixture.shared().run.value) ?? state.run!.value, number: number)
    }
    func asks(_ effects: [Effect]) -> [Int] {
      effects.compactMap { effect in
        if case .inferCounterpart(let question, _, _, _, _) = effect { question.run } else { nil }
      }
    }
    let counterpart = try #require(state.beside.answer?.counterpart)
    #expect(asks(reduce(&state, .inferred(run(31)))) == [31])
    // While that is being answered, newer runs wait for their turn.
    #expect(asks(reduce(&state, .inferred(run(32)))) == [])
    #expect(asks(reduce(&state, .inferred(run(33)))) == [])
    #expect(state.sides != nil)
    let asked = try #require(state.beside.asked)
    let answer = Action.beside(.inferred(asked, Numbered(counterpart.value, number: 90)))
    #expect(asks(reduce(&state, answer)) == [33])
    #expect(state.beside.answer?.counterpart.number == 90)
    // The order is that of the photo before until it is measured anew.
    #expect(state.sides.flatMap { state.order(of: $0.left) } != nil)
    // Nobody looks: nothing is asked.
    _ = reduce(&state, .wentBack)
    #expect(asks(reduce(&state, .inferred(run(34)))) == [])
    // What could not be done is not asked for again.
    _ = reduce(&state, .opened(.beside))
    let failed = try #require(state.beside.asked)
    #expect(asks(reduce(&state, .beside(.failed(failed, "gone")))) == [])
    #expect(asks(reduce(&state, .inferred(run(35)))) == [])
  }

  @Test func similaritiesAreThoseOfTheOutputs() throws {
    let state = try state(Self.quarter, layer: 4)
    let other = try #require(state.beside.answer?.counterpart.value)
    let own = try #require(state.run?.value)
    #expect(other.similarities.count == 30)
    for (position, cosine) in other.similarities.enumerated() {
      let (a, b) = (own.output(at: position).values, other.run.value.output(at: position).values)
      let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      func length(_ values: [Float]) -> Double {
        values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      }
      let expected = product / (length(a) * length(b))
      #expect(abs(try #require(cosine) - expected) < 1e-9)
    }
    // One channel, the same on both sides, in one scale.
    #expect(render(state).cells.text.contains("quarter.png"))
  }

  @Test func anotherPhotoIsTheNextOfTheAlbumOrIsPicked() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .compare(.begun))
    #expect(
      reduce(&state, .compare(.photoAsked)) == [.list(folder: ".", for: .otherImage), .recall])
    #expect(state.screen == .open)
    let entry = OpenState.Entry(name: "b.png", path: "./b.png", isFolder: false)
    _ = reduce(&state, .open(.listed(folder: ".", [entry])))
    let effects = reduce(&state, .open(.chosen))
    #expect(state.screen == .beside && state.beside.other == .photo(path: "./b.png"))
    #expect(effects.count == 1)
    // The picker serves the explored photo again afterwards.
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: ".", [entry])))
    #expect(reduce(&state, .open(.chosen)) == [.openPhoto(path: "./b.png", state.model)])

    state.album = Album(["a.png", "b.png"])
    _ = reduce(&state, .compare(.photoAsked))
    #expect(state.beside.other == .photo(path: "b.png"))
  }
}
