import Cells
import Learning
import Reports
import Research

extension TeachScreen {
  private static let digits: [Key] = "1234567890".map { .character($0) }

  static let shortcuts: [Binding] = [
    shortcut("T", help: "Teach your own classes, with photos or frames of a stream.")
  ]

  static let bindings: [Binding] = [
    Binding([.enter], "Enter", label: "take", help: "Take the name that was typed.") { _, state in
      state[TeachScreen.self].naming == nil ? nil : .teach(.named)
    },
    Binding([.escape], "Esc", label: "leave", help: "Leave the name as it was.") { _, state in
      state[TeachScreen.self].naming == nil ? nil : .teach(.namingEnded)
    },
    Binding(
      [.backspace, .delete], "Bksp", label: "remove", rank: .second,
      help: "Remove the picture under the cursor from its class; while a name is typed, a letter."
    ) { _, state in
      let screen = state[TeachScreen.self]
      if screen.naming != nil { return .teach(.erased) }
      return screen.selectedPicture == nil ? nil : .teach(.pictureRemoved)
    },
    Binding(
      digits, "1…0", label: "class",
      help: "Put this photo into a class; of a stream, record while it is held."
    ) { key, _ in
      digits.firstIndex(of: key).map { .teach(.put(into: $0)) }
    },
    Binding(
      [.character("+")], "+", label: "go on",
      help: "Of a stream: go on recording into the class under the cursor, or end it.",
      action: .teach(.recordingSwitched)
    ).only { $0.live != nil },
    Binding([.enter], "Enter", label: "look", help: "Look through the network that was taught.") {
      _, state in
      state[TeachScreen.self].naming == nil ? .teach(.used) : nil
    }.named { $0.hasLearned },
    Binding(
      [.up, .down, .left, .right], "↑↓←→", label: "picture", rank: .second,
      help: "Go to another class, or to a picture before or after."
    ) { key, _ in
      switch key {
      case .up: .teach(.moved(classes: 0, pictures: -1))
      case .down: .teach(.moved(classes: 0, pictures: 1))
      case .left: .teach(.moved(classes: -1, pictures: 0))
      default: .teach(.moved(classes: 1, pictures: 0))
      }
    }.only { !$0[TeachScreen.self].collection.classes.isEmpty },
    Binding(
      [.character("C")], "C", label: "name", help: "Give the class under the cursor another name.",
      action: .teach(.namingBegan)
    ).only { $0.hasClass },
    Binding(
      [.character("D")], "D", help: "Remove the class under the cursor, with its pictures.",
      action: .teach(.classRemoved)
    ).only { $0.hasClass },
    Binding(
      [.character("u")], "u", label: "undo", help: "Take the last change back.",
      action: .teach(.undone)
    ).named { !$0[TeachScreen.self].earlier.isEmpty },
    Binding(
      [.character("S")], "S", label: "save", help: "Save the network that was taught.",
      action: .teach(.saved)
    ).named { $0.hasLearned },
    Binding(
      [.character("E")], "E", label: "export", rank: .second,
      help: "Copy the pictures into a folder with a folder per class.",
      action: .teach(.exported)
    ).named { $0[TeachScreen.self].collection.count > 0 },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    TeachView(screen: self, core: core, layout: TeachLayout(self, core)).draw(in: area, of: &frame)
  }
}

extension ExplorerState {
  /// Whether there is a network that was taught.
  fileprivate var hasLearned: Bool { self[TeachScreen.self].learned(core) != nil }

  /// Whether a class is under the cursor, and not the place where a new one begins.
  fileprivate var hasClass: Bool {
    let screen = self[TeachScreen.self]
    return screen.collection.classes.indices.contains(screen.classIndex)
  }
}

/// The photo with its answers, and the classes with their pictures.
struct TeachView {
  let screen: TeachScreen
  let core: Core
  let layout: TeachLayout

