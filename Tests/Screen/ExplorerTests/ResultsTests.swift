import Cells
import Evaluation
import Images
import MobileNet
import Research
import Testing

@testable import Explorer

/// Where a network goes wrong, on the screen.
@Suite struct ResultsTests {
  /// Of three images of class 3 two are called 5, one of them surer; of two of class 4 one is called 9.
  private static let evaluation = Evaluation(
    answers: [
      answer("3/a.png", 3, [5: 0.5, 3: 0.3]), answer("3/b.png", 3, [3: 0.75]),
      answer("3/c.png", 3, [5: 0.9, 1: 0.05, 3: 0.02]), answer("4/d.png", 4, [9: 0.6, 4: 0.2]),
      answer("4/e.png", 4, [4: 0.97]),
    ], unreadable: [.init(image: "4/f.png", reason: "val/4/f.png: is empty")])

  private static func answer(_ image: String, _ truth: Int, _ some: [Int: Float]) -> ImageResult {
    let rest = (1 - some.values.reduce(0, +)) / 100
    return ImageResult(
      image: image, truth: truth, probabilities: (0..<10).map { some[$0] ?? rest })
  }

  private func state(
    _ size: (width: Int, height: Int) = (80, 24), of evaluation: Evaluation = evaluation
  ) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    state.album = Album(["val/3/a.png"])
    let asked = reduce(&state, try #require(state.intent(for: .character("("))))
    let question = try #require(asked.questions(FolderResultsQuestion.self).first)
    #expect(question.folder == "val" && question.model == state.model)
    let found = FolderResults(
      folder: "val", total: 6, unknownFolders: ["misc"], evaluation: evaluation)
    let effects = hear(.results(found), to: question, on: &state)
    let previews = effects.questions(PreviewQuestion.self)
    #expect(previews.first?.path == "val/3/c.png")
    for preview in previews {
      let bytes = (0..<20 * 16 * 3).map { UInt8(truncatingIfNeeded: $0 / 3) }
      hear(
        .picture(Pixels(width: 20, height: 16, bytes: bytes), width: 20, height: 16), to: preview,
        on: &state)
    }
    return state
  }

