import Cells
import Comparison
import Live
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

@Suite struct BesideTests {
  private static let narrow = CounterpartQuestion.Other.network(
    Candidate("narrow", resolution: 64))
  private static let quarter = CounterpartQuestion.Other.photo(path: "quarter.png")

  private func state(
    _ other: CounterpartQuestion.Other, layer: Int, size: Size = Size(width: 80, height: 24)
  ) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    try Fixture.perform(reduce(&state, .beside(.began(other))), on: &state)
    return state
  }

  @Test(arguments: ScreenTests.sizes)
  func screens(size: Size) throws {
    var state = try state(Self.narrow, layer: 26, size: size)
    _ = reduce(&state, .cellPointed(x: 2, y: 1))
    try expectScreen(state, "beside-networks-\(size.width)x\(size.height)")
    state = try self.state(Self.quarter, layer: 6, size: size)
    _ = reduce(&state, .cellPointed(x: 7, y: 3))
    try expectScreen(state, "beside-photos-\(size.width)x\(size.height)")
  }

  @Test func whatCannotBeSetBesideIsAskedForOnce() throws {
    var state = try Fixture.state(width: 80, height: 24)
    func asked(_ effects: [Effect]) -> CounterpartQuestion? {
      effects.questions(CounterpartQuestion.self).first
    }
    let question = try #require(asked(reduce(&state, .beside(.began(Self.quarter)))))
    #expect(asked(fail(question, "quarter.png: damaged", on: &state)) == nil)
    #expect(state.message == Message("quarter.png: damaged", isError: true))
    #expect(asked(reduce(&state, .channelMoved(by: 1))) == nil)
    #expect(asked(reduce(&state, .beside(.began(Self.narrow)))) != nil)
    // Who asks again means it.
    #expect(asked(reduce(&state, .beside(.began(Self.quarter)))) == question)
  }

  /// At another size it is one checkpoint, whose channels are the same.
  @Test func oneNetworkAtTwoSizesShowsOneChannel() throws {
    let source = try Fixture.shared().model.source
    var state = try state(.network(Candidate(source, resolution: 64)), layer: 6)
    _ = reduce(&state, .channelSelected(5))
    func channels() throws -> [Int] {
      let sides = try #require(state.sides)
      let view = BesideView(screen: state.beside, core: state.core)
      return [view.channel(of: sides.left), view.channel(of: sides.right)]
    }
    #expect(try channels() == [5, 5])
    let text = render(state).cells.text
    #expect(text.contains("one network at two sizes") && !text.contains("do not correspond"))
    _ = reduce(&state, try #require(state.intent(for: .character(">"))))
    #expect(state.channel == 6)
    #expect(try channels() == [6, 6])
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
      let pooled = side.run.trace.output(at: 27)
      let product = side.model.layers[28]
      let all = try #require(side.model.checkpoint.weights(of: product))
      let rows = (0..<10).map { Array(all.weights(of: $0)) }
      let weights = rows[0].indices.map { input in
        rows[index][input] - rows.reduce(0) { $0 + $1[input] } / 10
      }
      let added = zip(pooled.values, weights).map(*)
      let order = try #require(side.order(state.answers))
      #expect(order.count == added.count)
      for (first, second) in zip(order, order.dropFirst()) {
        #expect(added[first] >= added[second] - 1e-4)
      }
    }
    let before = render(state)
    let words = before.cells.text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("do not correspond"))
    _ = reduce(&state, try #require(state.intent(for: .character(">"))))
    #expect(state.beside.rank == 1 && render(state).cells != before.cells)
  }

  @Test func theCellOfTheOtherSideLiesAtTheSameRelativePlace() throws {
    var state = try state(Self.narrow, layer: 2)
    // 48 × 48 beside 32 × 32.
    for (x, other) in [(0, 0), (1, 1), (2, 1), (24, 16), (47, 31)] {
      _ = reduce(&state, .cellPointed(x: x, y: 47 - x))
      let sides = try #require(state.sides)
      #expect((sides.left.cell.x, sides.right.cell.x) == (x, other))
    }
    _ = reduce(&state, .cellPointed(x: 4, y: 6))
    _ = reduce(&state, try #require(state.intent(for: .right)))
    _ = reduce(&state, try #require(state.intent(for: .up)))
    #expect(state.cursor.x == 5 && state.cursor.y == 5)
    _ = reduce(&state, try #require(state.intent(for: .character("j"))))
    #expect(state.sides?.right.layer == 3)
  }

  /// As frames of a stream follow one another.
  @Test func aNewRunIsAskedAboutAndTheLastAnswerStaysUntilThen() throws {
    var state = try state(Self.narrow, layer: 26)
    let before = try #require(state.counterpart)
    state.live = LiveState()
    let fixture = try Fixture.shared()
    func come(_ number: Int) -> [Effect] {
      let frame = LiveFrame(
        model: 1, frame: number, age: 0, photo: Numbered(fixture.photo.value, number: number),
        run: Numbered(fixture.run.value, number: number), trends: [])
      return reduce(&state, .live(.came(frame)))
    }
    func asked(_ effects: [Effect]) -> CounterpartQuestion? {
      effects.questions(CounterpartQuestion.self).first
    }
    let first = try #require(asked(come(31)))
    #expect(first.run.number == 31 && state.sides != nil)
    // The newest photo counts.
    let effects = come(32)
    #expect(effects.cancelled.contains(AnyQuestion(first)))
    let second = try #require(asked(effects))
    #expect(state.counterpart?.run == before.run)
    let later = Counterpart(
      model: before.model, photo: before.photo, run: Numbered(before.run.value, number: 90),
      similarities: [])
    hear(Numbered(later, number: 91), to: second, on: &state)
    #expect(state.counterpart?.run.number == 90)
    // The order is that of the photo before until it is measured anew.
    #expect(state.sides.flatMap { $0.left.order(state.answers) } != nil)
    // What could not be done is not tried on every frame.
    let third = try #require(asked(come(33)))
    #expect(asked(fail(third, "gone", on: &state)) == nil)
    #expect(asked(come(34)) == nil)
    // Nobody looks: nothing is asked.
    _ = reduce(&state, .wentBack)
    #expect(asked(come(35)) == nil)
  }

  @Test func similaritiesAreThoseOfTheOutputs() throws {
    let state = try state(Self.quarter, layer: 4)
    let other = try #require(state.counterpart)
    let own = try #require(state.run?.trace)
    #expect(other.similarities.count == 30)
    for (position, cosine) in other.similarities.enumerated() {
      var (a, b) = (own.output(at: position).values, other.run.trace.output(at: position).values)
      if position == 28 {
        // Of the classes' sums what all have alike is taken off first.
        let means = (a.reduce(0, +) / 10, b.reduce(0, +) / 10)
        a = a.map { $0 - means.0 }
        b = b.map { $0 - means.1 }
      }
      let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      func length(_ values: [Float]) -> Double {
        values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      }
      let expected = product / (length(a) * length(b))
      #expect(abs(try #require(cosine) - expected) < 1e-6)
    }
    // One channel, the same on both sides, in one scale.
    #expect(render(state).cells.text.contains("quarter.png"))
  }

  @Test func anotherPhotoIsTheNextOfTheAlbumOrIsPicked() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .opened(.compare))
    let folder = FolderQuestion(".", for: .images)
    #expect(reduce(&state, .compare(.photoAsked)).questions(FolderQuestion.self) == [folder])
    #expect(state.screen == .open)
    let entry = FolderEntry(name: "b.png", path: "./b.png", isFolder: false)
    let listing = FolderQuestion.Answer(folder: ".", entries: [entry])
    hear(listing, to: folder, on: &state)
    let effects = reduce(&state, .open(.chosen))
    #expect(state.screen == .beside && state.beside.other == .photo(path: "./b.png"))
    #expect(effects.questions(CounterpartQuestion.self).count == 1)
    // The picker serves the explored photo again afterwards.
    _ = reduce(&state, .open(.began(.image)))
    hear(listing, to: folder, on: &state)
    #expect(
      reduce(&state, .open(.chosen)).contains(.ask(PhotoQuestion("./b.png", for: state.model))))

    state.album = Album(["a.png", "b.png"])
    _ = reduce(&state, .compare(.photoAsked))
    #expect(state.beside.other == .photo(path: "b.png"))
  }
}