  func draw(in area: Rect, of frame: inout Frame) {
    frame.cells.write(
      title, x: area.x + 1, y: area.y, style: Theme.title, maxWidth: area.width - 1)
    if Layout.isRoomy(core.size) {
      frame.pane(layout.panes.side, title: core.live == nil ? "this photo" : "this frame")
      frame.pane(layout.panes.classes, title: "classes", hasArrows: true)
    }
    drawSide(in: layout.side, of: &frame)
    for column in layout.columns { drawHead(of: column, of: &frame) }
    for picture in layout.pictures { draw(picture, of: &frame) }
    if screen.collection.classes.isEmpty, let column = layout.columns.first {
      drawStart(in: column.area.rows(.fixed(2), .fill).1, of: &frame)
    }
  }

  /// Draws what to do first, and where there is room what a class is learned on, beside the answers
  /// whose place the classes take.
  private func drawStart(in area: Rect, of frame: inout Frame) {
    let rows = Paragraph.draw(help, in: area, style: Theme.quiet, of: &frame.cells)
    guard let run = core.run else { return }
    let rest = area.rows(.fixed(rows + 1), .fill).1
    // A cell is twice as high as wide.
    let side = Layout.isRoomy(core.size) ? min(2 * rest.height, rest.width * 3 / 5) : 0
    let (features, answers) = rest.columns(.fixed(side), .fill, gap: side > 0 ? 2 : 0)
    FeaturesView(core: core).draw(
      { "What it learns on: the \($0)." }, in: features, of: &frame)
    let (head, lines) = answers.rows(.fixed(2), .fill)
    Paragraph.draw(
      "The answers now; your classes take their place.", in: head, style: Theme.quiet,
      of: &frame.cells)
    PredictionsView(trace: run.trace, checkpoint: core.model.checkpoint).draw(
      in: lines, of: &frame)
  }

  var help: String {
    core.live == nil
      ? "Press 1 to put this photo into a first class, 2 for a second. Each press goes on to the next "
        + "photo of the folder. Once there are two classes, a new last layer learns them, and learns "
        + "again with every change."
      : "Show the camera something and hold 1 to record it as a first class; hold 2 for a second. Once "
        + "there are two classes, a new last layer learns them, and learns again with every change."
  }

  private var title: String { "teach: " + state }

  /// The number of classes and pictures, and the progress of learning.
  var state: String {
    let collection = screen.collection
    func counted(_ count: Int, _ one: String, _ many: String) -> String {
      "\(count) \(count == 1 ? one : many)"
    }
    let counts =
      counted(collection.classes.count, "class", "classes") + ", "
      + counted(collection.count, "picture", "pictures")
    return counts + (progress.map { " ─ " + $0 } ?? "")
  }

  private var progress: String? {
    guard screen.folder != nil else { return "reading what was taught before …" }
    guard let question = screen.question(core) else { return nil }
    guard let answer = core.answers.soFar(question) else { return "learning …" }
    if answer.done < answer.total { return "looked at \(answer.done) of \(answer.total) …" }
    let left = answer.leftOut.isEmpty ? "" : ", \(answer.leftOut.count) can't be read"
    guard let learned = answer.learned else { return missing + left }
    guard core.answers[question] != nil else { return "learned, testing …" + left }
    let accuracy = learned.result.accuracy.map {
      "right on \(NumberText.percent($0)) of those held back"
    }
    return "learned, " + (accuracy ?? "too few pictures to test") + left
  }

  /// Nothing is learned from fewer than two classes with pictures.
  private var missing: String {
    let classes = screen.collection.classes
    guard classes.count > 1, let empty = classes.firstIndex(where: \.pictures.isEmpty) else {
      return "two classes are needed"
    }
    return "class \(empty + 1) has no picture"
  }

