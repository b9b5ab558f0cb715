import Cells
import Images
import Live
import Research
import Tensors
import Testing

@testable import Explorer
@testable import MobileNet

/// A stream on the screens: (state, action) → (state, effects), and what is seen.
@Suite struct LiveTests {
  private func state(width: Int = 80, height: Int = 24) throws -> ExplorerState {
    let fixture = try Fixture.shared()
    var state = ExplorerState(
      size: Size(width: width, height: height), model: fixture.model,
      photo: Numbered(Photo(before: "clips/cat.y4m", for: fixture.model.value), number: 0))
    state.live = LiveState()
    try Fixture.perform(reduce(&state, .keyPressed), on: &state)
    return state
  }

  /// Frame `number` of a stream of noise.
  private func frame(
    _ number: Int, age: Int = 0, model: Int = 1, width: Int = 64, trends: [ClassTrend] = []
  ) throws -> LiveFrame {
    let preprocessing = try Fixture.shared().model.checkpoint.preprocessing
    let side = 96
    let bytes = (0..<3 * side * side).map { UInt8(truncatingIfNeeded: $0 * (number + 3) / 7) }
    let pixels = Pixels(width: side, height: side, bytes: bytes)
    let prepared = PreparedInput(
      pixels, fit: preprocessing.fit(width: width, height: 48, resolution: 96), resolution: 96,
      preprocessing: preprocessing)
    let photo = Photo(
      frameOf: "cat.y4m", width: width, height: 48, prepared: prepared,
      picture: { pixels }, prepare: { _, _ in prepared })
    var trace = try Fixture.network().run(prepared.tensor)
    trace.milliseconds = trace.layers.map { Double($0.multiplyAdds) / 1e6 + 0.01 }
    return LiveFrame(
      model: model, frame: number, age: age, photo: Numbered(photo, number: 1000 + number),
      run: Numbered(Run(trace), number: 1000 + number), trends: trends)
  }

  @Test func everyFrameIsShownWithItsAnswerAndTheChannelStays() throws {
    var state = try state()
    #expect(state.live?.status == .waiting)
    #expect(reduce(&state, .live(.came(try frame(0)))) == [])
    #expect(state.live?.status == .running)
    #expect((state.run?.number, state.photo.number) == (1000, 1000))
    let channel = state.channel
    #expect(state.statistics == state.output.map { ChannelStatistics($0) })
    var others: Set<Int> = []
    for number in 1..<6 {
      _ = reduce(&state, .live(.came(try frame(number))))
      #expect(state.channel == channel)
      if let statistics = state.statistics { others.insert(statistics.mostCoherent) }
    }
    #expect(state.live?.frame == 5)
    // Another channel varies more on the way: without staying, the picture would jump to it.
    #expect(!others.subtracting([channel]).isEmpty)
  }

