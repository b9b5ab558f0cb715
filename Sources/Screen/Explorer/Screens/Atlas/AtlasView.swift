import Cells
import Reports
import Research

extension AtlasScreen {
  static let shortcuts: [Binding] = [
    shortcut("A", help: "Show what this channel responds to, over many images (an atlas).")
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.left, .right, .up, .down], "←→", label: "image",
      help: "Go to the image before or after."
    ) { step, _ in .atlas(.moved(by: step)) }.only { $0.hasExamples },
    Binding(
      [.enter], "Enter", label: "open", help: "Look at the image under the cursor.",
      action: .atlas(.chosen)
    ).only { $0.core.live == nil && $0.hasExamples },
    Binding(
      [.character("Y")], "Y", label: "make", help: "Make an atlas of the open folder, or stop.",
      action: .atlas(.makingSwitched)
    ).only { $0.core.live == nil && $0.core.album.path != "-" },
    Bindings.channelByChannel, Bindings.layerByLayer,
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let layout = AtlasLayout(core)
    let text = frame.pane(layout.text, title: core.channelName)
    if let progress = progress(core) {
      Paragraph.draw(progress, in: text, of: &frame.cells)
      return
    }
    guard let atlas = core.atlas else {
      let isRead = core.answers.isKnown(AnyQuestion(core.atlasQuestion))
      Paragraph.draw(
        isRead ? Self.none(core) : "reading the atlas …", in: text, style: Theme.quiet,
        of: &frame.cells)
      return
    }
    var y = text.y
    for line in lines(core, atlas).map(\.asStatement) where y < text.maxY {
      y += max(
        1,
        Paragraph.draw(
          line, in: text.from(y: y), of: &frame.cells))
    }
    let examples = examples(core)
    let isEmpty = examples.tops.isEmpty
    let right = frame.pane(
      isEmpty ? layout.beside : layout.pictures,
      title: isEmpty ? "this photo" : "where it responds most", hasArrows: !isEmpty)
    guard !isEmpty else {
      ChannelPane(core: core).draw(in: right, of: &frame) { y, x in .zoom(.entered(x: x, y: y)) }
      PhotoView(pixels: core.photo.prepared.pixels, outline: SeenPhoto(core: core).seen).draw(
        in: text.from(y: y + 1), of: &frame.cells)
      return
    }
    examples.draw(selected: cursor, in: right, of: &frame) { .atlas(.pointed($0)) }
    if let place = layout.photo { drawPhoto(core, in: place, of: &frame) }
    guard Layout.isRoomy(core.size) else { return }
    let (list, whole) = text.from(y: y + 1).rows(.fixed(examples.tops.count), .fill, gap: 1)
    examples.drawList(
      selected: cursor, in: list, of: &frame, click: { .atlas(.pointed($0)) },
      wheel: { .atlas(.moved(by: $0)) })
    examples.drawWhole(cursor, in: whole, of: &frame)
  }

  /// Draws what this photo makes of the channel, to hold against the examples.
  private func drawPhoto(_ core: Core, in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(area, title: "this photo")
    let (photo, map, bars) = inside.columns(
      .fixed(2 * inside.height), .fixed(max(AtlasLayout.mapColumns, 2 * inside.height)), .fill,
      gap: 2)
    PhotoView(pixels: core.photo.prepared.pixels, outline: SeenPhoto(core: core).seen).draw(
      in: photo, of: &frame.cells)
    let scale = ChannelPane(core: core).draw(in: map, of: &frame) { y, x in
      .zoom(.entered(x: x, y: y))
    }
    guard let scale, let map = core.map else { return }
    let (title, histogram) = bars.rows(.fixed(1), .fill)
    frame.cells.write(
      map.showsAllChannels ? "channels by value" : "places by value", x: title.x, y: title.y,
      style: Theme.quiet, maxWidth: title.width)
    HistogramView(map.values, scale: scale).draw(in: histogram, of: &frame.cells)
  }

  /// Returns the progress of the atlas that is being made; nil if none is.
  private func progress(_ core: Core) -> String? {
    guard let question = makingQuestion(core) else { return nil }
    let now = core.answers.soFar(question)
    return "making an atlas of \(question.folder): "
      + (now.map { "\($0.done) of \($0.total) images …" } ?? "listing its images …")
      + " Y stops it."
  }

  /// Returns the advice shown without an atlas.
  private static func none(_ core: Core) -> String {
    "There is no atlas of \(core.model.checkpoint.name). Y makes one of the folder that is open; "
      + "`mobilenet-explorer atlas FOLDER -o mine.atlas.safetensors` one of any folder, with classes, "
      + "which `--atlas` names."
  }

  func lines(_ core: Core, _ atlas: ChannelAtlas) -> [String] {
    let images = NumberText.grouped(atlas.imageCount)
    let source = atlas.source.split(separator: "/").last.map(String.init) ?? atlas.source
    let here = core.model.resolution
    let size = "\(atlas.resolution)" + (atlas.resolution == here ? "" : ", not \(here) as here")
    var lines = ["over \(images) images at \(size): \(source)", ""]
    guard let own = core.atlasChannel else {
      return lines + ["The atlas leaves this layer out."]
    }
    lines += core.atlasLines
    if !own.strongest.isEmpty {
      let names = own.strongest.map { atlas.classes[$0] }
      lines.append("its mean is largest on " + names.joined(separator: "; "))
    }
    let zerosHere = core.statistics.flatMap { all -> String? in
      let channel = all.channels[core.channel]
      return channel.isEmpty ? nil : ", here " + NumberText.percent(channel.zeroShare)
    }
    let zeros = NumberText.percent(Double(own.zeroShare))
    lines.append("zero at \(zeros) of all places" + (zerosHere ?? ""))
    lines.append("")
    if atlas.firstImage == nil {
      lines.append(
        "This atlas keeps no images. Y makes one of the open folder, and shows the images that the "
          + "channel responds to most.")
    } else if let question = core.atlasFolderQuestion, core.answers.isKnown(AnyQuestion(question)),
      core.atlasFolder == nil
    {
      lines.append("Its images are not found. Start in their folder, or open one of them.")
    } else if let top = own.top.indices.contains(cursor) ? own.top[cursor] : nil {
      lines.append(
        "In \(top.image) it is \(NumberText.value(top.value)) at row \(top.row), column "
          + "\(top.column)")
    }
    let matches = core.matchLines
    return lines + (matches.isEmpty ? [] : [""] + matches)
  }
}

