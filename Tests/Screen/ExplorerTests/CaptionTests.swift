import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

/// Captions name everything that is shown, and nothing else.
@Suite struct CaptionTests {
  private static let large = Size(width: 160, height: 50)

  private func state(_ size: Size = large, layer: Int, on screen: ScreenID) throws -> ExplorerState
  {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    try Fixture.perform(reduce(&state, .opened(screen)), on: &state)
    return state
  }

  /// The first colour and the last of the bar with the word "scale" behind it.
  private func bar(_ state: ExplorerState) throws -> (Color, Color) {
    let cells = render(state).cells
    let y = try #require(cells.lines.firstIndex { $0.contains("scale:") })
    let row = (0..<cells.width).map { cells[$0, y] }
    let signs = row.indices.filter { row[$0].text == "▀" }
    let end = try #require(signs.last)
    let start = try #require(signs.last { !signs.contains($0 - 1) })
    return (
      try #require(row[start].style.foreground), try #require(row[end].style.foreground)
    )
  }

  @Test func overThePhotoTheScaleShowsItsTints() throws {
    var state = try state(layer: 6, on: .zoom)
    let (_, brightest) = try bar(state)
    _ = reduce(&state, .overlaySwitched)
    let (lowest, highest) = try bar(state)
    // From the grey of the photo to the most of red, and none of the colours of the map alone.
    #expect(lowest.red == lowest.green && lowest.green == lowest.blue)
    #expect(highest.red > highest.green + 60 && highest.red > highest.blue + 60)
    #expect(highest != brightest)
  }

  /// Beside the numbers at the beginning of a lesson there is little room for the photo's caption.
  @Test(arguments: ["en", "de", "es"])
  func aLessonCutsNoCaption(language: String) throws {
    var state = try state(Size(width: 120, height: 40), layer: 0, on: .lesson)
    state.core.view.language = language
    let text = render(state).cells.text
    #expect(text.contains("3×3 ") && !text.contains("…"), "\(text)")
  }

  /// While classes are taught by their background it says how far that is, and what will be asked.
  @Test(arguments: [Size(width: 80, height: 24), large])
  func anExperimentSaysHowFarItIs(size: Size) throws {
    var state = try state(size, layer: 0, on: .lesson)
    let asked = reduce(&state, .lesson(.topicSelected(.background)))
    let question = try #require(asked.questions(BackgroundQuestion.self).first)
    var progress = BackgroundExperiment.Progress.none
    #expect(progress.map(\.total) == [24, 8, 24, 24])
    func lines() -> [String] { render(state).cells.lines }
    #expect(lines().count { $0.contains("▸ 24 pictures to learn from") } == 1)
    (progress[0].seen, progress[1].seen) = (24, 3)
    _ = reduce(
      &state,
      .answered(
        AnyQuestion(question),
        .partial(
          BackgroundQuestion.Answer(
            progress: progress, outcome: nil))))
    #expect(lines().count { $0.contains("✓ 24 pictures to learn from") } == 1)
    #expect(lines().count { $0.contains("▸ 8 pictures as a cure") && $0.contains("█") } == 1)
    #expect(lines().contains { $0.contains("? Coming: with the grounds exchanged") })
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40), large])
  func noScaleIsLeftWithoutItsName(size: Size) throws {
    for id in ScreenID.allCases {
      let text = render(try state(size, layer: 6, on: id)).cells.text
      #expect(!text.contains(/scale:\s*(│|\n|$)/), "\(id) at \(size)")
    }
  }

  @Test func kernelsAreCountedWhereSomeAreLeftOut() throws {
    // Eight kernels fit; of 32 channels in the smallest of large terminals not all do.
    #expect(render(try state(layer: 0, on: .kernels)).cells.text.contains("all 8 kernels"))
    for layer in [1, 3, 5, 7, 9, 11, 13] {
      let state = try state(Size(width: 120, height: 39), layer: layer, on: .kernels)
      let text = render(state).cells.text
      let count = state.layer.output.channels
      let title = try #require(
        text.firstMatch(of: /kernels (\d+)–(\d+) of (\d+)|all (\d+) kernels/))
      let numbers = [title.3, title.4].compactMap { $0.flatMap { Int($0) } }
      #expect(numbers == [count])
    }
  }

  @Test func theCurvesComeWithWordsWhereThereIsRoom() throws {
    let text = render(try state(layer: 6, on: .explanation)).cells.text
    #expect(text.contains("dots are chance"))
  }

  @Test func aHistogramOfAllChannelsSaysSo() throws {
    #expect(
      render(try state(layer: 6, on: .home)).cells.text.contains("places by value"))
    #expect(
      render(try state(layer: 28, on: .home)).cells.text.contains(
        "channels by value"))
  }
}