  @Test func whoAsksForAnotherImageIsToldThatAStreamIsShown() throws {
    var state = try state()
    for key in "o[]" {
      _ = reduce(&state, try #require(state.intent(for: .character(key))))
      #expect(state.message?.text.hasPrefix("A stream is shown; ") == true)
      _ = reduce(&state, .keyPressed)
    }
    #expect(state.intents(pasting: "/a/cat.png").count == 1 && state.screen == .home)
    #expect(render(state).cells.lines.last?.contains("o open") == false)
  }

  @Test func theAnswerOfOtherWeightsComesTooLate() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(0, model: 2))))
    #expect(state.run == nil && state.live?.frame == nil)
  }

  /// The key, the errand for the stream, and whether it stands still afterwards.
  static let presses: [(keys: [LiveIntent], asked: [LiveRequest], pauses: Bool)] = [
    ([.pauseSwitched], [.pause(true)], true),
    ([.pauseSwitched, .pauseSwitched], [.pause(true), .pause(false)], false),
    ([.stepped(back: true)], [.pause(true), .step(back: true)], true),
    (
      [.pauseSwitched, .stepped(back: false)], [.pause(true), .step(back: false)], true
    ),
  ]

  @Test(arguments: presses)
  func keysStopAndStep(keys: [LiveIntent], asked: [LiveRequest], pauses: Bool) throws {
    var state = try state()
    let effects = keys.flatMap { reduce(&state, Intent.live($0)) }
    #expect(effects == asked.map { .live($0) })
    #expect(state.live?.isPaused == pauses)
  }

  @Test func aStreamThatHasEndedIsSteppedThroughWithoutStoppingIt() throws {
    var state = try state()
    _ = reduce(&state, .live(.noticed(.ended(reason: nil))))
    #expect(reduce(&state, .live(.stepped(back: true))) == [.live(.step(back: true))])
    #expect(state.live?.isPaused == false)
  }

  @Test func theEndIsToldAndTheLastFrameStays() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(3))))
    let reason = "clips/cat.y4m: ended in the middle of frame 4, after 10 of 24 bytes"
    _ = reduce(&state, .live(.noticed(.ended(reason: reason))))
    #expect(state.live?.status == .ended(reason: reason))
    #expect(state.run?.number == 1003)
    #expect(render(state).cells.lines[0].contains("broken off ─ frame 3"))
    #expect(render(state).cells.lines[1].contains("in the middle of frame 4, after 10 of 24"))
    #expect(state.intent(for: .character(" ")) == nil)
    #expect(state.intent(for: .character("q")) == .quit)
    _ = reduce(&state, .live(.came(try frame(2, age: 1))))
    #expect(render(state).cells.lines[0].contains("frame 2, 1 back"))
  }

  @Test func aStreamWithoutAFrameIsNotWaitedFor() throws {
    let reason = "clips/cat.y4m: ended behind its header, before the first frame"
    for screen in [ScreenID.home, .grid, .zoom, .evidence, .kernels, .lesson, .ablation] {
      var state = try state()
      _ = reduce(&state, .layerSelected(2))
      _ = reduce(&state, .opened(screen))
      #expect(render(state).cells.text.contains("waiting for the first frame …"), "\(screen)")
      _ = reduce(&state, .live(.noticed(.ended(reason: reason))))
      let text = render(state).cells.text
      #expect(text.contains(reason.prefix(70)), "\(screen)")
      #expect(text.contains("no frame came") && !text.contains("waiting"), "\(screen)")
      #expect(!text.contains("computing") && !text.contains("96×96 ─"), "\(screen)")
      #expect(state.intent(for: .character("q")) == (screen == .home ? .quit : .wentBack))
    }
  }

  @Test func theSpaceBarSaysWhatItDoes() throws {
    var state = try state()
    #expect(render(state).cells.lines[23].contains("space pause"))
    _ = reduce(&state, .live(.pauseSwitched))
    #expect(render(state).cells.lines[23].contains("space go on"))
    _ = reduce(&state, .live(.pauseSwitched))
    #expect(render(state).cells.lines[23].contains("space pause"))
  }

  @Test func aFrameThatIsMeasuredForLongSaysSo() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(7))))
    _ = reduce(&state, .live(.held(true)))
    #expect(render(state).cells.lines[0].hasSuffix("measuring on frame 7"))
    _ = reduce(&state, .live(.held(false)))
    #expect(render(state).cells.lines[0].hasSuffix("▶ ─ frame 7"))
  }

  @Test func aStreamThatGivesNothingIsSaidToStandStill() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(0))))
    let nothing = Pace(Tally(), since: Tally(), seconds: 0.5)
    _ = reduce(&state, .live(.measured(nothing, skipped: 0)))
    #expect(state.live?.status == .stalled)
    #expect(render(state).cells.lines[0].contains("no frames come"))
    _ = reduce(&state, .live(.pauseSwitched))
    #expect(state.live?.status == .paused)
  }

  @Test func anotherSizeIsTold() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(0))))
    #expect(state.message == nil)
    _ = reduce(&state, .live(.came(try frame(1, width: 90))))
    #expect(state.message?.text == "From here on frames are 90×48.")
    #expect(render(state).cells.lines[0].contains("90×48"))
  }

  @Test func withAPartSwitchedOffAFrameIsShownTogetherWithWhatItBecomes() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(0))))
    let off = Patch(layer: 4, part: .channels([1, 2]))
    try Fixture.perform(reduce(&state, .patched(off)), on: &state)
    let before = state.run
    #expect(before?.number != 1000 && state.original?.number == 1000)

    let next = try frame(1)
    let effects = reduce(&state, .live(.came(next)))
    #expect(effects == [.ask(RerunQuestion(state.model, next.run, patching: [off]))])
    #expect(state.run == before && state.photo.number == 1000)
    try Fixture.perform(effects, on: &state)
    #expect(state.photo.number == 1001 && state.original == next.run)
    let expected = try Fixture.network().rerun(next.run.trace, patching: [off])
    #expect(state.run?.trace.output(at: 29).values == expected.output(at: 29).values)
  }

  @Test func spacePausesOnEveryScreenAndLettersStayText() throws {
    var state = try state()
    _ = reduce(&state, .live(.came(try frame(0))))
    for screen in ScreenID.allCases where ![.find, .open, .leave].contains(screen) {
      _ = reduce(&state, .opened(screen))
      #expect(state.intent(for: .character(" ")) == .live(.pauseSwitched), "\(screen)")
      #expect(state.intent(for: .character(",")) == .live(.stepped(back: true)), "\(screen)")
      #expect(state.intent(for: .character("R")) == .live(.recordingAsked), "\(screen)")
    }
    _ = reduce(&state, .find(.began("")))
    #expect(state.intent(for: .character("R")) == .find(.typed("R")))
    state.live = nil
    _ = reduce(&state, .opened(.grid))
    #expect(state.intent(for: .character(" ")) == nil)
    #expect(state.intent(for: .character("R")) == nil)
  }

  @Test func theMinuteIsAverageByAverage() throws {
    var seconds = [Float?](repeating: nil, count: 60)
    seconds.replaceSubrange(30..<60, with: (0..<30).map { $0 < 15 ? 0 : 0.99 })
    #expect(Sparkline.text(seconds, width: 4) == "  ▁█")
    #expect(Sparkline.text(seconds, width: 2) == " ▄")
    #expect(Sparkline.text(seconds, width: 0).isEmpty)
    // Until a minute has passed, the lines begin with the first frame.
    let trends = [[nil, nil, 0, 1], [nil, nil, nil, 0.5]].enumerated().map {
      ClassTrend(classIndex: $0, newest: 0.5, seconds: $1)
    }
    var frame = Frame(size: Size(width: 30, height: 2))
    TrendsView(trends: trends, checkpoint: try Fixture.shared().model.checkpoint).draw(
      in: frame.area, of: &frame)
    #expect(frame.cells.lines[0].hasSuffix(" ▁▁▁▁▁▁▁▁████████"))
    #expect(frame.cells.lines[1].filter { $0 == "▅" }.count == 8)
  }

  @Test func homeOnAStream() throws {
    var state = try state()
    let trends = (0..<6).map { index in
      ClassTrend(
        classIndex: index, newest: 0.5 / Float(index + 1),
        seconds: (0..<60).map { $0 < 20 ? nil : Float(($0 + 7 * index) % 40) / 40 })
    }
    _ = reduce(&state, .live(.came(try frame(41, trends: trends))))
    var tally = Tally()
    (tally.read, tally.inferred, tally.drawn, tally.skipped) = (30, 28, 14, 2)
    (tally.decoding, tally.preparing, tally.inferring, tally.drawing) = (6, 14, 196, 35)
    tally.layers = state.layers.map { Double($0.index) * 2.8 }
    let pace = Pace(tally, since: Tally(), seconds: 0.5)
    _ = reduce(&state, .live(.measured(pace, skipped: 1234)))
    _ = reduce(&state, .layerSelected(6))
    try expectScreen(state, "live-80x24")
    var lines = render(state).cells.lines
    #expect(lines[0].contains("cat.y4m ─ 64×48") && lines[0].hasSuffix("▶ ─ frame 41"))
    #expect(
      lines[1]
        == " per s: 60 in, 56.0 inferred, 28 drawn; 1234 skipped ─ ms: infer 7.0, draw 2.5")
    let best = try #require(lines.first { $0.contains("50 %") && $0.contains("▁") })
    #expect(best.contains("█"))
    // The time of a layer is the mean of what was measured: 7 · 2.8 ms in 28 runs.
    #expect(lines.contains { $0.hasPrefix("▸ 7 conv3_1_sep") && $0.contains(" 0.70 ") })
    state.size = Size(width: 120, height: 40)
    try expectScreen(state, "live-120x40")
    state.size = Size(width: 160, height: 50)
    lines = render(state).cells.lines
    #expect(
      lines[1] == " frames a second: 60.0 in, 56.0 inferred, 28.0 drawn; 1,234 skipped ─ "
        + "milliseconds: decode 0.20, preprocessing 0.50, inference 7.00, drawing 2.50")
  }

  @Test func everySizeOfEveryScreenCanBeDrawnOverAStream() throws {
    let frame = try frame(1)
    for screen in ScreenID.allCases {
      for (width, height) in [(60, 16), (61, 17), (80, 24), (133, 41)] {
        var state = try state(width: width, height: height)
        _ = reduce(&state, .opened(screen))
        #expect(render(state).cells.size == state.size)
        _ = reduce(&state, .live(.came(frame)))
        for layer in [0, 12, 27, 29] {
          _ = reduce(&state, .layerSelected(layer))
          #expect(render(state).cells.size == state.size)
        }
      }
    }
  }
}
