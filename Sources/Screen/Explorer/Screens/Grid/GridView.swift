import Cells
import MobileNet
import Reports
import Research
import Tensors

extension GridScreen {
  static let shortcuts: [Binding] = [
    shortcut("g", label: "grid", help: "Show every channel of this layer.")
  ]

  static let bindings: [Binding] =
    [
      Bindings.arrows("channel") { .grid(.moved(columns: $0, rows: $1)) },
      Binding([.enter], "Enter", label: "zoom", help: "Show this channel.", action: .opened(.zoom)),
      Binding(
        steps: [.pageUp, .pageDown], "PgUp PgDn", label: "page", rank: .second,
        help: "Turn the page."
      ) { step, _ in .grid(.paged(step)) },
      Binding([.home, .end], "Home End", help: "Go to the first or the last channel.") { key, _ in
        .grid(key == .end ? .movedToLast : .movedToFirst)
      },
      Binding(
        [.character("O")], "O", label: "order",
        help: "Sort by number, mean, maximum, zeros, influence, the atlas, or inside an area.",
        action: .grid(.orderCycled)),
      Binding(
        [.character("v")], "v", label: "mark",
        help: "Mark this channel, to switch several off.", action: .grid(.marked)),
      Bindings.switchOff { $0[GridScreen.self].switched($0.core) },
      Binding(
        [.character("+"), .character("=")], "+", help: "Larger thumbnails.",
        action: .grid(.resized(by: 1))),
      Binding(
        [.character("-")], "-", help: "Smaller thumbnails.", action: .grid(.resized(by: -1))),
      Bindings.layer,
    ] + Bindings.view

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    GridView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The page of thumbnails with the cursor, between the title and the colour bar.
struct GridView {
  let screen: GridScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let output = core.output, let statistics = core.statistics else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    let channels = screen.channels(core)
    let layout = GridLayout(screen, core)
    let cursor = channels.firstIndex(of: core.channel) ?? 0
    let page = layout.page(showing: cursor, of: channels.count)
    let size = layout.columns * layout.rows
    let pages = (channels.count + size - 1) / size
    let title = title(
      showing: pages > 1 ? (page.lowerBound / size + 1, pages) : nil, width: area.width)
    let inside: Rect
    if Layout.isRoomy(core.size) {
      inside = drawPanes(title, of: &frame)
    } else {
      inside = Layout.margined(area, core.size)
      drawLines(
        title, ActivationMap(output, channel: core.channel), statistics, in: inside, of: &frame)
    }

    let measured = screen.order == .area ? nil : screen.measured(core)
    let selected = core.channel
    let thumbnails = Thumbnails(
      output, statistics: statistics, size: layout.thumbnail, core: core)
    thumbnails.prepare(
      channels[page].enumerated().map { ($0.element, layout.place($0.offset)) }, for: frame.cells)
    for (offset, channel) in channels[page].enumerated() {
      let place = layout.place(offset)
      thumbnails.draw(channel, in: place, of: &frame.cells)
      let number = measured.map { text(of: $0[channel]) } ?? thumbnails.remark(on: channel)
      drawLabel(
        of: channel, number, isSelected: channel == selected, below: place, of: &frame)
      frame.answer(
        in: layout.labelledPlace(offset), click: { _, _ in .grid(.pointed(channel: channel)) })
    }
    frame.answer(in: layout.area, wheel: { .grid(.moved(columns: 0, rows: $0)) })

    ColorBarView(
      scale: thumbnails.scale(of: core.channel), range: thumbnails.range(of: core.channel),
      isOverlaid: thumbnails.lieOverPhoto
    ).draw(
      in: inside.rows(.fill, .fixed(1)).1, of: &frame.cells)
  }

  /// Draws the panes of the grid, the channel under the cursor and the photo; returns the inside of
  /// the grid's pane.
  private func drawPanes(_ title: String, of frame: inout Frame) -> Rect {
    let (grid, channel, photo) = GridLayout.panes(of: core)
    let inside = frame.pane(grid, title: title, hasArrows: true)
    frame.cells.write(
      legend, x: inside.x, y: inside.y, style: Theme.quiet, maxWidth: inside.width)
    ChannelPane(core: core, showsCursor: true, saysValue: true).draw(
      in: frame.pane(channel, title: core.channelName), of: &frame
    ) { y, x in .zoom(.entered(x: x, y: y)) }
    SeenPhoto(core: core).draw(in: photo, of: &frame)
    return inside
  }

