import Cells
import MobileNet
import Reports
import Tensors

extension AblationScreen {
  static let shortcuts: [Binding] = [
    shortcut("X", help: "Show what is switched off, and the answers with and without it."),
    Binding([.character("u")], "u", label: "undo", help: "Take back what was switched off last.") {
      _, state in
      state.patches.isEmpty ? nil : .undone
    },
  ]

  static let bindings: [Binding] =
    [
      Binding(
        [.enter], "Enter", label: "home",
        help: "Go to the layers, which show the network as it is now.",
        action: .opened(.home))
    ] + patching + Bindings.layers + [Bindings.channelByChannel] + Bindings.view

  private static let patching: [Binding] = [
    Binding(
      steps: [.left, .right], "←→", label: "put there",
      help: "Put something else there: zeros, the mean over the photo or an atlas, its values "
        + "scaled or held, or those of another photo."
    ) { step, _ in .ablation(.kindMoved(by: step)) }.only { !$0.patches.isEmpty },
    Binding(
      steps: [.character("-"), .character("+")], "- +", label: "amount",
      help: "Scale or clamp less or more."
    ) { step, _ in .ablation(.amountMoved(by: step)) }.only { $0.hasAmount },
    Binding(
      [.character("I")], "I", label: "other photo",
      help: "Put the values of the next photo of the folder there.",
      action: .ablation(.photoMoved(by: 1))
    ).only { !$0.patches.isEmpty },
    Binding(
      [.character("*")], "*", label: "whole layer", help: "Patch all of the layer.",
      action: .ablation(.widened)
    ).only { !$0.patches.isEmpty },
    Binding(
      [.tab], "Tab", label: "patch", help: "Take the next of several patches.",
      action: .ablation(.moved(by: 1))
    ).only { $0.patches.count > 1 },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    AblationView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

extension ExplorerState {
  /// Whether the patch under the cursor has an amount.
  fileprivate var hasAmount: Bool {
    let kind = self[AblationScreen.self].kind(core)
    return kind == .scaled || kind == .clamped
  }
}

/// The classes before and now, how much each layer changed, and the patches.
struct AblationView {
  let screen: AblationScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let now = core.run?.trace else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    guard !core.patches.isEmpty else { return drawNothing(now, in: area, of: &frame) }
    let before = core.original?.trace ?? now
    let words = words(from: before, to: now)
    let parts = parts(of: area, words)
    let inner = frame.pane(parts.answers, title: "answers before → now")
    let legend = legend
    let (answers, meanings) = inner.rows(.fill, .fixed(legend.rows(width: inner.width)))
    if let problem = now.problem ?? before.problem {
      Paragraph.draw(
        problem, in: Layout.margined(answers, core.size), style: Theme.quiet, of: &frame.cells)
    } else {
      ChangedAnswers(before: before, now: now, checkpoint: core.model.checkpoint).draw(
        in: answers, of: &frame.cells)
    }
    legend.draw(in: meanings, of: &frame.cells)
    ChangedLayers(core: core).draw(
      in: frame.pane(parts.list, title: "how far layers changed", hasArrows: true), of: &frame)
    let inside = frame.pane(parts.words, title: "switched off")
    var rest = inside.rows(.fixed(drawKinds(in: inside, of: &frame)), .fill).1
    for (text, style) in words {
      let rows = Paragraph.draw(text, in: rest, style: style, of: &frame.cells)
      rest = rest.rows(.fixed(rows), .fill).1
    }
    if let pictures = parts.pictures { drawChannel(before, now, in: pictures, of: &frame) }
    if let change = parts.change { drawChange(before, now, in: change, of: &frame) }
  }

  /// Draws how parts are switched off, the photo and its answers: there is nothing to compare.
  private func drawNothing(_ trace: Trace, in area: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    let (left, right) = Layout.margined(area, core.size).columns(
      .ratio(1, 2), .fill, gap: isRoomy ? 0 : 2)
    let inside = frame.pane(left, title: "switched off")
    var y = inside.y
    for (text, style) in [("Nothing is switched off.", Theme.title), (Self.advice, Theme.plain)] {
      y += Paragraph.draw(text, in: inside.from(y: y), style: style, of: &frame.cells)
    }
    PhotoView(core.photo.prepared.pixels).draw(in: inside.from(y: y + 1), of: &frame.cells)
    PredictionsView(trace: trace, checkpoint: core.model.checkpoint).draw(
      in: frame.pane(right, title: "answers"), of: &frame)
  }

  /// Draws the kinds available to the patch under the cursor; returns the number of rows used.
  private func drawKinds(in area: Rect, of frame: inout Frame) -> Int {
    guard let kind = screen.kind(core), area.height >= 2 else { return 0 }
    let lines = kindLines(width: area.width)
    for (line, kinds) in lines.enumerated() {
      TabLine.draw(
        kinds, selected: kind, gap: 0, in: area.from(y: area.y + line), of: &frame,
        name: \.rawValue, action: { .ablation(.kindChosen($0)) })
    }
    return lines.count
  }

  /// Returns the kinds available to the patch under the cursor, in lines of at most `width`.
  private func kindLines(width: Int) -> [[AblationScreen.Kind]] {
    var lines: [[AblationScreen.Kind]] = []
    var room = 0
    for kind in screen.kinds(core) {
      let columns = kind.rawValue.count + 2
      if columns > room {
        lines.append([])
        room = width
      }
      lines[lines.count - 1].append(kind)
      room -= columns
    }
    return lines
  }

  /// The meaning of the bars beside the answers.
  private var legend: Legend {
    let sums = core.layers.classifier.map { core.layers[$0].name } ?? ""
    let above = core.layers.hasSoftmax ? " above the mean" : ""
    return Legend([
      ("█ \(sums)\(above)", Theme.bar), ("▀ lost", Theme.against), ("▄ gained", Theme.best),
    ])
  }

  /// Where everything stands; a small terminal has no room for pictures.
  private struct Parts {
    var answers, list, words: Rect
    var change: Rect?
    var pictures: Rect?
  }

  /// The fewest lines of the list of layers.
  private static let fewestLines = 12
  /// The fewest rows of the picture of what changed, its frame included.
  private static let fewestRows = 8

  private func parts(of area: Rect, _ words: [(text: String, style: Style)]) -> Parts {
    func rows(_ width: Int) -> Int {
      let kinds = core.patches.isEmpty ? 0 : kindLines(width: width - 2).count
      return words.reduce(2 + kinds) { $0 + $1.text.wrapped(to: max(1, width - 2)).count }
    }
    guard Layout.isRoomy(core.size) else {
      let (left, list) = area.columns(.ratio(1, 2), .fill, gap: 2)
      let (answers, words) = left.rows(.fill, .fixed(min(rows(left.width), left.height / 2)))
      return Parts(answers: answers, list: list, words: words)
    }
    // The pictures are as wide as they are high.
    let (answers, middle, pictures) = area.columns(
      .fill, .ratio(3, 10), .fixed(min(area.height - 2, area.width / 3)))
    let wordRows = min(rows(middle.width), middle.height / 2)
    let unchanged = core.patches.map(\.layer).min() ?? 0
    let lines = max(Self.fewestLines, core.layers.count - unchanged + (unchanged > 0 ? 1 : 0))
    let (list, below, change) = middle.rows(
      .fixed(min(lines, core.layers.count) + 2), .fixed(wordRows), .fill)
    guard change.height < Self.fewestRows else {
      return Parts(answers: answers, list: list, words: below, change: change, pictures: pictures)
    }
    let (long, last) = middle.rows(.fill, .fixed(wordRows))
    return Parts(answers: answers, list: long, words: last, pictures: pictures)
  }

  /// Draws how much each place of the selected channel rose or fell.
  private func drawChange(
    _ before: Trace, _ now: Trace, in area: Rect, of frame: inout Frame
  ) {
    let planes = [before, now].map {
      ActivationMap($0.output(at: core.selection.layer), channel: core.channel).plane
    }
    let change = zip(planes[0].values, planes[1].values).map { $1 - $0 }
    let shape = Shape(height: planes[0].height, width: planes[0].width, channels: 1)
    let inside = frame.pane(area, title: "now minus before")
    let (picture, bar) = inside.rows(.fill, .fixed(1))
    let heatmap = HeatmapView(
      ActivationMap(Tensor(shape: shape, values: change), channel: 0), in: picture,
      density: frame.cells.capabilities.density)
    let scale = HeatScale(core.view, shown: heatmap.spanned())
    heatmap.draw(scale, of: &frame.cells)
    ColorBarView(
      scale: scale, range: "", meaning: "change", basis: ViewSettings.spanName(heatmap.block)
    ).draw(in: bar, of: &frame.cells)
  }

  /// Draws the selected channel before and now, on one scale.
  private func drawChannel(
    _ before: Trace, _ now: Trace, in area: Rect, of frame: inout Frame
  ) {
    // Pictures of one size show one scale.
    let (upper, lower) = area.rows(.ratio(1, 2), .ratio(1, 2))
    let outputs = [before, now].map { $0.output(at: core.selection.layer) }
    for (index, place) in [upper, lower].enumerated() {
      let values = ActivationMap(outputs[index], channel: core.channel).values
      // A channel without differences is a plain square: its title says of what.
      let flat = values.allSatisfy { $0 == values.first } ? values.first : nil
      let state =
        (index == 0 ? "before" : "now")
        + (flat.map { ": \(NumberText.value($0)) everywhere" } ?? "")
      let long = "\(core.channelName) \(state)"
      let inside = frame.pane(place, title: long.count <= place.width - 6 ? long : state)
      ChannelPicture(
        output: outputs[index], channel: core.channel, view: core.heatView,
        compared: outputs[1 - index], hasBar: true
      ).draw(in: inside, of: &frame.cells)
    }
  }

  /// Returns the change of the answer, and the patches.
  private func words(from before: Trace, to now: Trace) -> [(text: String, style: Style)] {
    let changed = (changes(from: before, to: now) + [whatRanAgain(now)].compactMap(\.self)).map {
      ($0, Theme.plain)
    }
    let count = core.patches.count
    let selected = screen.index(core)
    let waiting = screen.awaited.map {
      [("running the network on \($0.path) …", Theme.quiet)]
    }
    return changed
      + core.patchNames.enumerated().map {
        let index = count - 1 - $0
        let mark = count > 1 && index == selected ? "▸" : ""
        return ("\(mark)\(index + 1). \($1)", Theme.title)
      } + (waiting ?? [])
  }

  /// The advice shown without patches.
  static let advice =
    "x switches off the channel that is shown, the channels marked in the grid (v), or the area "
    + "marked in the zoom (v)."

  /// Returns how much of the network was computed again; nil for the original run.
  func whatRanAgain(_ run: Trace) -> String? {
    guard core.original != core.run,
      let first = core.patches.map(\.layer).min()
    else { return nil }
    let times = run.milliseconds[(first + 1)...]
    return "\(times.count) of \(run.layers.count) layers ran again, in "
      + "\(NumberText.fixed(times.reduce(0, +), 1)) ms"
  }

  /// Returns the changes of the class that was most likely before, and of the one that is now.
  func changes(from before: Trace, to after: Trace) -> [String] {
    guard before.problem == nil, after.problem == nil else { return [] }
    let tops = [before, after].compactMap { $0.predictions(top: 1).first?.classIndex }
    guard let first = tops.first, let last = tops.last, let sums = before.layers.classifier
    else { return [] }
    let position = before.layers.count - 1
    return (first == last ? [first] : [first, last]).map { index in
      func percent(_ trace: Trace) -> String {
        NumberText.percent(Double(trace.output(at: position)[0, 0, index]), digits: 1)
      }
      // The value that the bars show too.
      func sum(_ trace: Trace) -> String {
        NumberText.value(
          Float(Target.logit(of: index, in: trace.layers).value(of: trace.output(at: sums))))
      }
      let above = before.layers.hasSoftmax ? " above the mean class" : ""
      return "\(core.model.checkpoint.label(index)): \(percent(before)) → \(percent(after)); "
        + "\(before.layers[sums].name)\(above): \(sum(before)) → \(sum(after))"
    }
  }
}

/// The classes likely before or now with their logits (`Target.logit(of:in:)`) as numbers and bars, both
/// bars in one row.
///
/// Not with their probabilities: that of a class rises too when another one's logit falls.
struct ChangedAnswers {
  let before: Trace
  let now: Trace
  let checkpoint: Checkpoint

