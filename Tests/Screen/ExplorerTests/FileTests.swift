import Cells
import Foundation
import Images
import MobileNet
import Research
import Testing

@testable import Explorer

/// Other images, other weights, and what is saved.
@Suite struct FileTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    state.album = Album(["photos/a.png", "photos/b.png"])
    return state
  }

  /// Lets what is in the folder that was asked for arrive, which lies at `path`.
  @discardableResult
  private func list(
    _ entries: [FolderEntry], at path: String, _ asked: [Effect], _ state: inout ExplorerState
  ) throws -> [Effect] {
    let question = try #require(asked.questions(FolderQuestion.self).last)
    return hear(.init(folder: path, entries: entries), to: question, on: &state)
  }

  /// The folders that are asked for.
  private func folders(_ effects: [Effect]) -> [String] {
    effects.questions(FolderQuestion.self).map(\.path)
  }

  /// The files of which previews are asked for.
  private func previews(_ effects: [Effect]) -> [String] {
    effects.questions(PreviewQuestion.self).map(\.path)
  }

  /// The images that are asked for.
  private func photos(_ effects: [Effect]) -> [String] {
    effects.questions(PhotoQuestion.self).map(\.path)
  }

  /// The paths of which it is asked what lies there.
  private func paths(_ effects: [Effect]) -> [String] {
    effects.questions(PathQuestion.self).map(\.path)
  }

  private let entries = [
    FolderEntry(name: "..", path: "/", isFolder: true),
    FolderEntry(name: "birds", path: "/photos/birds", isFolder: true),
    FolderEntry(name: "cat.png", path: "/photos/cat.png", isFolder: false),
    FolderEntry(name: "fox.jpg", path: "/photos/fox.jpg", isFolder: false),
  ]

  @Test func imagesAreSteppedThroughAndEachKeepsItsPlace() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(4))
    #expect(reduce(&state, .albumMoved(by: -1)).isEmpty)
    #expect(state.message == Message("This is the first image."))
    let question = PhotoQuestion("photos/b.png", for: state.model)
    #expect(reduce(&state, .albumMoved(by: 1)) == [.ask(question)])

    let other = Numbered(state.photo.value, number: 7)
    #expect(
      hear(other, to: question, on: &state).contains(.ask(RunQuestion(state.model, other))))
    #expect(state.run == nil && state.album.path == "photos/b.png" && state.selection.layer == 4)
    _ = reduce(&state, .layerSelected(9))
    show(Numbered(other.value, number: 8), at: "photos/a.png", on: &state)
    #expect(state.selection.layer == 4)
  }

  /// Every press counts, and only the image where they end is read.
  @Test func heldKeysEndAtTheirLastImageAtOnce() throws {
    var state = try state()
    state.album = Album((0...200).map { "photos/\($0).png" })
    var asked: [AnyQuestion] = []
    for _ in 0..<150 {
      let effects = reduce(&state, .albumMoved(by: 1))
      #expect(effects.cancelled == asked)
      asked = effects.questions
    }
    let last = PhotoQuestion("photos/150.png", for: state.model)
    #expect(asked == [AnyQuestion(last)])
    #expect(state.message?.text == "opening photos/150.png …")
    // What was being read on the way is not shown.
    let photo = Numbered(state.photo.value, number: 7)
    hear(photo, to: PhotoQuestion("photos/1.png", for: state.model), on: &state)
    #expect(state.album.index == 0)
    hear(photo, to: last, on: &state)
    #expect(state.album.index == 150 && state.photo == photo && state.message == nil)
    // Back to where one is, nothing is to be read.
    _ = reduce(&state, .albumMoved(by: 1))
    let effects = reduce(&state, .albumMoved(by: -1))
    #expect(effects.questions.isEmpty && effects.cancelled.count == 1)
  }

  @Test func anImageThatCannotBeReadIsSaidAndSteppedOver() throws {
    var state = try state()
    state.album = Album(["a.png", "b.png", "c.png"])
    let question = PhotoQuestion("b.png", for: state.model)
    #expect(reduce(&state, .albumMoved(by: 1)) == [.ask(question)])
    #expect(fail(question, "b.png: damaged", on: &state) == [])
    #expect(state.message == Message("b.png: damaged", isError: true) && state.album.index == 0)
    #expect(photos(reduce(&state, .albumMoved(by: 1))) == ["c.png"])
  }

  @Test func anImageThatCannotBeReadIsSteppedOver() {
    var album = Album(["a.png", "b.png", "c.png"])
    album.skip("b.png")
    #expect(album.path(1) == "c.png")
    _ = album.go(to: "c.png", leaving: Selection())
    #expect(album.path(-1) == "a.png" && album.path(1) == nil)
  }

  @Test func theFilePickerListsFiltersPreviewsAndOpens() throws {
    var state = try state()
    var asked = reduce(&state, .open(.began(.image)))
    #expect(
      asked == [.ask(FolderQuestion("photos", for: .images)), .ask(RecentQuestion())])
    #expect(try list(entries, at: "/photos", asked, &state).isEmpty)
    #expect(state.intent(for: .character("q")) == .open(.typed("q")))
    #expect(previews(reduce(&state, .open(.typed("f")))) == ["/photos/fox.jpg"])
    #expect(photos(reduce(&state, .open(.chosen))) == ["/photos/fox.jpg"])
    // The picker stays until the image is there.
    let question = PhotoQuestion("/photos/fox.jpg", for: state.model)
    fail(question, "/photos/fox.jpg: damaged", on: &state)
    #expect(state.screen == .open && state.open.typed == "f" && state.message?.isError == true)
    _ = reduce(&state, .open(.chosen))
    hear(Numbered(state.photo.value, number: 9), to: question, on: &state)
    #expect(state.screen == .home && state.album.path == "/photos/fox.jpg")
    asked = reduce(&state, .open(.began(.image)))
    #expect(folders(asked) == ["photos"])
    try list(entries, at: "/photos", asked, &state)
    _ = reduce(&state, .open(.moved(by: -2)))
    let into = reduce(&state, .open(.chosen))
    #expect(folders(into) == ["/photos/birds"])
    // Until that is read the folder before is shown.
    #expect(state.shown == entries)
    try list([entries[0]], at: "/photos/birds", into, &state)
    #expect(state.shown == [entries[0]])
    #expect(folders(reduce(&state, .open(.erased))) == ["/photos/birds/.."])
  }

  @Test func whereThereIsRoomTheFolderUnderTheCursorIsSeenBeforeItIsEntered() throws {
    var state = try state(Size(width: 160, height: 50))
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    let asked = reduce(&state, .open(.moved(by: 1)))
    #expect(folders(asked) == ["/photos/birds"])
    let robin = FolderEntry(name: "robin.png", path: "/photos/birds/robin.png", isFolder: false)
    let found = try list([entries[0], robin], at: "/photos/birds", asked, &state)
    #expect(previews(found) == ["/photos/birds/robin.png"])
    #expect(render(state).cells.text.contains("images of birds"))
    // It was read already.
    #expect(folders(reduce(&state, .open(.chosen))).isEmpty)
    #expect(state.shown == [entries[0], robin])
  }

  /// The list has whole paths, and images are opened by any.
  @Test func theFilePickerBeginsAtTheShownImage() throws {
    var state = try state()
    state.album = Album(["photos/fox.jpg"])
    let folder = URL(fileURLWithPath: "photos").path
    let found = entries.map {
      FolderEntry(name: $0.name, path: "\(folder)/\($0.name)", isFolder: $0.isFolder)
    }
    try list(found, at: folder, reduce(&state, .open(.began(.image))), &state)
    #expect(state.selectedEntry?.name == "fox.jpg")
  }

  @Test func aFolderThatCouldNotBeReadIsAskedForAgain() throws {
    var state = try state(Size(width: 160, height: 50))
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    _ = reduce(&state, .open(.moved(by: 1)))
    let birds = FolderQuestion("/photos/birds", for: .images)
    fail(birds, "/photos/birds: cannot be read", on: &state)
    let asked = reduce(&state, .open(.chosen))
    #expect(folders(asked) == ["/photos/birds"])
    try list([entries[0]], at: "/photos/birds", asked, &state)
    #expect(state.shown == [entries[0]])
  }

  @Test func aFolderThatCannotBeReadLeavesTheOneThatIsShown() throws {
    var state = try state()
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    _ = reduce(&state, .open(.moved(by: 1)))
    let birds = FolderQuestion("/photos/birds", for: .images)
    #expect(folders(reduce(&state, .open(.chosen))) == ["/photos/birds"])
    fail(birds, "/photos/birds: cannot be read", on: &state)
    #expect(state.message?.text == "/photos/birds: cannot be read" && state.shown == entries)
  }

  /// A path dropped on the terminal is looked at first; a folder is shown in the picker.
  @Test func aDroppedFolderIsListedBesideTheImagesOpenedLast() throws {
    var state = try state()
    #expect(paths(reduce(&state, .pathDropped("/other"))) == ["/other"])
    let effects = hear(.folder(path: "/other"), to: PathQuestion("/other"), on: &state)
    #expect(state.screen == .open && folders(effects).contains("/other"))
    let old = FolderEntry(name: "/old/owl.png", path: "/old/owl.png", isFolder: false)
    #expect(effects.contains(.ask(RecentQuestion())))
    hear([old], to: RecentQuestion(), on: &state)
    _ = reduce(&state, try #require(state.intent(for: .tab)))
    #expect(state.shown == [old])
  }

  @Test func otherWeightsAreTakenAtAnotherResolution() throws {
    var state = try state()
    #expect(reduce(&state, .opened(.weights)) == [.ask(ChoicesQuestion())])
    let choices = ["wide", "thin"].map { WeightsChoice(name: $0, origin: "bundled") }
    let source = state.model.source
    func facts(_ effects: [Effect]) -> [String] {
      effects.questions(FactsQuestion.self).map(\.name)
    }
    // The weights that are used now are a file, so they are added; the cursor is on them.
    #expect(facts(hear(choices, to: ChoicesQuestion(), on: &state)) == [source])
    #expect(state.weights.choices(state.core)?.map(\.name) == ["wide", "thin", source])
    #expect(facts(reduce(&state, .weights(.moved(by: -1)))) == ["thin"])
    let problem = FactsQuestion.Answer.problem("thin: not a MobileNet v1")
    let side = state.model.resolution
    #expect(hear(problem, to: FactsQuestion("thin", at: side), on: &state).isEmpty)
    #expect(render(state).cells.text.contains("thin: not a MobileNet v1"))
    #expect(facts(reduce(&state, .weights(.moved(by: -9)))) == ["wide"])
    #expect(reduce(&state, .weights(.moved(by: 1))).isEmpty)
    // At another side the facts are others.
    let moved = reduce(&state, .weights(.resolutionMoved(by: 2))).questions(FactsQuestion.self)
    #expect(moved.map(\.name) == ["thin"] && moved.first?.resolution == 160)
    #expect(
      reduce(&state, .weights(.chosen)).contains(.ask(ModelQuestion("thin", resolution: 160))))
  }

  @Test func keysThatComeBeforeTheListOfWeightsCount() throws {
    var state = try state()
    _ = reduce(&state, .opened(.weights))
    for _ in 0..<2 { #expect(reduce(&state, .weights(.moved(by: -1))).isEmpty) }
    #expect(reduce(&state, .weights(.chosen)).isEmpty)
    #expect(state.screen == .weights)
    let choices = ["wide", "thin"].map { WeightsChoice(name: $0, origin: "bundled") }
    // Two lines above the weights that are used now.
    #expect(
      hear(choices, to: ChoicesQuestion(), on: &state).contains(
        .ask(ModelQuestion("wide", resolution: 96))))
    #expect(state.screen == .home)

    _ = reduce(&state, .opened(.weights))
    _ = reduce(&state, .weights(.chosen))
    #expect(reduce(&state, .wentBack).cancelled == [AnyQuestion(ChoicesQuestion())])
    _ = reduce(&state, .opened(.help))
    #expect(hear(choices, to: ChoicesQuestion(), on: &state).isEmpty)
    #expect(state.screen == .help)
  }

  @Test func aFolderThatIsNotAskedForAnyMoreIsNotShown() throws {
    var state = try state()
    try list([], at: "/photos", reduce(&state, .open(.began(.image))), &state)
    for character in "/nope/" { _ = reduce(&state, .open(.typed(character))) }
    // What the first slash asked for comes late.
    hear(.init(folder: "/", entries: entries), to: FolderQuestion("/", for: .images), on: &state)
    #expect(state.shown.isEmpty)
    hear(
      .init(folder: "/nope", entries: entries), to: FolderQuestion("/nope/", for: .images),
      on: &state)
    #expect(state.shown == Array(entries.dropFirst()))
  }

  @Test func aPathThatIsFoundAfterThePickerWasLeftOpensNothing() throws {
    var state = try state()
    _ = reduce(&state, .open(.began(.image)))
    for character in "/photos" { _ = reduce(&state, .open(.typed(character))) }
    #expect(paths(reduce(&state, .open(.chosen))) == ["/photos"])
    #expect(reduce(&state, .wentBack).cancelled.contains(AnyQuestion(PathQuestion("/photos"))))
    #expect(hear(.folder(path: "/photos"), to: PathQuestion("/photos"), on: &state).isEmpty)
    #expect(state.screen == .home)
  }

  @Test func theHelpTurnsPagesAndGoesToItsEnds() throws {
    var state = try state()
    _ = reduce(&state, .opened(.help))
    func press(_ key: Key) throws -> [String] {
      _ = reduce(&state, try #require(state.intent(for: key)))
      return render(state).cells.lines
    }
    let first = render(state).cells.lines
    #expect(try press(.pageDown) != first)
    let last = try press(.end)
    #expect(!last.contains { $0.contains("more below") })
    #expect(try press(.pageDown) == last)
    #expect(try press(.home) == first)
  }

  @Test func scrollingBeyondTheEndOfTheHelpIsNotRemembered() throws {
    var state = try state()
    _ = reduce(&state, .opened(.help))
    for _ in 0..<40 { _ = reduce(&state, .help(.scrolled(by: 10))) }
    let end = render(state).cells.text
    _ = reduce(&state, .help(.scrolled(by: -1)))
    #expect(render(state).cells.text != end)
  }

  @Test func weightsAreTakenFromAFile() throws {
    var state = try state()
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .opened(.weights))
    hear([.init(name: "wide", origin: "bundled")], to: ChoicesQuestion(), on: &state)
    // The line below the last checkpoint is the one for files.
    _ = reduce(&state, .weights(.moved(by: 9)))
    let asked = reduce(&state, .weights(.chosen))
    #expect(asked.contains(.ask(FolderQuestion(".", for: .checkpoints))))
    let file = FolderEntry(name: "my.onnx", path: "/models/my.onnx", isFolder: false)
    #expect(previews(try list([file], at: "/models", asked, &state)) == ["/models/my.onnx"])
    hear(
      .problem("/models/my.onnx: not a MobileNet v1"),
      to: PreviewQuestion("/models/my.onnx", .checkpoints), on: &state)
    #expect(render(state).cells.text.contains("not a MobileNet v1"))
    let question = ModelQuestion("/models/my.onnx", resolution: nil)
    #expect(reduce(&state, .open(.chosen)).contains(.ask(question)))
    fail(question, "/models/my.onnx: not a MobileNet v1", on: &state)
    #expect(state.screen == .open)
    _ = reduce(&state, .open(.chosen))
    let other = Model(
      checkpoint: state.model.checkpoint, source: "/models/my.onnx", resolution: 96)
    try take(Numbered(other, number: 9), question, state.photo, &state)
    #expect(state.screen == .home && state.model.number == 9)
    // Images are looked for where images were, weights where those in use lie.
    #expect(folders(reduce(&state, .open(.began(.image)))) == ["photos"])
    _ = reduce(&state, .wentBack)
    let again = reduce(&state, .open(.began(.weights(resolution: nil))))
    #expect(again.contains(.ask(FolderQuestion("/models", for: .checkpoints))))
    let another = FolderEntry(name: "a.onnx", path: "/models/a.onnx", isFolder: false)
    try list([another, file], at: "/models", again, &state)
    #expect(state[OpenScreen.self].selected(state.core) == file)
  }

  /// Lets weights that were asked for arrive, and the photo for them.
  private func take(
    _ model: Numbered<Model>, _ question: ModelQuestion, _ photo: Numbered<Photo>,
    _ state: inout ExplorerState
  ) throws {
    let effects = hear(model, to: question, on: &state)
    let wanted = try #require(effects.questions(PhotoQuestion.self).first)
    #expect(wanted.model == model)
    hear(photo, to: wanted, on: &state)
  }

  @Test func anAnswerForOtherWeightsComesTooLate() throws {
    var state = try state()
    let before = RunQuestion(state.model, state.photo)
    let run = RunQuestion.Answer(milliseconds: [], run: state.run)
    let other = Numbered(Model(checkpoint: state.model.checkpoint, resolution: 64), number: 5)
    _ = reduce(&state, .weightsAsked("other", resolution: 64))
    try take(other, ModelQuestion("other", resolution: 64), state.photo, &state)
    #expect(state.run == nil)
    hear(run, to: before, on: &state)
    #expect(state.run == nil)
  }

  @Test func otherWeightsLeaveNoChannelChosenInAnyImage() throws {
    var state = try state()
    _ = reduce(&state, .layerMoved(by: 5))
    let layer = state.layer.name
    _ = reduce(&state, .channelMoved(by: 1))
    #expect(state.selection.chosenChannels[layer] != nil)
    let photo = state.photo
    show(photo, at: "photos/b.png", on: &state)
    let second = Numbered(Model(checkpoint: state.model.checkpoint, resolution: 64), number: 5)
    _ = reduce(&state, .weightsAsked("other", resolution: 64))
    try take(second, ModelQuestion("other", resolution: 64), photo, &state)
    show(photo, at: "photos/a.png", on: &state)
    #expect(state.layer.name == layer && state.selection.chosenChannels.isEmpty)
  }

  @Test func photosAndWeightsThatArriveTogetherFitEachOther() throws {
    var state = try state()
    let photo = state.photo
    let second = Numbered(Model(checkpoint: state.model.checkpoint, resolution: 64), number: 5)
    let weights = ModelQuestion("other", resolution: 64)
    // The weights come while a photo is read for those before: it is read for them instead.
    #expect(photos(reduce(&state, .albumMoved(by: 1))) == ["photos/b.png"])
    #expect(reduce(&state, .weightsAsked("other", resolution: 64)) == [.ask(weights)])
    let first = PhotoQuestion("photos/b.png", for: state.model)
    let effects = hear(second, to: weights, on: &state)
    #expect(effects.cancelled == [AnyQuestion(first)])
    let next = PhotoQuestion("photos/b.png", for: second)
    #expect(effects.questions == [AnyQuestion(next)])
    hear(photo, to: next, on: &state)
    #expect(state.model == second && state.album.path == "photos/b.png")
    // Another photo is asked for while one is read for other weights.
    let third = Numbered(second.value, number: 6)
    _ = reduce(&state, .weightsAsked("other", resolution: 64))
    #expect(photos(hear(third, to: weights, on: &state)) == ["photos/b.png"])
    #expect(photos(reduce(&state, .albumMoved(by: -1))) == ["photos/a.png"])
    hear(photo, to: PhotoQuestion("photos/a.png", for: third), on: &state)
    #expect(state.model == third && state.album.path == "photos/a.png")
  }

  /// `state` after it was written to a file and opened again, its network run and asked.
  private func reopened(_ state: ExplorerState) throws -> ExplorerState {
    let saved = try JSONDecoder().decode(
      SavedSession.self, from: JSONEncoder().encode(SavedSession(state)))
    let fixture = try Fixture.shared()
    var restored = ExplorerState(
      size: state.size, model: fixture.model, photo: fixture.photo, album: state.album)
    saved.restore(&restored)
    #expect(restored.message == nil)
    try Fixture.perform(reduce(&restored, .started), on: &restored)
    return restored
  }

  @Test func aSessionOpensExactlyAsItWasSaved() throws {
    var state = try state(Size(width: 120, height: 40))
    func act(_ intents: Intent...) throws {
      for intent in intents { try Fixture.perform(reduce(&state, intent), on: &state) }
    }
    try act(
      .layerSelected(8), .channelSelected(9), .layerSelected(10), .channelSelected(17),
      .grid(.marked), .channelSelected(21), .grid(.marked), .grid(.resized(by: 1)),
      .patched(Patch(layer: 20, part: .channels([2, 3]))),
      .patched(Patch(layer: 22, part: .area(rows: 1..<3, columns: 0..<2))),
      .patched(Patch(layer: 12, part: .whole)),
      .patchChanged(at: 2, Patch(layer: 12, part: .whole, change: .scaled(by: 1.5))),
      .patchChanged(
        at: 1, Patch(layer: 22, part: .area(rows: 1..<3, columns: 0..<2), change: .clamped(0...2))),
      .classChosen(3), .evidence(.rivalCycled), .evidence(.pointed(x: 1, y: 2)),
      .colorMapCycled, .curveCycled, .rangeCycled, .rangeCycled, .opened(.grid),
      .grid(.orderCycled), .opened(.kernels), .kernels(.moved(by: 2)),
      .kernels(.wentTowardsPixels), .kernels(.orderCycled), .opened(.lesson),
      .lesson(.topicSelected(.field)), .lesson(.stepped(by: 2)), .opened(.compare),
      .compare(.tabMoved(by: 1)), .compare(.costCycled), .compare(.moved(x: -3, y: 0)),
      .opened(.zoom), .cellPointed(x: 3, y: 5), .areaSwitched,
      .cellPointed(x: 2, y: 7), .zoom(.sumsSwitched))
    for screen in ScreenID.allCases where !screen.type.isMenu {
      if screen == .beside {
        try act(.beside(.began(.photo(path: "photos/b.png"))))
      } else {
        try act(.opened(screen))
      }
      // What was said about a key is not a part of the session.
      _ = reduce(&state, News.keyPressed)
      let restored = try reopened(state)
      #expect(restored.screens == state.screens)
      #expect(restored.patches == state.patches)
      #expect(restored.run?.trace.predictions() == state.run?.trace.predictions())
      #expect(restored.selection == state.selection && restored.view == state.view)
      #expect(
        restored.grid.marks == state.grid.marks && restored.cursor.corner == state.cursor.corner)
      #expect(restored.lesson.topic == state.lesson.topic)
      #expect(render(restored).cells.lines == render(state).cells.lines, "\(screen)")
      #expect(render(restored).cells == render(state).cells, "\(screen)")
    }
  }

  @Test func aSessionThatAsksForWhatIsNotThereIsOpenedWithoutIt() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .channelSelected(17))
    _ = reduce(&state, .cellPointed(x: 0, y: 0))
    var text = String(decoding: try JSONEncoder().encode(SavedSession(state)), as: UTF8.self)
    for (name, value) in [
      ("\"conv4_1_sep\":17", "\"conv4_1_sep\":999,\"nothing\":3"),
      ("[\"home\"]", "[\"open\",\"sky\"]"),
      ("\"range\":\"channel\"", "\"range\":\"far\""),
      ("\"curve\":\"linear\"", "\"curve\":\"steep\""),
      ("\"colorMap\":\"viridis\"", "\"colorMap\":\"rainbow\""),
      ("\"gridOrder\":\"index\"", "\"gridOrder\":\"age\""),
      ("\"kernelOrder\":\"what it adds\"", "\"kernelOrder\":\"taste\""),
      ("\"topic\":\"cell\"", "\"topic\":\"weather\""),
      ("\"lessonLayer\":\"conv1\"", "\"lessonLayer\":\"conv0\""),
      ("\"comparison\":\"table\"", "\"comparison\":\"song\""),
      ("\"comparisonCost\":\"multiply-adds\"", "\"comparisonCost\":\"money\""),
      ("\"cell\":[0,0]", "\"cell\":[-1,900000]"),
      (
        "\"switchedOff\":[]",
        "\"switchedOff\":[{\"layer\":\"conv1\",\"channels\":[-1,8]},{\"layer\":\"conv1\","
          + "\"rows\":[5,2],\"columns\":[0,99999]},{\"layer\":\"fc7\",\"channels\":[0]},"
          + "{\"layer\":\"conv1\"}]"
      ),
    ] {
      #expect(text.contains(name), "\(text)")
      text = text.replacingOccurrences(of: name, with: value)
    }
    let saved = try JSONDecoder().decode(SavedSession.self, from: Data(text.utf8))
    var restored = try self.state()
    saved.restore(&restored)
    #expect(restored.patches.isEmpty && restored.screens == [.home])
    #expect(!restored.cursor.isPlaced && restored.selection.layer == 10)
    // And what is left out is said.
    #expect(
      restored.message?.text == "Not restored, for there is no such thing here: "
        + "scale far; curve steep; colour map rainbow; channel 999 of conv4_1_sep; channel 3 of nothing; cell -1,900000; "
        + "order of channels age; order of weights taste; topic weather; a lesson on conv0; "
        + "comparison song; cost money; what was off in conv1; "
        + "what was off in conv1; what was off in fc7; what was off in conv1; "
        + "the screens \"open, sky\".")
    #expect(render(restored).cells.size == restored.size)
  }

  @Test(arguments: [
    ("\"lessonStep\":0", "\"lessonStep\":\(Int.max)", "a lesson's step \(Int.max)", "l"),
    ("\"kernelCursor\":0", "\"kernelCursor\":\(Int.max)", "weight \(Int.max)", "K"),
    (
      "\"evidenceCell\":[0,0]", "\"evidenceCell\":[\(Int.max),\(Int.max)]",
      "place \(Int.max),\(Int.max)", "e"
    ),
    ("\"marks\":{}", "\"marks\":{},\"corner\":[1,1]", "an area", "g"),
    ("\"marks\":{}", "\"marks\":{},\"thumbnailWidth\":-4", "a thumbnail's width", "g"),
    (
      "\"marks\":{}",
      "\"marks\":{},\"compared\":{\"weights\":\"mobilenet-0.5\",\"resolution\":0}",
      "mobilenet-0.5 at 0", "c"
    ),
    (
      "\"places\":",
      "\"beside\":{\"rank\":0,\"network\":{\"weights\":\"narrow\",\"resolution\":-32}},\"places\":",
      "narrow at -32", "v"
    ),
    (
      "\"places\":", "\"beside\":{\"rank\":\(Int.max),\"photo\":\"b.png\"},\"places\":",
      "rank \(Int.max)", "v"
    ),
    ("[\"home\"]", "[\"home\",\"banana\"]", "the screen \"banana\"", "g"),
    ("[\"home\"]", "[\"home\",\"beside\"]", "the screen \"beside\"", "g"),
  ])
  func aNumberThatFitsNothingIsNotRestored(
    name: String, value: String, missing: String, key: Character
  ) throws {
    var state = try state()
    _ = reduce(&state, .evidence(.pointed(x: 0, y: 0)))
    var text = String(decoding: try JSONEncoder().encode(SavedSession(state)), as: UTF8.self)
    #expect(text.contains(name), "\(text)")
    text = text.replacingOccurrences(of: name, with: value)
    let saved = try JSONDecoder().decode(SavedSession.self, from: Data(text.utf8))
    var restored = try self.state()
    saved.restore(&restored)
    #expect(
      restored.message?.text == "Not restored, for there is no such thing here: \(missing).")
    // Nothing overflows where somebody goes on from there.
    for pressed in [Key.character(key), .down, .right, .up, .left] {
      if let action = restored.intent(for: pressed) { _ = reduce(&restored, action) }
      #expect(render(restored).cells.size == restored.size)
    }
  }

  @Test(arguments: [
    ("/a/cat.png", "/a/cat.png"), ("  /a/cat.png\n", "/a/cat.png"),
    ("'/a/my cat.png'", "/a/my cat.png"), ("\"/a/my cat.png\" ", "/a/my cat.png"),
    ("/a/my\\ cat\\ \\(2\\).png", "/a/my cat (2).png"), ("'/a/it'\\''s.png'", "/a/it's.png"),
    ("file:///a/my%20cat.png", "/a/my cat.png"), ("~/cat.png", "~/cat.png"),
    ("../cat.png", "../cat.png"), ("cat", nil), ("'cat'", nil), ("", nil), ("/a\n/b", nil),
  ])
  func aPathIsKnownHoweverATerminalPastesIt(text: String, path: String?) {
    #expect(PastedPath.path(in: text) == path)
  }

  @Test func whatIsPastedIsOpenedOrTyped() throws {
    var state = try state()
    #expect(state.intents(pasting: "'/a/my cat.png'") == [.pathDropped("/a/my cat.png")])
    #expect(state.intents(pasting: "cat") == [])
    func drop(_ path: String, _ kind: PathQuestion.Answer) -> [Effect] {
      #expect(paths(reduce(&state, .pathDropped(path))) == [path])
      return hear(kind, to: PathQuestion(path), on: &state)
    }
    #expect(photos(drop("/a/cat.png", .file(path: "/a/cat.png"))) == ["/a/cat.png"])
    #expect(state.screen == .home)
    #expect(folders(drop("/a", .folder(path: "/a"))).contains("/a"))
    #expect(state.screen == .open)
    #expect(state.intents(pasting: "/b") == [.open(.pasted(path: "/b"))])
    _ = reduce(&state, .wentBack)
    let weights = ModelQuestion("/w.h5", resolution: nil)
    #expect(drop("/w.h5", .checkpoint(path: "/w.h5")).contains(.ask(weights)))
    // Where a person types, text is typed, and a path only means one to the picker.
    _ = reduce(&state, .find(.began("")))
    #expect(
      state.intents(pasting: "/a\n") == [.find(.typed("/")), .find(.typed("a"))])
  }

  @Test func aTypedPathIsReadFolderByFolder() throws {
    var state = try state()
    func begin() throws {
      try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    }
    func type(_ text: String) -> [Effect] {
      text.flatMap { reduce(&state, .open(.typed($0))) }
    }
    try begin()
    var asked = type("birds/")
    #expect(folders(asked) == ["/photos/birds/"])
    let owl = FolderEntry(name: "owl.png", path: "/photos/birds/owl.png", isFolder: false)
    let above = FolderEntry(name: "..", path: "/photos", isFolder: true)
    // Enter means the folder itself, and the first step down its first file.
    #expect(previews(try list([above, owl], at: "/photos/birds", asked, &state)) == [])
    #expect(state.selectedEntry == nil)
    #expect(paths(reduce(&state, .open(.chosen))) == ["/photos/birds/"])
    #expect(previews(reduce(&state, .open(.moved(by: 1)))) == [owl.path])
    // Somebody who types a way down does not mean the way up.
    #expect(state.shown == [owl])
    _ = type("ow")
    #expect(state.selectedEntry == owl)
    #expect(photos(reduce(&state, .open(.chosen))) == [owl.path])
    // And begins there next time.
    _ = reduce(&state, .wentBack)
    #expect(folders(reduce(&state, .open(.began(.image)))) == ["/photos/birds/"])

    state = try self.state()
    try begin()
    asked = type("~/x")
    #expect(folders(asked) == ["/photos/~", "~/"] || folders(asked).last == "~/")
    // What is not in the list may be there all the same.
    try list([], at: "/home/me", asked, &state)
    #expect(paths(reduce(&state, .open(.chosen))) == ["~/x"])
    for _ in 0..<3 { _ = reduce(&state, .open(.erased)) }
    #expect(state.shown == entries)

    // As a terminal types in the path of a file that is dropped on it.
    asked = type("/my\\ photos/a\\ b")
    #expect(folders(asked).last == "/my photos/")
    let spaced = FolderEntry(name: "a b.png", path: "/my photos/a b.png", isFolder: false)
    try list([spaced], at: "/my photos", asked, &state)
    #expect(state.selectedEntry == spaced)

    // A whole path is listed once, and the cursor is on its name.
    state = try self.state()
    try begin()
    asked = reduce(&state, .open(.pasted(path: "/b/cat.png")))
    #expect(folders(asked) == ["/b/"])
    let others = ["bobcat.png", "cat.png"].map {
      FolderEntry(name: $0, path: "/b/\($0)", isFolder: false)
    }
    try list(others, at: "/b", asked, &state)
    #expect(state.selectedEntry == others[1])
  }

  @Test func tabCompletesWhatIsTypedAndGoesOnWhereItCannot() throws {
    var state = try state()
    let names = ["birds", "holiday 1.png", "Holiday 2.png", "old_holiday.png"]
    let files = names.dropFirst().map {
      FolderEntry(name: $0, path: "/photos/\($0)", isFolder: false)
    }
    let all = entries.filter(\.isFolder) + files
    func begin() throws {
      state = try self.state()
      try list(all, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    }
    func press(_ text: String) throws -> [Effect] {
      try text.flatMap { character in
        let key = character == "\t" ? Key.tab : .character(character)
        return reduce(&state, try #require(state.intent(for: key)))
      }
    }
    try begin()
    // As far as the names that begin so agree; then the cursor goes on among them, and round.
    #expect(previews(try press("HO\t")).contains(files[0].path))
    #expect(state.open.typed == "holiday " && state.selectedEntry == files[0])
    for file in [files[1], files[0]] {
      _ = try press("\t")
      #expect(state.open.typed == "holiday " && state.selectedEntry == file)
    }
    _ = try press("2\t")
    #expect(state.open.typed == "Holiday 2.png")
    #expect(photos(reduce(&state, .open(.chosen))) == [files[1].path])

    // A name in which it only occurs, a folder, what lies in that, and a backslash in a name.
    try begin()
    _ = try press("d_\t")
    #expect(state.open.typed == "old_holiday.png")
    for _ in state.open.typed { _ = reduce(&state, .open(.erased)) }
    let asked = try press("bi\t")
    #expect(folders(asked) == ["/photos/birds/"] && state.open.typed == "birds/")
    let odd = FolderEntry(name: "a\\b.png", path: "/photos/birds/a\\b.png", isFolder: false)
    try list([odd], at: "/photos/birds", asked, &state)
    #expect(previews(try press("\t")) == [odd.path])
    #expect(state.open.typed == "birds/a\\\\b.png" && state.selectedEntry == odd)
    // What begins nothing stays as it was typed.
    _ = try press("x\t")
    #expect(state.open.typed == "birds/a\\\\b.pngx")
    for _ in state.open.typed { _ = reduce(&state, .open(.erased)) }
    #expect(folders(try press("~\t")).last == "~/" && state.open.typed == "~/")
  }

  @Test func whatIsCopiedAreTheNumbersUnderTheCursorOfTheScreen() throws {
    var state = try state()
    func expectCopied(_ numbers: String) {
      #expect(
        reduce(&state, .copied) == [.copy("synthetic 96 gradient.png \(numbers)")])
    }
    _ = reduce(&state, .channelSelected(2))
    let plane = try #require(state.output).plane(2)
    let own = plane.statistics
    expectCopied(
      "conv1 channel 2: mean \(own.mean) max \(own.maximum) zero \(own.zeroShare)")
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .cellPointed(x: 3, y: 5))
    expectCopied("conv1 channel 2 row 5 column 3: \(plane[5, 3])")

    _ = reduce(&state, .opened(.evidence))
    _ = reduce(&state, .evidence(.pointed(x: 1, y: 2)))
    let trace = try #require(state.run).trace
    let index = try #require(state.selectedClass)
    let evidence = try #require(
      Evidence(trace, checkpoint: state.model.checkpoint, classIndex: index))
    expectCopied(
      "\(state.model.checkpoint.label(index)) row 2 column 1: \(evidence.places[2, 1]) of "
        + "\(Target.logit(index).value(of: trace.output(at: 28)))")

    _ = reduce(&state, .evidence(.kernelsOpened))
    let input = try #require(state.contributions?.entries.first)
    expectCopied(
      "fc7 channel \(index) input \(input.channel): weight \(input.weight) mean \(input.mean) "
        + "adds \(input.contribution)")
  }

  @Test func imagesOpenedLastAreRememberedAndListed() throws {
    var state = try state()
    let photo = Numbered(state.photo.value, number: 7)
    #expect(show(photo, at: "photos/b.png", on: &state).contains(.remember(path: "photos/b.png")))
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    let old = FolderEntry(name: "/old/owl.png", path: "/old/owl.png", isFolder: false)
    hear([old], to: RecentQuestion(), on: &state)
    #expect(state.shown == entries)
    #expect(previews(reduce(&state, try #require(state.intent(for: .tab)))) == ["/old/owl.png"])
    #expect(state.shown == [old])
    _ = reduce(&state, .open(.erased))
    #expect(state.shown == entries)
  }

  @Test func whatIsTypedBeforeAFolderIsReadFiltersIt() throws {
    var state = try state()
    let asked = reduce(&state, .open(.began(.image)))
    _ = reduce(&state, .open(.typed("f")))
    #expect(previews(try list(entries, at: "/photos", asked, &state)) == ["/photos/fox.jpg"])
    #expect(state.shown.map(\.name) == ["fox.jpg"])
  }

  @Test func previewsOfALargeFolderDoNotFillTheMemory() throws {
    var answers = Answers()
    for number in 0..<1000 {
      let question = PreviewQuestion("\(number).png", .images)
      _ = answers.want([AnyQuestion(question)])
      _ = answers.keep(only: [AnyQuestion(question)], model: nil)
      let problem = PreviewQuestion.Answer.problem("none")
      let isTaken = answers.take(.whole(problem), to: AnyQuestion(question))
      #expect(isTaken)
    }
    let kept = (0..<1000).filter { answers[PreviewQuestion("\($0).png", .images)] != nil }
    #expect(kept.count <= 257 && kept.last == 999 && kept.count > 64)
  }

  @Test(arguments: ScreenTests.sizes)
  func pickersAndMenu(size: Size) throws {
    var state = try state(size)
    try list(entries, at: "/photos", reduce(&state, .open(.began(.image))), &state)
    _ = reduce(&state, .open(.moved(by: 2)))
    hear(
      .picture(state.photo.pixels, width: 120, height: 80),
      to: PreviewQuestion("/photos/cat.png", .images), on: &state)
    try expectScreen(state, "open-\(size.width)x\(size.height)")
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .opened(.weights))
    let name = "mobilenet-1.0"
    hear([.init(name: name, origin: "bundled")], to: ChoicesQuestion(), on: &state)
    _ = reduce(&state, .weights(.moved(by: -1)))
    hear(
      .known([
        .init(name: "width", value: "1", source: "its layers"),
        .init(name: "preprocessing", value: "RGB, (x − 127.5) · 0.00784, middle 87.5 %"),
        .init(name: "", value: ""),
      ]), to: FactsQuestion(name, at: state.model.resolution), on: &state)
    // An empty line between facts is no sentence.
    #expect(state[WeightsScreen.self].sentences(state.core).allSatisfy { $0.count > 3 })
    try expectScreen(state, "weights-\(size.width)x\(size.height)")
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .opened(.save))
    try expectScreen(state, "save-\(size.width)x\(size.height)")
  }
}