  /// Writes the layer, the channel under the cursor, and the legend of the signs, in two lines.
  private func drawLines(
    _ title: String, _ map: ActivationMap, _ statistics: ChannelStatistics, in area: Rect,
    of frame: inout Frame
  ) {
    let end = frame.cells.write(
      title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let words =
      ChannelPane.title("channel", map, statistics)
      + [core.className(ofChannel: core.channel)].compactMap(\.self)
    let below = frame.cells.write(
      words.joined(separator: "  "), x: area.x, y: area.y + 1, maxWidth: area.width)
    // The legend stands in the first line if it fits there, or else in the second.
    let ends: [(x: Int, y: Int)] = [(end, area.y), (below, area.y + 1)]
    if let place = ends.first(where: { $0.x + 2 + legend.count <= area.maxX }) {
      frame.cells.write(legend, x: place.x + 2, y: place.y, style: Theme.quiet)
    }
  }

  /// Returns the layer, its order with the progress of the measurement, and the page, in `width`
  /// columns.
  private func title(showing page: (number: Int, count: Int)?, width: Int) -> String {
    let count = core.layer.output.channels
    func line(_ name: String, _ middle: String, _ order: String, pageWord: Bool) -> String {
      let pages = page.map {
        pageWord ? "page \($0.number) of \($0.count)" : "\($0.number)/\($0.count)"
      }
      return ["\(core.layer.name)", middle + order + name, pages].compactMap(\.self)
        .joined(separator: " ─ ")
    }
    if let filter = screen.filter, let atlas = core.atlas {
      let own = screen.filtered(core)
      let areas = own.compactMap { atlas.channel($0, of: core.layer.name)?.separates?.area }
      let shown = width >= 100 ? filter.least ?? areas.min() : filter.least
      let least = shown.map { ", AUC \(NumberText.fixed($0, 2)) and more" } ?? ""
      return line(
        (filter.classIndex.map { atlas.classes[$0] } ?? "a class") + least,
        own.isEmpty ? "all, because none of " : "\(own.count) of ",
        "\(count) channels \(own.isEmpty ? "is " : "")for ",
        pageWord: width >= 100)
    }
    let all = "\(count) channels by "
    guard screen.order == .influence else {
      return line("", all, screen.order.rawValue, pageWord: true)
    }
    guard let question = screen.influenceQuestion(core) else {
      return line("", all, "index: none has influence on a class", pageWord: width >= 100)
    }
    let found = core.answers.soFar(question)?.count
    let progress = core.answers[question] == nil ? ", measured \(found ?? 0) of \(count) …" : ""
    let name = core.model.checkpoint.label(question.classIndex)
    let long = line(name + progress, all, "influence on ", pageWord: true)
    if long.count <= width { return long }
    // The name of the class is shortened last.
    let rest = line(progress, "", "by influence on ", pageWord: false).count
    let isCut = rest + name.count > width
    let shown = isCut ? name.prefix(max(3, width - rest - 1)) + "…" : name[...]
    return line(shown + progress, "", "by influence on ", pageWord: false)
  }

  private var marked: Set<Int> { screen.marked(core) }

  /// The legend of the signs in the labels.
  private var legend: String {
    let saturates = core.model.checkpoint.architecture.activation == .relu6
    let hasZeros = core.statistics?.channels.contains { $0.zeroShare == 1 } ?? false
    return [
      hasZeros ? "○ all zero" : nil, saturates ? "▴ part at 6" : nil,
      marked.isEmpty ? nil : "● \(marked.count) marked",
    ].compactMap(\.self).joined(separator: "  ")
  }

  private func text(of measured: Double) -> String {
    let hasSign = screen.order != .separation && measured >= 0
    return (hasSign ? " +" : " ") + NumberText.fixed(measured, 2)
  }

  private func drawLabel(
    of channel: Int, _ remark: String, isSelected: Bool, below place: Rect, of frame: inout Frame
  ) {
    let isMarked = marked.contains(channel)
    let text = (isMarked ? "●" : "") + "\(channel)" + remark
    let style = isSelected ? Theme.selected : isMarked ? Theme.best : Theme.quiet
    frame.cells.write(
      text.padded(right: isSelected ? place.width : 0), x: place.x, y: place.maxY, style: style,
      maxWidth: place.width)
  }
}
