import Cells
import Images
import Lessons
import Research
import Tensors
import Testing

@testable import Explorer
@testable import MobileNet

/// The screens of a network whose values grow beyond the largest float32.
@Suite struct OverflowTests {
  /// The places where the values become too large.
  enum Place: String, CaseIterable { case conv1, conv6_sep }

  private let researcher: Researcher

  init() throws { researcher = try Fixture.shared().researcher }

  private func model(_ place: Place) throws -> Numbered<Model> {
    let architecture = Architecture(width: 0.25, classes: 10)
    let made = try Checkpoint.synthetic(architecture)
    var weights: [String: LayerWeights] = [:]
    for layer in architecture.layers(resolution: 64) {
      guard let own = made.weights(of: layer) else { continue }
      let isHuge = place == .conv6_sep && layer.name == "conv6_sep"
      weights[layer.name] =
        isHuge
        ? LayerWeights(weights: own.weights.map { $0 < 0 ? -3e38 : 3e38 }, biases: own.biases)
        : own
    }
    let pixels = Preprocessing(
      channelOrder: .rgb, scale: place == .conv1 ? [1e38, 1e38, 1e38] : [0.01, 0.01, 0.01],
      offset: [-1, -1, -1])
    let checkpoint = try Checkpoint(
      name: "huge", architecture: architecture, weights: weights, preprocessing: pixels)
    let number = 900 + (place == .conv1 ? 0 : 1)
    return Numbered(Model(checkpoint: checkpoint, resolution: 64), number: number)
  }

  /// The explorer once there is a run.
  private func state(_ look: Look) throws -> ExplorerState {
    let model = try model(look.place)
    let bytes = (0..<64 * 64 * 3).map { UInt8($0 * $0 % 251) }
    let file = try PNGFile.bytes(of: Pixels(width: 64, height: 64, bytes: bytes))
    let photo = Photo(
      try DecodedImage(decoding: file, name: "noise.png"),
      preprocessing: model.checkpoint.preprocessing, resolution: 64)
    var state = ExplorerState(
      size: look.size, model: model, photo: Numbered(photo, number: model.number))
    state.view.isPlain = look.isPlain
    try perform(reduce(&state, .started), on: &state)
    let problem = try #require(state.run?.trace.problem)
    #expect(problem.hasPrefix("no answer: \(look.place.rawValue) is the first layer"))
    return state
  }

  private func perform(_ effects: [Effect], on state: inout ExplorerState) throws {
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      let isRun = question.base is RunQuestion || question.base is RerunQuestion
      let answer =
        isRun
        ? try question.answer(researcher) { _ in } : try? Fixture.shared().answer(question)
      if let answer {
        waiting += reduce(&state, .answered(question, .whole(answer))).questions
      }
    }
  }

  /// What is read: numbers, or the reason why there are none.
  private func expectWords(_ state: ExplorerState, _ comment: String) {
    var text = render(state).cells.text
    if state.view.isPlain { text += state.speech.sentences.joined(separator: "\n") }
    let words = text.lowercased().split { !$0.isLetter }
    #expect(!words.contains("nan") && !words.contains("inf"), "\(comment):\n\(text)")
  }

  /// A network, and how it is looked at.
  struct Look: Sendable {
    let place: Place
    let size: Size
    let isPlain: Bool
  }

  private static let looks = Place.allCases.flatMap { place in
    [Size(width: 80, height: 24), Size(width: 160, height: 50)].flatMap { size in
      [false, true].map { Look(place: place, size: size, isPlain: $0) }
    }
  }

  @Test(arguments: looks)
  func everyScreenCanBeShown(look: Look) throws {
    let first = try state(look)
    for id in ScreenID.allCases {
      for layer in [0, 1, 26, 27, 28, 29] {
        var state = first
        try perform(reduce(&state, .layerSelected(layer)), on: &state)
        if id != .home { try perform(reduce(&state, .opened(id)), on: &state) }
        expectWords(state, "\(id) at \(layer)")
        try perform(reduce(&state, .classChosen(3)), on: &state)
        try perform(reduce(&state, .rivalChosen(4)), on: &state)
        expectWords(state, "\(id) at \(layer), class 3 and not 4")
      }
    }
  }

  @Test(arguments: looks)
  func theReasonStandsWhereTheAnswerWould(look: Look) throws {
    let first = try state(look)
    for id in [ScreenID.home, .evidence, .explanation, .adversarial, .flow, .input] {
      var state = first
      if id != .home { try perform(reduce(&state, .opened(id)), on: &state) }
      let text = render(state).cells.text.lowercased()
      #expect(text.contains("no answer: \(look.place.rawValue)"), "\(id):\n\(text)")
    }
  }

  @Test(arguments: Place.allCases)
  func theReasonBeginsAtTheMarginOfASmallTerminal(place: Place) throws {
    let first = try state(Look(place: place, size: Size(width: 80, height: 24), isPlain: false))
    for key in [Key.character("G"), .character("e"), .character("x")] {
      var state = first
      let intent = try #require(state.intent(for: key))
      try perform(reduce(&state, intent), on: &state)
      let cells = render(state).cells
      #expect(cells.lines.contains { $0.hasPrefix(" no answer: ") }, "\(key):\n\(cells.text)")
    }
  }

  @Test(arguments: looks)
  func whatComesAfterAKeyCanBeShown(look: Look) throws {
    let first = try state(look)
    let enter = Key.enter
    for keys: [Key] in [
      [.tab, .tab, enter], [.character("K"), enter], [.end, .character("x"), enter],
      [.character("x"), .character("X")], [.end, .character("l")], [.end, enter],
      [.character("G"), .tab], [.character("G"), .tab, .tab], [.character("c"), .tab],
      [.character("G"), .end, .tab], [.character("e"), .character("d")], [.end, .character("g")],
    ] {
      var state = first
      for key in keys {
        _ = reduce(&state, .keyPressed)
        guard let intent = state.intent(for: key) else { continue }
        try perform(reduce(&state, intent), on: &state)
        expectWords(state, "\(keys)")
      }
    }
    for layer in [0, 1, 2, 26, 27, 28, 29] {
      var state = first
      try perform(reduce(&state, .layerSelected(layer)), on: &state)
      try perform(reduce(&state, .opened(.lesson)), on: &state)
      for topic in Topic.allCases where topic != .background {
        try perform(reduce(&state, .lesson(.topicSelected(topic))), on: &state)
        for _ in state.lessonSteps {
          expectWords(state, "\(topic) at \(layer)")
          _ = reduce(&state, .lesson(.stepped(by: 1)))
        }
      }
    }
  }
}