extension ExplorerState {
  /// Whether the atlas shows parts of images.
  fileprivate var hasExamples: Bool { !self[AtlasScreen.self].examples(core).tops.isEmpty }
}

/// Where text and pictures of the atlas stand.
struct AtlasLayout {
  let text: Rect
  /// All that is beside the text.
  let beside: Rect
  /// The area of the examples, beside the text.
  let pictures: Rect
  /// The area of this photo below them; nil where there is no room.
  let photo: Rect?

  /// The columns of the photo's channel, enough for its numbers.
  static let mapColumns = 36
  /// From so many rows on there is room for the photo.
  private static let tall = 45

  init(_ core: Core) {
    let area = Layout.margined(Layout.body(of: core), core.size)
    let isRoomy = Layout.isRoomy(core.size)
    (text, beside) = area.columns(
      .fixed(max(min(46, area.width * 2 / 5), area.width * 3 / 10)), .fill, gap: isRoomy ? 0 : 2)
    let hasRoom = isRoomy && area.height >= Self.tall
    let (upper, lower) = beside.rows(.fill, .fixed(hasRoom ? area.height / 3 : 0))
    (pictures, photo) = (upper, hasRoom ? lower : nil)
  }
}

extension String {
  /// The line as a sentence; an empty one stays empty.
  fileprivate var asStatement: String { isEmpty ? "" : capitalizedFirst.asSentence }
}
