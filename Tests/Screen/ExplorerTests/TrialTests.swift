import Reports
import Research
import Testing

@testable import Explorer

/// What large terminals show of a file before it is opened, and of a photo beside the atlas.
@Suite struct TrialTests {
  private func opened(_ width: Int, _ height: Int) throws -> (ExplorerState, path: String) {
    let fixture = try FurnishedFixture.shared()
    var state = try fixture.state(width: width, height: height)
    try fixture.perform(reduce(&state, .open(.began(.image))), on: &state)
    let entry = state[OpenScreen.self].shown(state.core).first { !$0.isFolder }
    let path = try #require(entry?.path)
    let index = try #require(
      state[OpenScreen.self].shown(state.core).firstIndex { $0.path == path })
    try fixture.perform(
      reduce(&state, .open(.moved(by: index - state[OpenScreen.self].cursor))), on: &state)
    return (state, path)
  }

  /// The picker says what the network answers, as it does once the picture is open.
  @Test func thePickerSaysWhatTheNetworkAnswersForAPicture() throws {
    let (state, path) = try opened(160, 50)
    let researcher = try Fixture.shared().researcher
    let photo = try researcher.answer(PhotoQuestion(path, for: state.model))
    let run = try #require(try researcher.answer(RunQuestion(state.model, photo)).run)
    let name = state.model.checkpoint.name
    let lines = render(state).cells.lines
    let head = try #require(lines.firstIndex { $0.contains("\(name) answers") })
    for (row, found) in run.value.trace.predictions(top: 3).enumerated() {
      let line = lines[head + 1 + row]
      #expect(line.contains(state.model.checkpoint.label(found.classIndex)))
      #expect(line.contains(NumberText.percent(Double(found.probability))))
    }
    let spoken = state[OpenScreen.self].sentences(state.core)
    #expect(spoken.contains { $0.hasPrefix("\(name) answers ") })
  }

  @Test func whyThereIsNoAnswerIsSaid() throws {
    var (state, _) = try opened(160, 50)
    let asked = reduce(&state, .open(.moved(by: 1)))
    let question = try #require(asked.questions(CounterpartQuestion.self).first)
    _ = reduce(&state, .answered(AnyQuestion(question), .failed("the file is gone")))
    #expect(render(state).cells.text.contains("the file is gone"))
    #expect(state[OpenScreen.self].sentences(state.core).contains("The file is gone."))
  }

  /// On a stream no file is tried: layers of weights stand where the photo would.
  @Test func overAStreamTheLayersOfWeightsAreShown() throws {
    for width in [160, 200] {
      var state = try Fixture.state(width: width, height: 60)
      state.live = LiveState()
      let asked = reduce(&state, .open(.began(.weights(resolution: nil))))
      let folder = try #require(asked.questions(FolderQuestion.self).last)
      let file = FolderEntry(name: "my.onnx", path: "/models/my.onnx", isFolder: false)
      hear(.init(folder: "/models", entries: [file]), to: folder, on: &state)
      let fact = WeightsFact(name: "width", value: "1", source: "the file")
      hear(.weights([fact]), to: PreviewQuestion(file.path, .checkpoints), on: &state)
      hear(
        CheckpointContents(state.model.checkpoint), to: ContentsQuestion(file.path), on: &state)
      let text = render(state).cells.text
      #expect(text.contains("conv5_3_sep"), "\(text)")
    }
  }

  @Test func aSmallTerminalRunsNothingForIt() throws {
    let (state, _) = try opened(80, 24)
    #expect(state[OpenScreen.self].tried(state.core) == nil)
  }

  @Test func belowTheExamplesStandsWhatThisPhotoMakesOfTheChannel() throws {
    let fixture = try FurnishedFixture.shared()
    for (width, height, hasRoom) in [(160, 50, true), (120, 40, false)] {
      var state = try fixture.state(width: width, height: height)
      try fixture.perform(reduce(&state, .opened(.atlas)), on: &state)
      let text = render(state).cells.text
      #expect(text.contains("where it responds most"))
      for words in [" this photo ", "places by value", "channel \(state.channel) of 0–"] {
        #expect(text.contains(words) == hasRoom, "\(words) at \(width)×\(height)")
      }
    }
  }
}