  private func press(_ keys: Key..., on state: inout ExplorerState) throws {
    for key in keys { _ = reduce(&state, try #require(state.intent(for: key))) }
  }

  private func lines(_ state: ExplorerState) -> String { render(state).cells.text }

  @Test(arguments: [(80, 24), (120, 40)])
  func confusions(size: (Int, Int)) throws {
    let state = try state(size)
    try expectScreen(state, "results-\(size.0)x\(size.1)")
    let text = lines(state)
    #expect(
      text.contains("val: 6 images, top-1 40.0 %, top-5 ") && text.contains("1 could not be read"))
    #expect(text.contains("    2 of 3  class 3 → class 5"))
    #expect(text.contains("    1 of 2  class 4 → class 9"))
  }

  @Test func aConfusionListsItsPhotosAndAPhotoIsAskedWhyThisAndNotTheTruth() throws {
    var state = try state()
    try press(.enter, on: &state)
    #expect(state[ResultsScreen.self].group == .confusion(truth: 3, answer: 5))
    let text = lines(state)
    #expect(text.contains(" 90.0 %   ranks 3  class 5, 3/c.png"))
    #expect(text.contains(" 50.0 %   ranks 2  class 5, 3/a.png"))
    #expect(!text.contains("3/b.png"))
    try press(.down, on: &state)
    let opened = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(opened.questions(PhotoQuestion.self).map(\.path) == ["val/3/a.png"])
    #expect(state.screen == .evidence && state.chosenClass == 5 && state.rival == 3)
    let shown = show(
      Numbered(state.photo.value, number: 77), at: "val/3/a.png", on: &state)
    try Fixture.perform(shown, on: &state)
    #expect(lines(state).contains("Why class 5 and not class 3"))
    // Back to the photos of the confusion, and then to the list.
    try press(.escape, on: &state)
    #expect(state.screen == .results && state[ResultsScreen.self].cursor == 1)
    try press(.escape, on: &state)
    #expect(state.screen == .results && state[ResultsScreen.self].group == nil)
    try press(.escape, on: &state)
    #expect(state.screen == .home)
  }

  @Test func classesComeTheWorstFirstWithTheirWrongImagesFirst() throws {
    var state = try state()
    try press(.tab, on: &state)
    #expect(lines(state).contains(" 33.3 %     1 of 3          1  class 3"))
    try press(.down, .enter, on: &state)
    #expect(state[ResultsScreen.self].group == .classIndex(4))
    let text = lines(state)
    #expect(text.contains(" 60.0 %   ranks 2  class 9, 4/d.png"))
    #expect(text.contains(" 97.0 %     right  class 4, 4/e.png"))
    // What is right has no truth beside it.
    try press(.down, .enter, on: &state)
    #expect(state.chosenClass == 4 && state.rival == nil)
  }

  /// By hand, of class 3: one of three right, two taken for 5, which no image shows.
  @Test func theMatrixHasTheSharesOfEachClass() {
    let matrix = ConfusionMatrixView(
      evaluation: Self.evaluation, classes: [3, 4], view: ViewSettings(), name: { "class \($0)" })
    let third = Float(1) / 3
    #expect(matrix.shares.width == 3 && matrix.shares.height == 2)
    for (found, expected) in zip(matrix.shares.values, [third, 0, 2 * third, 0, 0.5, 0.5]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test func aLargeTerminalSaysWhyAnImageIsWrong() throws {
    var state = try state((160, 50))
    #expect(lines(state).contains("row: truth; column: answer"))
    #expect(lines(state).contains("its 3 images, by answer"))
    #expect(lines(state).contains("90 % class 5 ") && lines(state).contains("75 % class 3 "))
    try press(.backTab, .backTab, on: &state)
    #expect(lines(state).contains("answer 90.0 %: class 5"))
    #expect(lines(state).contains("truth 2.0 %: class 3"))
    #expect(lines(state).contains("The truth ranks 3."))
  }

  @Test func wrongImagesComeTheSurestFirst() throws {
    var state = try state((120, 40))
    try press(.backTab, .backTab, on: &state)
    let rows = lines(state).split(separator: "\n").filter { $0.contains("  ranks ") }
    #expect(rows.map { $0.contains("3/c.png") } == [true, false, false])
    #expect(lines(state).contains("truth: class 3"))
    try press(.end, .enter, on: &state)
    #expect(state.chosenClass == 5 && state.rival == 3 && state.screen == .evidence)
  }

  /// The one under the cursor is seen once, large, and the others in the contact sheet.
  @Test func anImageOfAGroupStandsOnce() throws {
    var state = try state((160, 50))
    try press(.enter, on: &state)
    #expect(lines(state).contains("50 % a.png") && !lines(state).contains("90 % c.png"))
    #expect(lines(state).contains("20×16; the network gets "))
    try press(.down, on: &state)
    #expect(!lines(state).contains("50 % a.png") && lines(state).contains("90 % c.png"))
    // A group of one has no others: the lists stand there.
    try press(.escape, .down, .enter, on: &state)
    #expect(state[ResultsScreen.self].group == .confusion(truth: 4, answer: 9))
    #expect(!lines(state).contains("the others") && lines(state).contains("─ classes ─"))
  }

  /// Below a long list, too, there is a row of the others, or no frame for them.
  @Test(arguments: [(120, 39), (120, 60), (160, 45), (160, 50), (200, 60)])
  func theOthersOfALongListAreSeen(size: (Int, Int)) throws {
    let many = (0..<60).map { Self.answer("3/\($0).png", 3, [5: 0.5, 3: 0.3]) }
    var state = try state(
      size, of: Evaluation(answers: [Self.answer("3/c.png", 3, [5: 0.9])] + many, unreadable: []))
    try press(.enter, on: &state)
    let panes = RoomTests.panes(in: render(state).cells)
    #expect(panes.contains { $0.title.contains("the others") })
    for pane in panes { #expect(!pane.isEmpty, "\(pane.title)") }
  }

  /// Class 5 has no image; of class 3 one was answered right.
  @Test func imagesTakenForAnotherAreHeldAgainstRightOnes() throws {
    var state = try state((160, 50))
    #expect(lines(state).contains("90 % c.png") && lines(state).contains("75 % class 3: right"))
    // Among a class' own images it needs no name.
    try press(.tab, on: &state)
    #expect(!lines(state).contains(": right") && lines(state).contains("75 % b.png"))
  }

  @Test func unreadableImagesAreListedWithTheReason() throws {
    var state = try state()
    try press(.backTab, on: &state)
    let text = lines(state)
    #expect(text.contains("  4/f.png ") && text.contains("    is empty"))
    #expect(!text.contains("val/4/f.png"))
    #expect(state.intent(for: .enter) == nil)
  }

  @Test func aLineOfTheListBelowIsChosenByAClick() throws {
    var state = try state((160, 50))
    let frame = render(state)
    let y = try #require(frame.cells.lines.firstIndex { $0.contains("50.0 %     1 of 2") })
    _ = reduce(&state, try #require(frame.intent(for: Mouse(.press, x: 4, y: y))))
    #expect(state[ResultsScreen.self].list == .classes)
    #expect(state[ResultsScreen.self].cursor == 1)
  }

  /// Bars say how many are right, lines how sure they are: the two of 86.7 to 100 % are half right.
  @Test func theReliabilityDiagramHasABarForEachBin() throws {
    let state = try state((120, 40))
    let row = try #require(render(state).cells.lines.first { $0.contains("93 %–100 %") })
    #expect(row.contains("█") && row.hasSuffix("1 │"))
    #expect(lines(state).contains("calibration error 0."))
  }

  @Test func whoLeavesGivesItUpAndFindsItAgainOnceItWasDone() throws {
    var state = try Fixture.state(width: 80, height: 24)
    state.album = Album(["val/3/a.png"])
    let asked = reduce(&state, .opened(.results))
    let question = try #require(asked.questions(FolderResultsQuestion.self).first)
    let some = FolderResults(folder: "val", total: 6, evaluation: Evaluation(answers: []))
    let partial = Answers.Reply.partial(FolderResultsQuestion.Answer.results(some))
    _ = reduce(&state, .answered(AnyQuestion(question), partial))
    #expect(lines(state).contains("val: 0 of 6 images") && lines(state).contains("none so far"))
    #expect(reduce(&state, .wentBack).cancelled == [AnyQuestion(question)])
    _ = reduce(&state, .opened(.results))
    hear(.results(some), to: question, on: &state)
    _ = reduce(&state, .wentBack)
    #expect(reduce(&state, .opened(.results)).questions(FolderResultsQuestion.self).isEmpty)
  }

  @Test func whatIsMissingIsSaid() throws {
    var state = try Fixture.state(width: 80, height: 24)
    state.album = Album(["/photos/holiday/a.png"])
    #expect(reduce(&state, .opened(.results)).questions(FolderResultsQuestion.self).isEmpty)
    #expect(lines(state).contains("is in no folder with the name of a class"))
    // A list says it wherever the photo is.
    state.truth = TruthList("list.txt", in: "/photos")
    _ = reduce(&state, .wentBack)
    let asked = reduce(&state, .opened(.results))
    let question = try #require(asked.questions(FolderResultsQuestion.self).first)
    #expect(question.folder == "/photos" && question.list == "list.txt")
    let reason = "list.txt, line 3: expected a file and a class"
    hear(.nothing(reason: reason), to: question, on: &state)
    #expect(lines(state).contains("list.txt, line 3: expected a file and a class"))
  }
}