  /// The fewest columns of a bar beside long names.
  private static let fewestOfBar = 8

  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard let sums = before.layers.classifier else { return }
    let classes = classes(area.height)
    let labels = classes.map { checkpoint.label($0) }
    let heights = classes.map { index in
      [before, now].map {
        Target.logit(of: index, in: $0.layers).value(of: $0.output(at: sums))
      }
    }
    let texts = heights.map { $0.map { NumberText.fixed($0, 2) } }
    let columns = texts.joined().map(\.count).max() ?? 0
    let room = area.width - 2 * columns - "  →  ".count - Self.fewestOfBar
    let width = min(labels.map(\.count).max() ?? 0, max(8, room))
    let reach = max(heights.joined().max() ?? 0, .leastNormalMagnitude)
    for line in classes.indices {
      let y = area.y + line
      cells.write(labels[line], x: area.x, y: y, maxWidth: width)
      let numbers = texts[line].map { $0.padded(left: columns) }.joined(separator: " → ")
      let end = cells.write(
        numbers + " ", x: area.x + width + 1, y: y, maxWidth: area.width - width - 1)
      cells.bars(
        before: heights[line][0] / reach, after: heights[line][1] / reach,
        in: area.row(y, from: end),
        lost: Theme.against, kept: Theme.bar, gained: Theme.best)
    }
  }

