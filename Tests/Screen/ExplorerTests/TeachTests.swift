import Cells
import Foundation
import Images
import Live
import MobileNet
import Research
import Testing

@testable import Explorer
@testable import Learning

/// Classes of a person's own: (state, action) → (state, effects), and what is seen.
@Suite struct TeachTests {
  /// The screen over three photos, which are files in a folder that is gone afterwards.
  private func withState(
    width: Int = 100, height: Int = 30,
    _ body: (inout ExplorerState, CollectionFolder) throws -> Void
  ) throws {
    let path = FileManager.default.temporaryDirectory.path + "/teach-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = try CollectionFolder(path)
    for (number, name) in ["a", "b", "c"].enumerated() {
      let bytes = (0..<3 * 60 * 40).map { UInt8(truncatingIfNeeded: $0 * (2 * number + 1) / 5) }
      try Data(PNGFile.bytes(of: Pixels(width: 60, height: 40, bytes: bytes)))
        .write(to: URL(fileURLWithPath: "\(path)/\(name).png"))
    }
    var state = try Fixture.state(width: width, height: height)
    state.album = Album(["a", "b", "c"].map { "\(path)/\($0).png" })
    let asked = reduce(&state, .opened(.teach))
    #expect(asked == [.ask(CollectionQuestion())])
    hear(
      .init(folder: folder, collection: PictureCollection()), to: CollectionQuestion(), on: &state)
    try body(&state, folder)
  }

  @Test func whatNeedsAClassIsNamedOnceThereIsOne() throws {
    try withState { state, _ in
      func words() -> Set<String> { Set(Footer.bindings(state).compactMap(\.label)) }
      #expect(words().isDisjoint(with: ["name", "remove", "picture"]))
      #expect(state.intent(for: .character("C")) == nil)
      #expect(state.intent(for: .character("D")) == nil)
      try press("1", &state)
      #expect(words().isSuperset(of: ["name", "remove", "picture"]))
      #expect(state.intent(for: .character("C")) == .teach(.namingBegan))
    }
  }

  /// Presses keys and answers what is asked of the disk and of the network.
  @discardableResult
  private func press(_ keys: String, _ state: inout ExplorerState) throws -> [Effect] {
    var all: [Effect] = []
    for key in keys {
      _ = reduce(&state, .keyPressed)
      let intent = try #require(state.intent(for: .character(key)), "\(key)")
      all += try perform(reduce(&state, intent), &state)
    }
    return all
  }

