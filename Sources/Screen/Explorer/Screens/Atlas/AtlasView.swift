import Cells
import Reports
import Research

extension AtlasScreen {
  static let bindings: [Binding] = [
    Binding(
      steps: [.left, .right, .up, .down], "←→", label: "image",
      help: "Go to the image before or after."
    ) { step, _ in .atlas(.moved(by: step)) },
    Binding(
      [.enter], "Enter", label: "open", help: "Look at the image under the cursor.",
      action: .atlas(.chosen)
    ).only { $0.core.live == nil && $0.core.atlasFolder != nil },
    Bindings.channelByChannel, Bindings.layerByLayer,
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.write(
      core.channelName, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let text = AtlasLayout.text(in: area)
    guard let atlas = core.atlas else {
      let isRead = core.answers.isKnown(AnyQuestion(core.atlasQuestion))
      Paragraph.draw(
        isRead ? Self.none(core) : "reading the atlas …", in: text, style: Theme.quiet,
        of: &frame.cells)
      return
    }
    var y = text.y
    for line in lines(core, atlas) where y < text.maxY {
      y += max(
        1,
        Paragraph.draw(
          line, in: Rect(x: text.x, y: y, width: text.width, height: text.maxY - y),
          of: &frame.cells))
    }
    patches(core).draw(selected: cursor, in: AtlasLayout.patches(in: area), of: &frame) {
      .atlas(.pointed($0))
    }
  }

  /// What to do where there is no atlas.
  private static func none(_ core: Core) -> String {
    "There is no atlas of \(core.model.checkpoint.name). `mobilenet-explorer atlas FOLDER "
      + "--weights \(core.model.source) -o mine.atlas.safetensors` makes one of a folder of images; "
      + "`--atlas` names it, and one that lies beside the weights is found."
  }

  func lines(_ core: Core, _ atlas: ChannelAtlas) -> [String] {
    let images = NumberText.grouped(atlas.imageCount)
    let source = atlas.source.split(separator: "/").last.map(String.init) ?? atlas.source
    var lines = ["over \(images) images at \(atlas.resolution): \(source)", ""]
    guard let own = core.atlasChannel else {
      return lines + ["The atlas says nothing of this layer."]
    }
    lines += core.atlasLines
    if !own.strongest.isEmpty {
      let names = own.strongest.map { atlas.classes[$0] }
      lines.append("its mean is largest on " + names.joined(separator: "; "))
    }
    let here = core.statistics.map {
      ", here " + NumberText.percent($0.channels[core.channel].zeroShare)
    }
    let zeros = NumberText.percent(Double(own.zeroShare))
    lines.append("zero at \(zeros) of all places" + (here ?? ""))
    lines.append("")
    if atlas.firstImage == nil {
      lines.append(
        "This atlas keeps no images. One that you make of a folder shows to which of them the channel "
          + "responds most.")
    } else if let question = core.atlasFolderQuestion, core.answers.isKnown(AnyQuestion(question)),
      core.atlasFolder == nil
    {
      lines.append("Its images are not found. Start in their folder, or open one of them.")
    } else if let top = own.top.indices.contains(cursor) ? own.top[cursor] : nil {
      lines.append(
        "\(top.image): \(NumberText.value(top.value)) at row \(top.row), column \(top.column)")
    }
    return lines
  }
}

/// Where text and pictures of the atlas stand.
enum AtlasLayout {
  /// What is said.
  static func text(in area: Rect) -> Rect {
    let (_, body) = area.rows(.fixed(1), .fill)
    return body.columns(.fixed(textWidth(area)), .fill, gap: 2).0
  }

  /// The parts of images.
  static func patches(in area: Rect) -> Rect {
    let (_, body) = area.rows(.fixed(1), .fill)
    return body.columns(.fixed(textWidth(area)), .fill, gap: 2).1
  }

  private static func textWidth(_ area: Rect) -> Int { min(44, area.width * 2 / 5) }
}