  /// Returns at most `count` classes, ordered by the larger of their probabilities before and now.
  func classes(_ count: Int) -> [Int] {
    let all = [before, now].flatMap { $0.predictions(top: count).map(\.classIndex) }
    let unique = Set(all).sorted()
    return descending(unique.map { max(share(of: $0, before), share(of: $0, now)) })
      .prefix(count).map { unique[$0] }
  }

  /// Returns the probability of a class, 0…1.
  func share(of index: Int, _ trace: Trace) -> Double {
    Double(trace.output(at: trace.layers.count - 1)[0, 0, index])
  }
}

/// The layers with how much each changed, from the first patch on where not all fit.
struct ChangedLayers {
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    let changes = core.change.flatMap { core.answers.latest($0) }
    let reach = max(changes?.compactMap(\.self).max() ?? 0, .leastNormalMagnitude)
    // Layers in front of the first patch don't change: they scroll away, unless one is selected.
    let (first, selected) = (core.patches.map(\.layer).min() ?? 0, core.selection.layer)
    let middle = selected < first ? selected : max(selected, first + (area.height - 1) / 2)
    ScrollingList(count: core.layers.count, selected: middle).draw(
      in: area, of: &frame, click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == selected
      let change = changes.map { $0[position] }
      let text =
        (isSelected ? "▸" : " ") + "\(core.layers[position].index)".padded(left: 2) + " "
        + core.layers[position].name.padded(right: 12)
        + Self.text(change, isKnown: core.patches.isEmpty).padded(left: 6) + " "
      let end = frame.cells.write(
        text, x: row.x, y: row.y, style: isSelected ? Theme.selected : Theme.plain,
        maxWidth: row.width)
      frame.cells.bar(
        ((change ?? 0) ?? 0) / reach,
        in: row.row(row.y, from: end), style: Theme.bar)
    }
  }

  /// Returns a layer's change; an ellipsis while unknown, a dash if it cannot be given.
  private static func text(_ change: Double??, isKnown: Bool) -> String {
    switch change {
    case .some(let change): change.map { NumberText.percent($0) } ?? "–"
    case nil: isKnown ? NumberText.percent(0) : "…"
    }
  }
}
