import Cells
import Comparison
import MobileNet
import Research
import Testing

@testable import Explorer

@Suite struct PrecisionScreenTests {
  private func state(
    _ key: Character = "@", _ size: Size = Size(width: 80, height: 24)
  ) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    try press(.character(key), on: &state)
    return state
  }

  private func press(_ key: Key, on state: inout ExplorerState) throws {
    let intent = try #require(state.intent(for: key))
    try Fixture.perform(reduce(&state, intent), on: &state)
  }

  private func lines(_ state: ExplorerState) -> [String] { render(state).cells.lines }

  @Test(arguments: ScreenTests.sizes)
  func threePrecisionsStandSideBySide(size: Size) throws {
    var state = try state("@", size)
    #expect(state.screen == .precision)
    _ = reduce(&state, .layerSelected(5))
    _ = reduce(&state, .cellPointed(x: 7, y: 5))
    try expectScreen(state, "precision-\(size.width)x\(size.height)")
  }

  /// The numbers in the list are those that the module computes.
  @Test(arguments: [Precision.integer, .half]) func theListShowsTheLosses(
    precision: Precision
  ) throws {
    var state = try state()
    if precision == .half { try press(.tab, on: &state) }
    let fixture = try Fixture.shared()
    let run = try fixture.researcher.answer(
      PrecisionQuestion(fixture.model, fixture.run, precision))
    for position in [0, 7, 14] {
      _ = reduce(&state, .layerSelected(position))
      let name = state.core.layers[position].name
      let line = try #require(lines(state).first { $0.contains("▸") && $0.contains(name) })
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      let error = run.losses[position].error * 100
      #expect(numbers.contains { abs($0 - error) <= 0.005 }, "\(line) \(error)")
    }
  }

  @Test func nothingThatIsSaidIsCutInASmallTerminal() throws {
    let state = try state()
    let text = lines(state).map { $0.dropFirst(44) }.joined(separator: " ")
      .split(separator: " ").joined(separator: " ")
    for words in ["of the range, at most", "beyond the range", "at its ends", "suffers most"] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func integersAreMadeInOtherWays() throws {
    var state = try state()
    #expect(lines(state).contains { $0.contains("a scale for each channel; ranges hold all") })
    try press(.character("#"), on: &state)
    #expect(lines(state).contains { $0.contains("one scale a layer; ranges hold all") })
    try press(.character("%"), on: &state)
    #expect(lines(state).contains { $0.contains("ranges hold 99.9 % of this photo's values") })
  }

  /// The bytes are those of the trace, and stand for what is shown above them.
  @Test func theByteUnderTheCursorIsShown() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(2))
    _ = reduce(&state, .cellPointed(x: 3, y: 4))
    let fixture = try Fixture.shared()
    let run = try fixture.researcher.answer(
      PrecisionQuestion(fixture.model, fixture.run, .integer))
    guard case .integer(let trace) = run.kept else { throw Unanswerable("kept as integers") }
    let number = trace.output(at: 2)[4, 3, state.core.channel]
    #expect(
      lines(state).contains { $0.contains("int8 \(number): ") && $0.contains("(\(number) +") })
    #expect(state.core.channel > 0 || number != -128)
  }

  @Test func enterGoesToTheChannelThatSuffersMost() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(3))
    let fixture = try Fixture.shared()
    let run = try fixture.researcher.answer(
      PrecisionQuestion(fixture.model, fixture.run, .integer))
    try press(.enter, on: &state)
    #expect(state.core.channel == run.losses[3].channel)
  }

  @Test(arguments: ScreenTests.sizes)
  func layersLieUnderTheRoof(size: Size) throws {
    var state = try state("^", size)
    #expect(state.screen == .roofline)
    _ = reduce(&state, .layerSelected(3))
    try expectScreen(state, "roofline-\(size.width)x\(size.height)")
    #expect(lines(state).contains { $0.contains("so that bytes") || $0.contains("hold it back") })
    _ = reduce(&state, .layerSelected(2))
    #expect(lines(state).contains { $0.contains("conv2_1_sep does") })
  }

  /// The numbers of the axis stand in their order below it.
  @Test(arguments: ScreenTests.sizes)
  func theAxisOfTheRoofHasNumbers(size: Size) throws {
    let lines = lines(try state("^", size))
    let axis = try #require(
      lines.firstIndex { $0.contains("└─") && $0.contains("multiply-adds a byte") })
    let left = try #require(Array(lines[axis]).lastIndex(of: "└"))
    let numbers = lines[axis + 1].dropFirst(left).matches(of: /[\d.]+/)
      .compactMap { Double($0.output) }
    #expect(numbers.count >= 4 && numbers == numbers.sorted(), "\(numbers)")
  }
}
