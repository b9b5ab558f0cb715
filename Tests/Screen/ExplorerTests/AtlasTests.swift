import Cells
import Images
import MobileNet
import Research
import Testing

@testable import Explorer

/// Channels over many images, on the screens.
@Suite struct AtlasTests {
  /// An atlas of two classes: channel c of each layer tells class c mod 2 with an area of
  /// 0.5 + c/2000, is usually at 0.1·c, and has two images.
  private static func atlas(_ model: Model, images: Bool = true) -> ChannelAtlas {
    let tops = (0..<2).map { (number: Int) in
      ChannelAtlas.Top(image: "fox/\(number).png", value: Float(4 - number), row: number, column: 1)
    }
    func channel(_ index: Int) -> ChannelAtlas.Channel {
      let separates: (classIndex: Int, area: Double)? =
        index == 9 ? nil : (classIndex: index % 2, area: 0.5 + Double(index) / 2000)
      return ChannelAtlas.Channel(
        mean: Float(index) / 10, deviation: index == 5 ? 0 : 0.25, zeroShare: 0.5,
        separates: separates, strongest: [1, 0], top: images ? tops : [])
    }
    var layers: [String: [ChannelAtlas.Channel]] = [:]
    for layer in model.layers {
      layers[layer.name] = (0..<layer.output.channels).map(channel)
    }
    return ChannelAtlas(
      source: "atlases/mine.atlas.safetensors", resolution: 96, imageCount: 1234,
      classes: ["red fox", "tabby cat"], layers: layers)
  }

  private func state(
    width: Int = 80, height: Int = 24, images: Bool = true, folder: String? = nil
  ) throws -> ExplorerState {
    var state = try Fixture.state(width: width, height: height)
    // The fixture says that there is none, and nobody asks twice; one that is named is another.
    _ = reduce(&state, .atlasChosen(path: "mine"))
    let question = AtlasQuestion(state.model, path: "mine")
    let effects = hear(
      .init(Self.atlas(state.model.value, images: images)), to: question, on: &state)
    // Where its images are is asked as soon as it names some.
    let asked = effects.questions(AtlasFolderQuestion.self)
    #expect(asked.count == (images ? 1 : 0))
    if let asked = asked.first { hear(.init(folder), to: asked, on: &state) }
    _ = reduce(&state, .layerSelected(12))
    _ = reduce(&state, .channelSelected(4))
    return state
  }