  /// Draws the photo, and below it the probabilities of the classes.
  private func drawSide(in area: Rect, of frame: inout Frame) {
    if let next = layout.next {
      let (photo, below) = area.rows(.ratio(1, 2), .fill, gap: 1)
      PhotoView(core.photo.pixels).draw(in: photo, of: &frame.cells)
      frame.cells.write("Next:", x: below.x, y: below.y, style: Theme.quiet)
      for (index, path) in next.paths.enumerated() {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        next.tiles.draw(core.preview(of: path), caption: name, at: index, of: &frame)
      }
      return
    }
    let names = screen.collection.classes.map(\.name)
    let (top, bottom) = area.rows(.fixed(max(4, area.height - names.count - 2)), .fill)
    let photo = PhotoView(pixels: core.photo.pixels).draw(in: top, of: &frame.cells)
    let answers = screen.answers(core)
    guard !answers.isEmpty else { return }
    let width = min(names.map(\.count).max() ?? 0, area.width / 2)
    let best = answers.values.max() ?? 0
    let lines = area.from(y: min(photo.area.maxY + 1, bottom.y))
    let features = lines.from(y: lines.y + names.count + 1)
    if features.height >= Self.fewestFeatureRows {
      FeaturesView(core: core).draw(
        { "What it learns on: the \($0)." }, in: features, of: &frame)
    }
    for (row, name) in names.prefix(lines.height).enumerated() {
      let y = lines.y + row
      guard let share = answers[name] else {
        // The class is not learned yet, or not under this name.
        frame.cells.write(name + " …", x: area.x, y: y, style: Theme.quiet, maxWidth: area.width)
        continue
      }
      let style = share == best ? Theme.best : Theme.plain
      frame.cells.write(name, x: area.x, y: y, style: style, maxWidth: width)
      frame.cells.write(
        NumberText.percent(share).padded(left: 5), x: area.x + width + 1, y: y, style: style)
      frame.cells.bar(
        share,
        in: lines.row(y, from: lines.x + width + 7), style: share == best ? Theme.best : Theme.bar)
    }
  }

  /// The fewest rows of the picture of what is learned on.
  private static let fewestFeatureRows = 10

  private func drawHead(of column: TeachLayout.Column, of frame: inout Frame) {
    let (index, area) = (column.classIndex, column.area)
    let classes = screen.collection.classes
    let digit = index < TeachLayout.mostClasses ? "\((index + 1) % 10) " : ""
    guard index < classes.count else {
      frame.cells.write(
        digit + "a new class", x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
      if !classes.isEmpty, core.live == nil {
        Paragraph.draw(
          "\(digit)puts this photo there", in: area.rows(.fixed(1), .fill).1, style: Theme.quiet,
          of: &frame.cells)
      }
      return
    }
    let isSelected = index == screen.classIndex
    // Of a long name the end is shown, where the person types.
    let room = max(1, area.width - digit.count - 1)
    let name = isSelected ? screen.naming.map { "\($0.suffix(room))▏" } : nil
    let isRecorded = screen.recording?.classIndex == index
    let style = isRecorded ? Theme.error : isSelected ? Theme.selected : Theme.title
    frame.cells.write(
      digit + (name ?? classes[index].name) + (isRecorded ? " ●" : ""), x: area.x, y: area.y,
      style: style, maxWidth: area.width)
    let count = classes[index].pictures.count
    let holdsShown = screen.shownPicture(core).map(classes[index].pictures.contains) ?? false
    frame.cells.write(
      "\(count) picture\(count == 1 ? "" : "s")" + (holdsShown ? ", this one" : ""),
      x: area.x, y: area.y + 1, style: Theme.quiet, maxWidth: area.width)
    frame.answer(
      in: area.rows(.fixed(2), .fill).0,
      click: { _, _ in .teach(.pointed(classIndex: index, pictureIndex: 0)) })
  }

  private func draw(_ picture: TeachLayout.Picture, of frame: inout Frame) {
    let isSelected =
      picture.classIndex == screen.classIndex && picture.pictureIndex == screen.pictureIndex
    switch screen.preview(of: picture.picture).flatMap({ core.answers[$0] }) {
    case .picture(let pixels, _, _):
      let whole = (0..<pixels.width, 0..<pixels.height)
      PhotoView(pixels: pixels, outline: isSelected ? whole : nil)
        .draw(in: picture.area, of: &frame.cells)
    case .problem:
      frame.cells.write(
        "not read", x: picture.area.x, y: picture.area.y, style: Theme.error,
        maxWidth: picture.area.width)
    default:
      frame.cells.write("…", x: picture.area.x, y: picture.area.y, style: Theme.quiet)
    }
    frame.answer(
      in: picture.area,
      click: { _, _ in
        .teach(.pointed(classIndex: picture.classIndex, pictureIndex: picture.pictureIndex))
      })
  }
}
