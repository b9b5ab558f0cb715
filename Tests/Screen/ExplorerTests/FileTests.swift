import Cells
import Foundation
import Images
import MobileNet
import Testing

@testable import Explorer

/// Other images, other weights, and what is saved.
@Suite struct FileTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    state.album = Album(["photos/a.png", "photos/b.png"])
    return state
  }

  private let entries = [
    OpenState.Entry(name: "..", path: "/", isFolder: true),
    OpenState.Entry(name: "birds", path: "/photos/birds", isFolder: true),
    OpenState.Entry(name: "cat.png", path: "/photos/cat.png", isFolder: false),
    OpenState.Entry(name: "fox.jpg", path: "/photos/fox.jpg", isFolder: false),
  ]

  @Test func imagesAreSteppedThroughAndEachKeepsItsPlace() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(4))
    #expect(reduce(&state, .albumMoved(by: -1)).isEmpty)
    #expect(state.message == Message("This is the first image."))
    #expect(
      reduce(&state, .albumMoved(by: 1)) == [.openPhoto(path: "photos/b.png", state.model)])

    let other = Numbered(state.photo.value, number: 7)
    #expect(
      reduce(&state, .photoOpened(path: "photos/b.png", other, model: state.model.number)).first
        == .infer(state.model, other))
    #expect(state.run == nil && state.album.path == "photos/b.png" && state.place.layer == 4)
    _ = reduce(&state, .layerSelected(9))
    _ = reduce(
      &state,
      .photoOpened(
        path: "photos/a.png", Numbered(other.value, number: 8), model: state.model.number))
    #expect(state.place.layer == 4)
  }

  @Test func anImageThatCannotBeReadIsSteppedOver() {
    var album = Album(["a.png", "b.png", "c.png"])
    album.skip("b.png")
    #expect(album.path(1) == "c.png")
    _ = album.go(to: "c.png", leaving: Place())
    #expect(album.path(-1) == "a.png" && album.path(1) == nil)
  }

  @Test func theFilePickerListsFiltersPreviewsAndOpens() throws {
    var state = try state()
    #expect(reduce(&state, .open(.begun)) == [.list(folder: "photos"), .recall])
    #expect(reduce(&state, .open(.listed(folder: "/photos", entries))).isEmpty)
    #expect(state.action(for: .character("q")) == .open(.typed("q")))
    #expect(reduce(&state, .open(.typed("f"))) == [.preview(path: "/photos/fox.jpg")])
    let problem = OpenState.Preview.problem("/photos/fox.jpg: not a picture")
    _ = reduce(&state, .open(.previewed(path: "/photos/fox.jpg", problem)))
    #expect(
      reduce(&state, .open(.chosen)) == [.openPhoto(path: "/photos/fox.jpg", state.model)])
    // The picker stays until the image is there.
    _ = reduce(&state, .photoFailed(path: "/photos/fox.jpg", reason: "/photos/fox.jpg: damaged"))
    #expect(state.screen == .open && state.open.typed == "f" && state.message?.isError == true)
    _ = reduce(&state, .open(.chosen))
    let fox = Numbered(state.photo.value, number: 9)
    _ = reduce(&state, .photoOpened(path: "/photos/fox.jpg", fox, model: state.model.number))
    #expect(state.screen == .home)
    #expect(reduce(&state, .open(.begun)) == [.list(folder: "/photos"), .recall])
    _ = reduce(&state, .open(.moved(by: 1)))
    #expect(reduce(&state, .open(.chosen)) == [.list(folder: "/photos/birds")])
    #expect(reduce(&state, .open(.erased)) == [.list(folder: "/photos/..")])
  }

  @Test func otherWeightsAreTakenAtAnotherResolution() throws {
    var state = try state()
    #expect(reduce(&state, .weights(.begun)) == [.listWeights])
    let choices = ["wide", "thin"].map { WeightsState.Choice(name: $0, origin: "bundled") }
    let source = state.model.source
    // The weights that are used now are a file, so they are added; the cursor is on them.
    #expect(reduce(&state, .weights(.listed(choices))) == [.inspectWeights(name: source)])
    #expect(state.weights.choices.map(\.name) == ["wide", "thin", source])
    #expect(reduce(&state, .weights(.moved(by: -1))) == [.inspectWeights(name: "thin")])
    let problem = WeightsState.Facts.problem("thin: not a MobileNet v1")
    #expect(reduce(&state, .weights(.inspected(name: "thin", problem))).isEmpty)
    #expect(state.weights.facts == ["thin": problem])
    #expect(reduce(&state, .weights(.moved(by: -9))) == [.inspectWeights(name: "wide")])
    #expect(reduce(&state, .weights(.moved(by: 1))).isEmpty)
    _ = reduce(&state, .weights(.resolutionMoved(by: 2)))
    #expect(
      reduce(&state, .weights(.chosen)) == [
        .openWeights(
          name: "thin", resolution: 160, photo: state.photo, path: "photos/a.png")
      ])
  }

  @Test func keysThatComeBeforeTheListOfWeightsCount() throws {
    var state = try state()
    _ = reduce(&state, .weights(.begun))
    for _ in 0..<2 { #expect(reduce(&state, .weights(.moved(by: -1))).isEmpty) }
    #expect(reduce(&state, .weights(.chosen)).isEmpty)
    #expect(state.screen == .weights)
    let choices = ["wide", "thin"].map { WeightsState.Choice(name: $0, origin: "bundled") }
    // Two lines above the weights that are used now.
    #expect(
      reduce(&state, .weights(.listed(choices))) == [
        .openWeights(name: "wide", resolution: 96, photo: state.photo, path: "photos/a.png")
      ])
    #expect(state.screen == .home)

    _ = reduce(&state, .weights(.begun))
    _ = reduce(&state, .weights(.chosen))
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .opened(.help))
    #expect(
      reduce(&state, .weights(.listed(choices))) == [
        .inspectWeights(name: state.model.source)
      ])
    #expect(state.screen == .help)
  }

  @Test func aFolderThatIsNotAskedForAnyMoreIsNotShown() throws {
    var state = try state()
    _ = reduce(&state, .open(.begun))
    for character in "/nope/" { _ = reduce(&state, .open(.typed(character))) }
    // What the first slash asked for comes late.
    _ = reduce(&state, .open(.listed(folder: "/", entries)))
    #expect(state.open.entries.isEmpty)
    _ = reduce(&state, .open(.listed(folder: "/nope", entries)))
    #expect(state.open.entries == entries)
  }

  @Test func aPathThatIsFoundAfterThePickerWasLeftOpensNothing() throws {
    var state = try state()
    _ = reduce(&state, .open(.begun))
    for character in "/photos" { _ = reduce(&state, .open(.typed(character))) }
    #expect(reduce(&state, .open(.chosen)) == [.resolve(path: "/photos")])
    _ = reduce(&state, .wentBack)
    #expect(reduce(&state, .open(.resolved(path: "/photos", .folder))).isEmpty)
    #expect(state.screen == .home)
    // One that was dropped on another screen does.
    #expect(reduce(&state, .open(.pasted(path: "/photos"))) == [.resolve(path: "/photos")])
    _ = reduce(&state, .open(.resolved(path: "/photos", .folder)))
    #expect(state.screen == .open)
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
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .weights(.begun))
    _ = reduce(&state, .weights(.listed([.init(name: "wide", origin: "bundled")])))
    // The line below the last checkpoint is the one for files.
    _ = reduce(&state, .weights(.moved(by: 9)))
    #expect(reduce(&state, .weights(.chosen)) == [.list(folder: ".", for: .weights)])
    let file = OpenState.Entry(name: "my.onnx", path: "/models/my.onnx", isFolder: false)
    #expect(
      reduce(&state, .open(.listed(folder: "/models", [file])))
        == [.preview(path: "/models/my.onnx", for: .weights)])
    let problem = OpenState.Preview.problem("/models/my.onnx: not a MobileNet v1")
    _ = reduce(&state, .open(.previewed(path: "/models/my.onnx", problem)))
    #expect(render(state).cells.text.contains("not a MobileNet v1"))
    #expect(
      reduce(&state, .open(.chosen)) == [
        .openWeights(
          name: "/models/my.onnx", resolution: nil, photo: state.photo, path: "photos/a.png")
      ])
    _ = reduce(&state, .failed("/models/my.onnx: not a MobileNet v1"))
    #expect(state.screen == .open)
    let model = Numbered(state.model.value, number: 9)
    _ = reduce(&state, .weightsOpened(model, state.photo, path: "photos/a.png"))
    #expect(state.screen == .home)
    // Images are looked for where images were.
    #expect(reduce(&state, .open(.begun)) == [.list(folder: "photos"), .recall])
  }

  @Test func anAnswerForOtherWeightsComesTooLate() throws {
    var state = try state()
    let run = state.run
    let other = Numbered(Model(checkpoint: state.model.checkpoint, resolution: 64), number: 5)
    _ = reduce(&state, .weightsOpened(other, state.photo, path: "photos/a.png"))
    #expect(state.run == nil)
    _ = reduce(&state, .inferred(try #require(run)))
    #expect(state.run == nil)
  }

  @Test func otherWeightsLeaveNoChannelChosenInAnyImage() throws {
    var state = try state()
    _ = reduce(&state, .layerMoved(by: 5))
    let layer = state.layer.name
    _ = reduce(&state, .channelMoved(by: 1))
    #expect(state.place.chosenChannels[layer] != nil)
    let (first, photo) = (state.model, state.photo)
    _ = reduce(&state, .photoOpened(path: "photos/b.png", photo, model: first.number))
    let second = Numbered(Model(checkpoint: first.checkpoint, resolution: 64), number: 5)
    _ = reduce(&state, .weightsOpened(second, photo, path: "photos/b.png"))
    _ = reduce(&state, .photoOpened(path: "photos/a.png", photo, model: second.number))
    #expect(state.layer.name == layer && state.place.chosenChannels.isEmpty)
  }

  @Test func photosAndWeightsThatArriveTogetherFitEachOther() throws {
    var state = try state()
    let (first, photo) = (state.model, state.photo)
    let second = Numbered(Model(checkpoint: first.checkpoint, resolution: 64), number: 5)
    // The weights come while a photo is read for those before.
    _ = reduce(&state, .weightsOpened(second, photo, path: "photos/a.png"))
    #expect(
      reduce(&state, .photoOpened(path: "photos/b.png", photo, model: first.number))
        == [.openPhoto(path: "photos/b.png", second)])
    #expect(state.album.path == "photos/a.png")
    // The photo comes while weights are read for the one before.
    _ = reduce(&state, .photoOpened(path: "photos/b.png", photo, model: second.number))
    let third = Numbered(first.value, number: 6)
    #expect(
      reduce(&state, .weightsOpened(third, photo, path: "photos/a.png"))
        == [.infer(third, photo), .openPhoto(path: "photos/b.png", third)])
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
    #expect(restored.firstEffects.first == .infer(fixture.model, fixture.photo))
    try Fixture.perform(
      Array(restored.firstEffects.dropFirst()) + reduce(&restored, .inferred(fixture.run)),
      on: &restored)
    return restored
  }

  @Test func aSessionOpensExactlyAsItWasSaved() throws {
    var state = try state(Size(width: 120, height: 40))
    func act(_ actions: Action...) throws {
      for action in actions { try Fixture.perform(reduce(&state, action), on: &state) }
    }
    try act(
      .layerSelected(8), .channelSelected(9), .layerSelected(10), .channelSelected(17),
      .grid(.marked), .channelSelected(21), .grid(.marked), .grid(.resized(by: 1)),
      .ablation(.switchedOff(SwitchOff(layer: 20, part: .channels([2, 3])))),
      .ablation(.switchedOff(SwitchOff(layer: 22, part: .area(rows: 1..<3, columns: 0..<2)))),
      .evidence(.classChosen(3)), .evidence(.rivalCycled), .evidence(.pointed(x: 1, y: 2)),
      .colorMapCycled, .curveCycled, .rangeCycled, .rangeCycled, .opened(.grid),
      .grid(.orderCycled), .kernels(.begun), .kernels(.moved(by: 2)),
      .kernels(.wentTowardsPixels), .kernels(.orderCycled), .lesson(.begun),
      .lesson(.topicSelected(.field)), .lesson(.stepped(by: 2)), .compare(.begun),
      .compare(.tabMoved(by: 1)), .compare(.costCycled), .compare(.moved(x: -3, y: 0)),
      .opened(.zoom), .zoom(.pointed(x: 3, y: 5)), .zoom(.areaSwitched),
      .zoom(.pointed(x: 2, y: 7)), .zoom(.preactivationSwitched))
    for screen in Screen.ID.allCases where !screen.isMenu {
      if screen == .beside {
        try act(.beside(.begun(.photo(path: "photos/b.png"))))
      } else {
        try act(.opened(screen))
      }
      let restored = try reopened(state)
      #expect(restored.screens == state.screens)
      #expect(restored.ablation.switches == state.ablation.switches)
      #expect(restored.run?.value.predictions() == state.run?.value.predictions())
      #expect(restored.place == state.place && restored.view == state.view)
      #expect(restored.grid.marks == state.grid.marks && restored.zoom.corner == state.zoom.corner)
      #expect(restored.lesson.topic == state.lesson.topic)
      #expect(render(restored).cells.lines == render(state).cells.lines, "\(screen)")
      #expect(render(restored).cells == render(state).cells, "\(screen)")
    }
  }

  @Test func aSessionThatAsksForWhatIsNotThereIsOpenedWithoutIt() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .channelSelected(17))
    _ = reduce(&state, .zoom(.pointed(x: 0, y: 0)))
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
    #expect(restored.ablation.switches.isEmpty && restored.screens == [.home])
    #expect((restored.zoom.y, restored.zoom.x) == (0, 0) && restored.place.layer == 10)
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
      "\"places\":", "\"beside\":{\"rank\":0,\"network\":{\"resolution\":-32}},\"places\":",
      "the shallow network at -32", "v"
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
    var text = String(decoding: try JSONEncoder().encode(SavedSession(state())), as: UTF8.self)
    #expect(text.contains(name), "\(text)")
    text = text.replacingOccurrences(of: name, with: value)
    let saved = try JSONDecoder().decode(SavedSession.self, from: Data(text.utf8))
    var restored = try state()
    saved.restore(&restored)
    #expect(
      restored.message?.text == "Not restored, for there is no such thing here: \(missing).")
    // Nothing overflows where somebody goes on from there.
    for pressed in [Key.character(key), .down, .right, .up, .left] {
      if let action = restored.action(for: pressed) { _ = reduce(&restored, action) }
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
    #expect(state.actions(pasting: "'/a/my cat.png'") == [.open(.pasted(path: "/a/my cat.png"))])
    #expect(reduce(&state, .open(.pasted(path: "/a/cat.png"))) == [.resolve(path: "/a/cat.png")])
    #expect(state.actions(pasting: "cat") == [])
    #expect(
      reduce(&state, .open(.resolved(path: "/a/cat.png", .file)))
        == [.openPhoto(path: "/a/cat.png", state.model)])
    #expect(state.screen == .home)
    #expect(
      reduce(&state, .open(.resolved(path: "/a", .folder))) == [.list(folder: "/a")])
    #expect(state.screen == .open)
    _ = reduce(&state, .wentBack)
    guard
      case .openWeights("/w.h5", _, _, _) =
        reduce(&state, .open(.resolved(path: "/w.h5", .weights))).first
    else {
      Issue.record("weights are not opened")
      return
    }
    // Where a person types, text is typed, and a path only means one to the picker.
    _ = reduce(&state, .find(.begun("")))
    #expect(
      state.actions(pasting: "/a\n") == [.find(.typed("/")), .find(.typed("a"))])
  }

  @Test func aTypedPathIsReadFolderByFolder() throws {
    var state = try state()
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    func type(_ text: String) -> [Effect] {
      text.flatMap { reduce(&state, .open(.typed($0))) }
    }
    #expect(type("birds/") == [.list(folder: "/photos/birds/")])
    let owl = OpenState.Entry(name: "owl.png", path: "/photos/birds/owl.png", isFolder: false)
    let above = OpenState.Entry(name: "..", path: "/photos", isFolder: true)
    // Enter means the folder itself, and the first step down its first file.
    #expect(reduce(&state, .open(.listed(folder: "/photos/birds", [above, owl]))) == [])
    #expect(state.open.selected == nil)
    #expect(reduce(&state, .open(.chosen)) == [.resolve(path: "/photos/birds/")])
    #expect(reduce(&state, .open(.moved(by: 1))) == [.preview(path: owl.path)])
    // Somebody who types a way down does not mean the way up.
    #expect(state.open.shown == [owl])
    #expect(type("ow").last == .preview(path: owl.path))
    #expect(reduce(&state, .open(.chosen)) == [.openPhoto(path: owl.path, state.model)])

    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    #expect(type("~/x").last == .list(folder: "~/"))
    // What is not in the list may be there all the same.
    _ = reduce(&state, .open(.listed(folder: "/home/me", [])))
    #expect(reduce(&state, .open(.chosen)) == [.resolve(path: "~/x")])
    for _ in 0..<2 { _ = reduce(&state, .open(.erased)) }
    #expect(reduce(&state, .open(.erased)) == [.list(folder: "/photos", for: .image)])

    // As a terminal types in the path of a file that is dropped on it.
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    #expect(type("/my\\ photos/a\\ b").last == .list(folder: "/my photos/"))
    let spaced = OpenState.Entry(name: "a b.png", path: "/my photos/a b.png", isFolder: false)
    _ = reduce(&state, .open(.listed(folder: "/my photos", [spaced])))
    #expect(state.open.selected == spaced)
    _ = reduce(&state, .open(.begun))

    // A whole path is listed once, and the cursor is on its name.
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    #expect(reduce(&state, .open(.pasted(path: "/b/cat.png"))) == [.list(folder: "/b/")])
    let others = ["bobcat.png", "cat.png"].map {
      OpenState.Entry(name: $0, path: "/b/\($0)", isFolder: false)
    }
    _ = reduce(&state, .open(.listed(folder: "/b", others)))
    #expect(state.open.selected == others[1])
  }

  @Test func tabCompletesWhatIsTypedAndGoesOnWhereItCannot() throws {
    var state = try state()
    _ = reduce(&state, .open(.begun))
    let names = ["birds", "holiday 1.png", "Holiday 2.png", "old_holiday.png"]
    let folders = entries.filter(\.isFolder)
    let files = names.dropFirst().map {
      OpenState.Entry(name: $0, path: "/photos/\($0)", isFolder: false)
    }
    _ = reduce(&state, .open(.listed(folder: "/photos", folders + files)))
    func press(_ text: String) throws -> [Effect] {
      try text.flatMap { character in
        let key = character == "\t" ? Key.tab : .character(character)
        return reduce(&state, try #require(state.action(for: key)))
      }
    }
    // As far as the names that begin so agree; then the cursor goes on among them, and round.
    #expect(try press("HO\t").last == .preview(path: files[0].path))
    #expect(state.open.typed == "holiday " && state.open.selected == files[0])
    for file in [files[1], files[0]] {
      _ = try press("\t")
      #expect(state.open.typed == "holiday " && state.open.selected == file)
    }
    _ = try press("2\t")
    #expect(state.open.typed == "Holiday 2.png")
    #expect(reduce(&state, .open(.chosen)) == [.openPhoto(path: files[1].path, state.model)])

    // A name in which it only occurs, a folder, what lies in that, and a backslash in a name.
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: "/photos", folders + files)))
    _ = try press("d_\t")
    #expect(state.open.typed == "old_holiday.png")
    for _ in state.open.typed { _ = reduce(&state, .open(.erased)) }
    #expect(try press("bi\t") == [.list(folder: "/photos/birds/")])
    #expect(state.open.typed == "birds/")
    let odd = OpenState.Entry(name: "a\\b.png", path: "/photos/birds/a\\b.png", isFolder: false)
    _ = reduce(&state, .open(.listed(folder: "/photos/birds", [odd])))
    #expect(try press("\t").last == .preview(path: odd.path))
    #expect(state.open.typed == "birds/a\\\\b.png" && state.open.selected == odd)
    // What begins nothing stays as it was typed.
    _ = try press("x\t")
    #expect(state.open.typed == "birds/a\\\\b.pngx")
    for _ in state.open.typed { _ = reduce(&state, .open(.erased)) }
    #expect(try press("~\t").contains(.list(folder: "~/")) && state.open.typed == "~/")
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
    _ = reduce(&state, .zoom(.pointed(x: 3, y: 5)))
    expectCopied("conv1 channel 2 row 5 column 3: \(plane[5, 3])")

    _ = reduce(&state, .opened(.evidence))
    _ = reduce(&state, .evidence(.pointed(x: 1, y: 2)))
    let trace = try #require(state.run).value
    let index = try #require(state.selectedClass)
    let evidence = try #require(
      Evidence(trace, checkpoint: state.model.checkpoint, classIndex: index))
    expectCopied(
      "\(state.model.checkpoint.label(index)) row 2 column 1: \(evidence.places[2, 1]) of "
        + "\(Double(trace.output(at: 28)[0, 0, index]))")

    _ = reduce(&state, .evidence(.kernelsOpened))
    let input = try #require(state.contributions?.entries.first)
    expectCopied(
      "fc7 channel \(index) input \(input.channel): weight \(input.weight) mean \(input.mean) "
        + "adds \(input.contribution)")
  }

  @Test func imagesOpenedLastAreRememberedAndListed() throws {
    var state = try state()
    let photo = Numbered(state.photo.value, number: 7)
    #expect(
      reduce(&state, .photoOpened(path: "photos/b.png", photo, model: state.model.number)).last
        == .remember(path: "photos/b.png"))
    #expect(reduce(&state, .open(.begun)).contains(.recall))
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    let old = OpenState.Entry(name: "/old/owl.png", path: "/old/owl.png", isFolder: false)
    _ = reduce(&state, .open(.recalled([old])))
    #expect(state.open.shown == entries)
    #expect(
      reduce(&state, try #require(state.action(for: .tab))) == [.preview(path: "/old/owl.png")])
    #expect(state.open.shown == [old])
    _ = reduce(&state, .open(.erased))
    #expect(state.open.shown == entries)
  }

  @Test func whatIsTypedBeforeAFolderIsReadFiltersIt() throws {
    var state = try state()
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.typed("f")))
    #expect(
      reduce(&state, .open(.listed(folder: "/photos", entries)))
        == [.preview(path: "/photos/fox.jpg")])
    #expect(state.open.shown.map(\.name) == ["fox.jpg"])
  }

  @Test func previewsOfALargeFolderDoNotFillTheMemory() throws {
    var state = try state()
    for number in 0..<1000 {
      _ = reduce(&state, .open(.previewed(path: "\(number).png", .problem("none"))))
    }
    #expect((1...64).contains(state.open.previews.count))
    #expect(state.open.previews["999.png"] == .problem("none"))
  }

  @Test(arguments: ScreenTests.sizes)
  func pickersAndMenu(size: Size) throws {
    var state = try state(size)
    _ = reduce(&state, .open(.begun))
    _ = reduce(&state, .open(.listed(folder: "/photos", entries)))
    _ = reduce(&state, .open(.moved(by: 2)))
    let preview = OpenState.Preview.picture(
      state.photo.pixels, Size(width: 120, height: 80))
    _ = reduce(&state, .open(.previewed(path: "/photos/cat.png", preview)))
    try expectScreen(state, "open-\(size.width)x\(size.height)")
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .weights(.begun))
    let name = "mobilenet-1.0"
    _ = reduce(&state, .weights(.listed([.init(name: name, origin: "bundled")])))
    _ = reduce(&state, .weights(.moved(by: -1)))
    _ = reduce(
      &state,
      .weights(
        .inspected(
          name: name,
          .known([
            .init(name: "width", value: "1", source: "its layers"),
            .init(name: "preprocessing", value: "RGB, (x − 127.5) · 0.00784, middle 87.5 %"),
          ]))))
    try expectScreen(state, "weights-\(size.width)x\(size.height)")
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .save(.begun))
    try expectScreen(state, "save-\(size.width)x\(size.height)")
  }
}