  private func perform(_ effects: [Effect], _ state: inout ExplorerState) throws -> [Effect] {
    let fixture = try Fixture.shared()
    var all = effects
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      var answer: (any Sendable)?
      switch question.base {
      case let asked as PhotoQuestion:
        answer = (try? Photo(path: asked.path, for: asked.model.value)).map {
          Numbered($0, number: 100 + state.album.index)
        }
      case is PreviewQuestion, is TeachingQuestion:
        answer = try question.answer(fixture.researcher) { _ in }
      default: answer = try fixture.answer(question)
      }
      guard let answer else { continue }
      let next = reduce(&state, .answered(question, .whole(answer)))
      all += next
      waiting += next.questions
    }
    return all
  }

  private func kept(_ effects: [Effect]) -> [PictureCollection] {
    effects.compactMap {
      if case .teaching(.keep(let collection, _)) = $0 { collection } else { nil }
    }
  }

  private func names(_ state: ExplorerState) -> [[String]] {
    state[TeachScreen.self].collection.classes.map {
      $0.pictures.map { String($0.split(separator: "/").last ?? "") }
    }
  }

  @Test func digitsPutPhotosIntoClassesAndGoOn() throws {
    try withState { state, _ in
      let effects = try press("12", &state)
      #expect(names(state) == [["a.png"], ["b.png"]])
      #expect(kept(effects).map(\.count) == [1, 2])
      #expect(state.album.index == 2)
      // The last one stays; a digit higher than the next class begins just the next.
      try press("9", &state)
      #expect(names(state) == [["a.png"], ["b.png"], ["c.png"]] && state.album.index == 2)
      // Into another class, and out of it again.
      try press("2", &state)
      #expect(names(state) == [["a.png"], ["b.png", "c.png"], []])
      try press("2", &state)
      #expect(names(state) == [["a.png"], ["b.png"], []])
      #expect(state.message?.text == "gradient.png is in class 2 no more." || state.message != nil)
    }
  }

  /// Who presses a digit at once need not wait until the disk was read.
  @Test func aDigitThatComesEarlyCounts() throws {
    try withState { state, folder in
      state[TeachScreen.self] = TeachScreen()
      _ = reduce(&state, .keyPressed)
      _ = reduce(&state, try #require(state.intent(for: .character("1"))))
      #expect(names(state) == [])
      let effects = hear(
        .init(folder: folder, collection: PictureCollection()), to: CollectionQuestion(),
        on: &state)
      #expect(names(state) == [["a.png"]] && kept(effects).map(\.count) == [1])
    }
  }

  @Test func everyChangeIsTakenBackOneByOne() throws {
    try withState { state, _ in
      try press("12", &state)
      let both = state[TeachScreen.self].collection
      try press("D", &state)
      #expect(names(state) == [["a.png"]])
      _ = try press("u", &state)
      #expect(state[TeachScreen.self].collection == both)
      let effects = try press("uu", &state)
      #expect(names(state) == [] && kept(effects).map(\.count) == [1, 0])
      try press("u", &state)
      #expect(state.message?.text == "Nothing was changed since the start.")
    }
  }

  @Test func aClassGetsANameAndDigitsAreTextMeanwhile() throws {
    try withState { state, _ in
      try press("1Ccup 2", &state)
      #expect(names(state) == [["a.png"]])
      #expect(state[TeachScreen.self].naming == "cup 2")
      _ = reduce(&state, try #require(state.intent(for: .backspace)))
      _ = reduce(&state, try #require(state.intent(for: .enter)))
      #expect(state[TeachScreen.self].collection.classes.map(\.name) == ["cup"])
      // What can't be a folder's name is said, and typing goes on.
      try press("C/", &state)
      _ = reduce(&state, try #require(state.intent(for: .enter)))
      #expect(state.message?.isError == true && state[TeachScreen.self].naming == "/")
      _ = reduce(&state, try #require(state.intent(for: .escape)))
      #expect(state[TeachScreen.self].naming == nil && state.screen == .teach)
    }
  }

  /// The screen learns the same as the network learns from a folder of the same pictures.
  @Test func whatIsLearnedAnswersForThePhotoAndIsSaved() throws {
    try withState { state, folder in
      try press("S", &state)
      #expect(state.message?.isError == true)
      try press("12", &state)
      let learned = try #require(state[TeachScreen.self].learned(state.core))
      #expect(learned.taught.classes == ["class 1", "class 2"])
      #expect(learned.taught.images.map(\.name) == ["class 1/a.png", "class 2/b.png"])
      let answers = state[TeachScreen.self].answers(state.core)
      #expect(abs(answers.values.reduce(0, +) - 1) < 1e-9)
      #expect(try press("S", &state) == [.teaching(.save(learned))])
      #expect(
        reduce(&state, try #require(state.intent(for: .enter)))
          == [.teaching(.use(learned, in: folder))])
      let effects = reduce(&state, .learned(path: "/x/taught.safetensors"))
      #expect(effects.questions(ModelQuestion.self).map(\.name) == ["/x/taught.safetensors"])
      #expect(state.screen == .home)
    }
  }

  @Test func aHeldDigitRecordsFramesUntilItIsLetGo() throws {
    try withState { state, folder in
      state.live = LiveState()
      try press("1", &state)
      #expect(state.message?.text == "No frame has come yet.")
      state.live?.frame = 0
      func tick(_ effects: [Effect]) -> ScreenAction? {
        effects.compactMap {
          if case .later(150, let action) = $0 { action } else { nil }
        }.last
      }
      func recorded(_ effects: [Effect]) -> [String] {
        effects.compactMap {
          if case .teaching(.record(_, let picture, _)) = $0 { picture } else { nil }
        }
      }
      var effects = try press("1", &state)
      #expect(recorded(effects) == ["pictures/000000.png"])
      // The network waits for the file.
      #expect(effects.questions(TeachingQuestion.self).isEmpty)
      effects = reduce(&state, .recorded("pictures/000000.png", problem: nil))
      #expect(effects.questions(TeachingQuestion.self).map(\.collection.count) == [1])
      // The same frame is not taken twice; a new one is.
      var next = try #require(tick(try press("1", &state)) ?? tick(effects) ?? first(state))
      effects = reduce(&state, .timePassed(next))
      #expect(recorded(effects).isEmpty)
      next = try #require(tick(effects))
      state.live?.frame = 3
      effects = reduce(&state, .timePassed(next))
      #expect(recorded(effects) == ["pictures/000001.png"])
      // Nobody presses any more.
      var ticks = 0
      while let again = tick(effects) {
        effects = reduce(&state, .timePassed(again))
        ticks += 1
      }
      #expect(ticks < 6 && state[TeachScreen.self].recording == nil)
      // A file that can't be written is said, and its picture is gone; undo takes the rest at once.
      _ = reduce(&state, .recorded("pictures/000001.png", problem: "x: no room"))
      #expect(names(state) == [["000000.png"]])
      #expect(state.message == Message("x: no room", isError: true))
      try press("u", &state)
      #expect(names(state) == [])
      _ = folder
    }
  }

  /// The tick that the first press asked for.
  private func first(_ state: ExplorerState) -> ScreenAction? {
    state[TeachScreen.self].recording.map { ScreenAction(TeachScreen.self, .ticked($0.number)) }
  }

  @Test func recordingGoesOnByItselfAndEndsAtTheDigit() throws {
    try withState { state, _ in
      state.live = LiveState()
      state.live?.frame = 0
      try press("1+", &state)
      for frame in 1...20 {
        state.live?.frame = frame
        _ = reduce(&state, .timePassed(try #require(first(state))))
      }
      #expect(names(state).map(\.count) == [21])
      try press("1", &state)
      #expect(state[TeachScreen.self].recording == nil)
    }
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func classesStandBesideEachOther(size: (Int, Int)) throws {
    try withState(width: size.0, height: size.1) { state, _ in
      try expectScreen(state, "teach-empty-\(size.0)x\(size.1)")
      try press("121CTüte", &state)
      _ = reduce(&state, try #require(state.intent(for: .enter)))
      try expectScreen(state, "teach-\(size.0)x\(size.1)")
    }
  }
}
