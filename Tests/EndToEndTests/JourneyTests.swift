import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A person's errands on each screen, in a real terminal.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), .serialized)
struct JourneyTests {
  static let sizes = [(80, 24), (120, 40)]

  /// The explorer on `images` in a folder of its own, once the first answer is there.
  private func explorer(
    _ size: (width: Int, height: Int) = (80, 24), images: [String] = ["zone-plate"],
    classes: [String: [String]] = [:], opening: String = "photos", config: String = ""
  ) throws -> TmuxScreen {
    let screen = try TmuxScreen(
      width: size.width, height: size.height,
      command: "read line; cd \"$XDG_STATE_HOME\" && "
        + "\(quoted(Program.path)) \(opening) --weights mobilenet-0.25 --resolution 64; "
        + "echo status=$?; read line")
    let photos = screen.folder.appendingPathComponent("photos")
    let settings = screen.folder.appendingPathComponent("mobilenet-explorer")
    for folder in [photos, settings] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for image in images {
      try copyContents(
        of: "Samples/Images/\(image).png", to: photos.path + "/\(image).png")
    }
    for (name, images) in classes {
      let folder = photos.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for image in images {
        try copyContents(of: "Samples/Images/\(image).jpg", to: folder.path + "/\(image).jpg")
      }
    }
    try Data(config.utf8).write(to: settings.appendingPathComponent("config"))
    try screen.press("Enter")
    #expect(try screen.shows(" % "))
    return screen
  }