  @Test func aChannelsClassAndHowUnusualItIsAreSaidOnLayersAndZoom() throws {
    var state = try state(width: 100, height: 30)
    let statistics = try #require(state.statistics)
    let score = (statistics.channels[4].mean - Double(Float(0.4))) / 0.25
    #expect(abs(try #require(state.core.unusualness(of: 4)) - score) < 1e-6)
    #expect(state.core.unusualness(of: 5) == nil)
    let text = render(state).cells.text
    #expect(text.contains("tells red fox apart best, AUC 0.50"))
    _ = reduce(&state, .opened(.zoom))
    #expect(render(state).cells.text.contains("tells red fox apart"))
    _ = reduce(&state, .channelSelected(5))
    #expect(
      state.core.atlasLines == [
        "the channel tells tabby cat apart best, AUC 0.50", "its mean is always the same",
      ])
    _ = reduce(&state, .channelSelected(9))
    #expect(state.core.atlasLines.count == 1)
  }

  @Test func aPartIsReplacedByWhatTheAtlasHasOfIt() throws {
    var state = try state()
    func press(_ key: Key) throws {
      try Fixture.perform(reduce(&state, try #require(state.intent(for: key))), on: &state)
    }
    try press(.character("x"))
    #expect(render(state).cells.text.contains(" off  mean  usual  scaled  held  photo "))
    for _ in 0..<2 { try press(.right) }
    #expect(state.core.patchNames == ["channel 4 of conv4_2_sep: its mean over the atlas"])
    let values = try #require(state.output?.plane(4).values)
    #expect(values.allSatisfy { $0 == 0.4 })
    try press(.right)
    #expect(state.core.patchNames == ["channel 4 of conv4_2_sep: times 2"])
  }

  @Test func theGridSortsByClassAndByHowUnusual() throws {
    var state = try state()
    _ = reduce(&state, .opened(.grid))
    while state.grid.order != .separation { _ = reduce(&state, .grid(.orderCycled)) }
    #expect(state.gridChannels.first == 127 && state.gridChannels.last == 9)
    _ = reduce(&state, .grid(.orderCycled))
    #expect(state.grid.order == .unusual)
    let scores = state.gridChannels.map { state.core.unusualness(of: $0) ?? 0 }
    #expect(scores.count == 128 && scores[0] > scores[127])
    #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(render(state).cells.text.contains("by how unusual they are here"))
  }

  @Test func channelsAreFoundByClass() throws {
    var state = try state()
    for character in "/tabby" {
      _ = reduce(&state, try #require(state.intent(for: .character(character))))
    }
    #expect(state.find.finds(state.core) == [.channels(.init(classIndex: 1))])
    #expect(render(state).cells.text.contains("channels for tabby cat"))
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.screen == .grid)
    // The layer with the channel that tells it best, and there only those for the class.
    #expect(state.layer.output.channels == 256 && state.channel == 255)
    #expect(state.gridChannels.first == 255 && state.gridChannels.allSatisfy { $0 % 2 == 1 })
    #expect(!state.gridChannels.contains(9) && state.gridChannels.count == 127)
    #expect(render(state).cells.text.contains("127 of 256 channels for tabby cat"))
    _ = reduce(&state, .grid(.moved(columns: 1, rows: 0)))
    #expect(state.channel == 253)
    _ = reduce(&state, .grid(.orderCycled))
    #expect(state.gridChannels.count == 256)
  }

  @Test func channelsAreFilteredByAnAreaThatIsTyped() throws {
    var state = try state(width: 100)
    func find(_ text: String) throws {
      for character in text {
        _ = reduce(&state, try #require(state.intent(for: .character(character))))
      }
    }
    func enter() throws { _ = reduce(&state, try #require(state.intent(for: .enter))) }
    // An area of 0.62 has channel 240 and what comes after it; the odd ones tell the cat.
    try find("/tabby 0.62")
    #expect(render(state).cells.text.contains("channels for tabby cat, AUC 0.62 and more"))
    try enter()
    #expect(state.gridChannels == Array(stride(from: 255, through: 241, by: -2)))
    #expect(render(state).cells.text.contains("8 of 256 channels for tabby cat, AUC 0.62 and more"))
    // Any class, in the layer that is looked at; in another none is as good.
    try find("/0.62")
    try enter()
    #expect(state.gridChannels == Array((240...255).reversed()))
    _ = reduce(&state, .layerSelected(0))
    #expect(
      render(state).cells.text.contains(
        "all, because none of 8 channels is for a class, AUC 0.62 and more"))
    try find("/fox 0.99")
    try enter()
    #expect(
      state.message == Message("No channel is for red fox, AUC 0.99 and more.", isError: true))
  }

  @Test func channelsOfAnotherNetworkThatGoWithAChannelAreListed() throws {
    var state = try state(width: 120, height: 40)
    state.otherAtlasPath = "other.atlas.safetensors"
    let asked = reduce(&state, .opened(.atlas)).questions(ChannelMatchesQuestion.self)
    let expected = ChannelMatchesQuestion(
      4, of: "conv4_2_sep", in: "atlases/mine.atlas.safetensors", among: "other.atlas.safetensors")
    #expect(asked == [expected])
    #expect(render(state).cells.text.contains("Comparing with the other network"))
    hear(
      ChannelMatches(
        network: "narrow", images: 1200,
        found: [
          .init(layer: "conv3_2_sep", channel: 17, correlation: 0.912),
          .init(layer: "conv4_1_dw", channel: 3, correlation: -0.25),
        ]), to: expected, on: &state)
    let text = render(state).cells.text
    #expect(text.contains("Channels of narrow that go with it, over"))
    #expect(text.contains("0.91 conv3_2_sep channel 17") && text.contains("-0.25 conv4_1_dw"))
    // Another channel is another question, and the first is kept.
    #expect(reduce(&state, .channelMoved(by: 1)).questions(ChannelMatchesQuestion.self).count == 1)
    #expect(reduce(&state, .channelMoved(by: -1)).questions(ChannelMatchesQuestion.self).isEmpty)
  }

  @Test func channelsForAClassTellItWellWhereAnyDo() {
    func channel(_ index: Int, _ area: Double) -> ChannelAtlas.Channel {
      ChannelAtlas.Channel(
        mean: 1, deviation: 1, zeroShare: 0, separates: (classIndex: index, area: area),
        strongest: [], top: [])
    }
    let atlas = ChannelAtlas(
      source: "atlas", resolution: 96, imageCount: 9, classes: ["fox", "cat"],
      layers: ["conv1": [channel(0, 0.95), channel(1, 0.7), channel(0, 0.6), channel(0, 0.9)]])
    func found(_ index: Int?, _ least: Double? = nil, of layer: String = "conv1") -> Set<Int> {
      atlas.channels(.init(classIndex: index, least: least), of: layer)
    }
    #expect(found(0) == [0, 3] && found(1) == [1] && found(0, of: "conv2").isEmpty)
    // What is typed is what is meant, also where nothing is as good.
    #expect(found(0, 0.95) == [0] && found(0, 0.5) == [0, 2, 3] && found(1, 0.9).isEmpty)
    #expect(found(nil, 0.7) == [0, 1, 3] && found(nil, 0.99).isEmpty)
  }

  /// A folder of folders is one, and its folders are the classes.
  @Test func theFolderThatIsOpenHoldsAllItsImages() {
    #expect(Album(["photos/cat/a.png", "photos/dog/b.png"]).commonFolder == "photos")
    #expect(Album(["/p/cat/x/a.png", "/p/cat/y/b.png"]).commonFolder == "/p/cat")
    #expect(Album(["/a.png", "/b/c.png"]).commonFolder == "/")
    #expect(Album(["a.png", "b.png"]).commonFolder == ".")
    #expect(Album(["cat/a.png"]).commonFolder == "cat")
    #expect(Album(["cat/a.png", "/elsewhere/b.png"]).commonFolder == "cat")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func theImagesOfAChannelStandBesideEachOtherAndOneIsOpened(size: (Int, Int)) throws {
    var state = try state(width: size.0, height: size.1, folder: "/photos")
    _ = reduce(&state, .opened(.atlas))
    // A large home screen has asked for some of them already.
    let examples = state[AtlasScreen.self].wants(state.core).compactMap {
      $0.base as? ExampleQuestion
    }
    #expect(examples.map(\.path) == ["/photos/fox/0.png", "/photos/fox/1.png"])
    for (number, question) in examples.enumerated() {
      let bytes = (0..<30 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 * (number + 2) / 9) }
      hear(Pixels(width: 30, height: 30, bytes: bytes), to: question, on: &state)
    }
    _ = reduce(&state, .atlas(.moved(by: 1)))
    let text = render(state).cells.text
    #expect(text.contains(" fox/0.png") && text.contains(" fox/1.png"))
    #expect(text.contains("In fox/1.png it is ") && text.contains("Over 1,234 images at 96"))
    let opened = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(opened.questions(PhotoQuestion.self).map(\.path) == ["/photos/fox/1.png"])
  }

  @Test func whatIsMissingIsSaid() throws {
    var state = try state(images: false)
    _ = reduce(&state, .opened(.atlas))
    #expect(render(state).cells.text.contains("keeps no images"))
    state = try self.state(folder: nil)
    _ = reduce(&state, .opened(.atlas))
    #expect(render(state).cells.text.contains("images are not found"))
    state = try Fixture.state(width: 80, height: 24)
    hear(.init(nil), to: AtlasQuestion(state.model, path: nil), on: &state)
    _ = reduce(&state, .opened(.atlas))
    #expect(render(state).cells.text.contains("There is no atlas of"))
  }

  @Test func anAtlasOfTheOpenFolderIsMadeOnTheScreenAndLookedAt() throws {
    var state = try state(images: false)
    state.album = Album(["/photos/a.png", "/photos/b.png"])
    _ = reduce(&state, .opened(.atlas))
    let asked = reduce(&state, try #require(state.intent(for: .character("Y"))))
    let question = AtlasMakingQuestion(state.model, folder: "/photos")
    #expect(asked == [.ask(question)])
    let partial = AtlasMakingQuestion.Answer(done: 1, total: 2)
    _ = reduce(&state, .answered(AnyQuestion(question), .partial(partial)))
    let words = render(state).cells.text.split(whereSeparator: \.isWhitespace)
    #expect(words.joined(separator: " ").contains("making an atlas of /photos: 1 of 2 images"))
    // Given up, it is not asked for any more.
    let stopped = reduce(&state, try #require(state.intent(for: .character("Y"))))
    #expect(stopped.cancelled == [AnyQuestion(question)])
    _ = reduce(&state, try #require(state.intent(for: .character("Y"))))
    let effects = hear(.init(done: 2, total: 2, path: "/made"), to: question, on: &state)
    #expect(effects == [.ask(AtlasQuestion(state.model, path: "/made"))])
    #expect(state.atlasPath == "/made")
  }

  /// A value's view of a photo is cut out of the network's input.
  @Test func anExampleIsWhatThePlaceSees() throws {
    let fixture = try Fixture.shared()
    let path = "Samples/Images/circle.png"
    let question = ExampleQuestion(path, fixture.model, resolution: 96, layer: 6, row: 3, column: 0)
    let example = try question.answer(fixture.researcher) { _ in }
    let field = fixture.model.fields[6]
    let whole = try Photo(path: path, for: fixture.model.value).prepared.pixels
    let (rows, columns) = (field.rows(3), field.columns(0))
    #expect((example.width, example.height) == (columns.count, rows.count))
    #expect(example[1, 2] == whole[columns.lowerBound + 1, rows.lowerBound + 2])
    #expect(
      example[example.width - 1, example.height - 1]
        == whole[columns.upperBound - 1, rows.upperBound - 1]
    )
  }
}