  @Test(arguments: sizes)
  func throughTheGridToAChannelAndBack(size: (Int, Int)) throws {
    let screen = try explorer(size)
    try screen.press(":", "layer 13", "Enter")
    #expect(try screen.shows("▸13 conv4_2_sep"))
    try screen.press("g")
    #expect(try screen.shows("128 channels by index"))
    try screen.press("O")
    #expect(try screen.shows("by mean"))
    try screen.press("End")
    #expect(
      try screen.waits { text in
        let page = text.split(separator: "\n").first { $0.contains("by mean ─ page ") } ?? ""
        let numbers = page.split(separator: " ").compactMap { Int($0) }
        return numbers.count >= 3 && numbers[1] == numbers[2]
      })
    let found = try #require(try screen.text().firstMatch(of: #/(channel \d+) of /#))
    let name = String(found.1)
    try screen.press("Enter")
    #expect(try screen.waits { $0.contains("conv4_2_sep  row ") && $0.contains(name + " of") })
    try screen.press("Escape")
    #expect(try screen.waits { $0.contains("by mean") && $0.contains(name + " of") })
    try screen.press("O", "O", "O")
    #expect(try screen.waits { $0.contains("by influence on") && !$0.contains("measured") })
  }

  /// A folder that has one for each class, where everything is said to be a teapot or a lemon.
  @Test func whereTheNetworkGoesWrongIsFollowedToWhyAPhotoIsNotTheTruth() throws {
    let screen = try explorer(
      (120, 40), images: [], classes: ["teapot": ["banana", "candle"], "lemon": ["school-bus"]])
    try screen.press("(")
    #expect(try screen.waits { $0.contains("photos: 3 images, top-1 0.0 %") })
    try screen.press("Tab", "Tab")
    #expect(try screen.waits { $0.contains("wrong images") && $0.contains("lemon/school-bus.jpg") })
    let rows = try screen.text().split(separator: "\n").filter { $0.contains(" ranks ") }
    let index = try #require(rows.firstIndex { $0.contains("school-bus.jpg") })
    let answer = try #require(rows[index].firstMatch(of: #/ranks \d+ +(.*), lemon/#)).1
    for _ in 0..<index { try screen.press("Down") }
    #expect(try screen.shows("truth: lemon"))
    try screen.press("Enter")
    #expect(try screen.shows("Why \(answer.prefix(12))"))
    #expect(try screen.waits { $0.contains(" and not lemon") && $0.contains("school-bus.jpg") })
    try screen.press("q")
    #expect(try screen.shows("lemon/school-bus.jpg"))
  }

  @Test(arguments: sizes)
  func markedChannelsAreSwitchedOffAndOnAgain(size: (Int, Int)) throws {
    let screen = try explorer(size)
    try screen.press("g", "v", "Right", "v")
    #expect(try screen.shows("● 2 marked"))
    try screen.press("x")
    #expect(
      try screen.waits { $0.contains("of conv1: off") && $0.contains("2 channels off") })
    #expect(try screen.shows("before"))
    try screen.press("u")
    #expect(try screen.shows("Nothing is switched off."))
  }

  @Test(arguments: sizes)
  func aCellIsFollowedThroughTheLayersAndItsAreaSwitchedOff(size: (Int, Int)) throws {
    let screen = try explorer(size)
    try screen.press(":", "place 12,20", "Enter")
    #expect(try screen.shows("conv1  row 12, column 20"))
    #expect(try screen.waits { $0.contains("rank ") && $0.contains("sees 3×3") })
    try screen.press("p")
    #expect(try screen.shows("conv1 before ReLU  row 12, column 20"))
    try screen.press("p", "NPage", "NPage", "NPage")
    // Half as many rows and columns, and the same place.
    #expect(try screen.shows("conv2_2_dw  row 6, column 10"))
    try screen.press("v", "Down", "Right", "x")
    #expect(try screen.waits { $0.contains("rows 6–7, ") && $0.contains("conv2_2_dw: off") })
  }

  @Test(arguments: sizes)
  func whatThePlacesAddIsWhatTheLayerRecorded(size: (Int, Int)) throws {
    let screen = try explorer(size)
    try screen.press("e")
    #expect(try screen.shows("What spoke for"))
    let line = try #require(
      try screen.text().split(separator: "\n").first { $0.contains(" places ") })
    let numbers = line.split { " ,:;".contains($0) }.compactMap { Double($0) }
    try #require(numbers.count >= 5, "\(line)")
    #expect(numbers[0] > 1)
    #expect(abs(numbers[1] + numbers[2] - numbers[3]) < 0.011)
    #expect(numbers[3] == numbers[4])
    try screen.press("d")
    #expect(try screen.shows(" and not "))
    try screen.press("K")
    #expect(try screen.shows("fc7 ─ how channel"))
    try screen.press("Enter", "Enter")
    #expect(try screen.shows("conv6_sep ─ how channel"))
    #expect(try screen.shows("weight"))
    try screen.press("Enter")
    #expect(try screen.shows("conv6_dw ─ how channel"))
    try screen.press("BSpace")
    #expect(try screen.shows("conv6_sep ─ how channel"))
  }

  @Test func aClassIsFoundByItsName() throws {
    let screen = try explorer()
    try screen.press("/", "kingpen")
    #expect(try screen.shows("▸class        king penguin"))
    try screen.press("Enter")
    #expect(try screen.shows("What spoke for king penguin"))
    try screen.press(":", "layer 99", "Enter")
    #expect(try screen.shows("99 is no layer of this network: 1 to 30."))
  }

  @Test func imagesAreSteppedThroughAndEachKeepsItsPlace() throws {
    let screen = try explorer(images: ["circle", "edges"])
    #expect(try screen.shows("circle.png"))
    try screen.press("Down", "Down", "]")
    #expect(try screen.waits { $0.hasPrefix(" edges.png") && $0.contains("▸ 3 conv2_1_sep") })
    try screen.press("Down", "[")
    #expect(try screen.waits { $0.hasPrefix(" circle.png") && $0.contains("▸ 3 conv2_1_sep") })
    try screen.press("[")
    #expect(try screen.shows("This is the first image."))
  }

  @Test func anImageIsPickedWithAPreviewAndRemembered() throws {
    let screen = try explorer(images: ["circle", "edges"], opening: "photos/circle.png")
    try screen.press("o", "edg")
    #expect(try screen.waits { $0.contains("▸edges.png") && $0.contains("224×224") })
    try screen.press("Enter")
    #expect(try screen.waits { $0.hasPrefix(" edges.png") && $0.contains(" ms\n") })
    try screen.press("o", "Tab")
    #expect(try screen.waits { $0.contains("opened last") && $0.contains("/circle.png") })
    let recent = screen.folder.appendingPathComponent("mobilenet-explorer/recent")
    let paths = try String(contentsOf: recent, encoding: .utf8).split(separator: "\n")
    #expect(paths.map { $0.split(separator: "/").last } == ["edges.png", "circle.png"])
  }

  @Test func aPathThatIsWrongIsMendedWhereItWasTyped() throws {
    let screen = try explorer(images: ["circle", "edges"], opening: "photos/circle.png")
    let home = screen.folder.path
    try Data("no picture".utf8).write(to: screen.folder.appendingPathComponent("photos/a b.png"))
    try screen.press("o")
    try screen.send("\(home)/photos/a\\ b.png")
    #expect(try screen.waits { $0.contains("▸a b.png") })
    try screen.press("Enter")
    #expect(try screen.waits { $0.contains("not a PNG or") })
    #expect(try screen.waits { $0.contains("a\\ b.png▏") })
    for _ in 0..<8 { try screen.press("BSpace") }
    // A folder is gone into, whatever comes first in it.
    try screen.press("Enter")
    #expect(try screen.waits { $0.contains(" ../") && $0.contains("circle.png") })
    try screen.press("circ", "Enter")
    #expect(try screen.waits { $0.hasPrefix(" circle.png") && $0.contains(" ms\n") })
  }

  @Test func otherWeightsAreTaken() throws {
    let screen = try explorer()
    try screen.press("w")
    #expect(try screen.waits { $0.contains("▸0.25 ") && $0.contains("\n 0.5 ") })
    try screen.press("Up", "Enter")
    #expect(try screen.shows("mobilenet-0.5 at 64"))
  }

  @Test func whatIsSavedCanBeReadAgain() throws {
    let screen = try explorer()
    try screen.press(":", "layer 5", "Enter", ":", "channel 7", "Enter", ":", "place 0,0", "Enter")
    #expect(try screen.shows("conv2_2_sep  row 0, column 0"))
    func saved(_ number: Int, _ suffix: String) throws -> Data {
      try screen.press("s", "\(number)")
      let name = "zone-plate-conv2_2_sep-7.\(suffix)"
      #expect(try screen.shows("saved \(name)"))
      return try Data(contentsOf: screen.folder.appendingPathComponent(name))
    }
    let text = String(decoding: try saved(1, "txt"), as: UTF8.self)
    #expect(text.contains("conv2_2_sep  row 0, column 0") && !text.contains("\u{1B}"))
    let ansi = String(decoding: try saved(2, "ans"), as: UTF8.self)
    #expect(ansi.contains("conv2_2_sep") && ansi.contains("\u{1B}[0;38;2;"))

    let svg = XMLParser(data: try saved(3, "svg"))
    #expect(svg.parse(), "\(String(describing: svg.parserError))")

    _ = try saved(5, "png")
    let picture = try Program.run([
      "classify", screen.folder.path + "/zone-plate-conv2_2_sep-7.png", "--resolution", "32",
      "--weights", "mobilenet-0.25",
    ])
    #expect(picture.status == 0, "\(picture.errors)")

    let array = try saved(6, "npy")
    #expect(String(decoding: array.prefix(100), as: UTF8.self).contains("(16, 16, 32)"))
    #expect(array.count > 4 * 16 * 16 * 32 && array.count % 64 == 0)

    try screen.press("Right", "Right", "Down")
    #expect(try screen.shows("row 1, column 2"))
    try screen.press("x")
    #expect(try screen.shows("1 channel off"))
    try screen.press("Escape")
    #expect(try screen.shows("row 1, column 2"))
    let saving = String(decoding: try saved(7, "json"), as: UTF8.self)
    try screen.press("C-c")
    #expect(try screen.shows("status=0"))
    let damaged = saving.replacing(/"resolution" : \d+/, with: "\"resolution\" : 0")
    try #require(damaged != saving)
    let path = screen.folder.path + "/damaged.json"
    try Data(damaged.utf8).write(to: URL(filePath: path))
    let refused = try Program.run([path])
    #expect(refused.status == 65 && refused.errors.contains("the resolution is 0"))
    let later = saving.replacing(/"version" : \d+/, with: "\"version\" : 99")
    // Its parts may be others, so that only the version can be said.
    let others = later.replacing(/"hasFolder" : \w+,/, with: "")
    try #require(others != later)
    try Data(others.utf8).write(to: URL(filePath: path))
    let unknown = try Program.run([path])
    #expect(unknown.status == 65 && unknown.errors.contains("a session of version 99, expected 2"))
    // What the session asks for and is not there is named with the session.
    for (name, gone) in [("image", "gone.png"), ("weights", "gone-0.5")] {
      let without = saving.replacing(
        try Regex("\"\(name)\" : \"[^\"]*\""), with: "\"\(name)\" : \"\(gone)\"")
      try #require(without != saving)
      try Data(without.utf8).write(to: URL(filePath: path))
      let outcome = try Program.run([path])
      let place = "\(path), a session: \(screen.folder.path)/\(gone): "
      #expect(outcome.status == 66 && outcome.errors.contains(place), "\(outcome.errors)")
    }
    let elsewhere = saving.replacing("\"layer\" : \"conv2_2_sep\"", with: "\"layer\" : \"convX\"")
    try #require(elsewhere != saving)
    try Data(elsewhere.utf8).write(to: URL(filePath: path))
    let changed = try TmuxScreen(command: "\(quoted(Program.path)) \(quoted(path))")
    #expect(try changed.shows("Not restored, for there is no such thing here: layer convX;"))
    // What is asked for now counts before what was saved.
    let kept = screen.folder.path + "/zone-plate-conv2_2_sep-7.json"
    let smaller = try Program.run([kept, "--resolution", "96"])
    #expect(smaller.output.contains("at 96"), "\(smaller.output.prefix(200))")
    let other = try Program.run([kept, "--weights", "mobilenet-0.5"])
    #expect(other.output.contains("mobilenet-0.5 at 224"), "\(other.output.prefix(200))")
    // Wherever the program is started, the session finds its files.
    let session = try TmuxScreen(
      command: "\(quoted(Program.path)) "
        + quoted(screen.folder.path + "/zone-plate-conv2_2_sep-7.json"))
    #expect(try session.shows("conv2_2_sep  row 1, column 2: 0 "))
    #expect(try session.shows("1 channel off"))
    #expect(try session.shows("channel 7 of 0–31"))
  }

  @Test func theNumbersUnderTheCursorAreCopied() throws {
    let screen = try explorer()
    try screen.allowCopying()
    try screen.press(":", "place 0,0", "Enter", "Right", "y")
    #expect(try screen.shows("copied mobilenet-0.25 64 zone-plate.png conv1 channel"))
    let copied = try screen.copied()
    #expect(copied.contains(" row 0 column 1: "))
    #expect(copied.split(separator: " ").last.flatMap { Float($0) } != nil)
  }

  @Test func theMouseSelectsUntilItIsTurnedOff() throws {
    let screen = try explorer((120, 40))
    try screen.click(on: "conv2_2_dw")
    #expect(try screen.shows("▸ 4 conv2_2_dw"))
    try screen.click(x: 10, y: 23, wheel: true)
    #expect(try screen.shows("▸ 5 conv2_2_sep"))
    try screen.click(on: "g grid")
    #expect(try screen.shows("32 channels by index"))
    try screen.click(x: 28, y: 5)
    #expect(try screen.shows("channel 2 of 0–31"))
    try screen.click(x: 28, y: 5)
    #expect(try screen.shows("conv2_2_sep  row "))
    try screen.press("M")
    #expect(try screen.shows("The mouse is off."))
    #expect(try screen.variable("mouse_any_flag") == "0")
  }

  @Test func clicksThatComeAllAtOnceAreHeard() throws {
    let screen = try explorer((120, 40))
    try screen.click(x: 10, y: 23, atOnce: true)
    #expect(try screen.shows("▸ 7 conv3_1_sep"))
    try screen.click(x: 10, y: 23, wheel: true, times: 3, atOnce: true)
    #expect(try screen.shows("▸10 conv4_1_dw"))
    try screen.press(":", "layer 5", "Enter", "g")
    #expect(try screen.shows("32 channels by index"))
    try screen.click(x: 28, y: 5, times: 2, atOnce: true)
    #expect(try screen.waits { $0.contains("conv2_2_sep  row ") && $0.contains("channel 2 of") })
  }

  @Test func theConfigurationIsRead() throws {
    let screen = try explorer(config: "# mine\nmap J = Down\ncolor-map = magma\nscale = layer\n")
    #expect(try screen.shows("scale: layer"))
    try screen.press("J")
    #expect(try screen.shows("▸ 2 conv2_1_dw"))
    let printed = try Program.run(
      ["config"], environment: ["XDG_CONFIG_HOME": screen.folder.path])
    #expect(printed.output.contains("color-map = magma\n"))
    #expect(printed.output.contains("map J = Down\n"))
    #expect(printed.output.contains("Show every channel of this layer."))
    let file = screen.folder.appendingPathComponent("printed")
    try Data(printed.output.utf8).write(to: file)
    let again = try Program.run(["config", "--config", file.path])
    #expect(
      again.output.split(separator: "\n").dropFirst()
        == printed.output.split(separator: "\n").dropFirst())
  }
}
