import Cells
import Explanation
import Images
import MobileNet
import Reports

extension AdversarialScreen {
  static let shortcuts: [Binding] = [
    shortcut("!", help: "Show how few grey levels make the answer another.")
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.left, .right], "←→", label: "step", help: "Change each colour by less or by more."
    ) { step, _ in .adversarial(.stepMoved(by: step)) }.only {
      !$0[AdversarialScreen.self].examples($0.core).isEmpty
    },
    Binding(
      steps: [.character("<"), .character(">")], "< >", label: "class",
      help: "Aim at another class of the list; / finds any other."
    ) { step, _ in .evidence(.classMoved(by: step)) },
    Binding(
      [.tab], "Tab", label: "rounds",
      help: "Change the photo at once, or in ten rounds, which goes further with as few levels.",
      action: .adversarial(.roundsCycled)),
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    AdversarialView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The photo, the change made visible, and the changed photo, with the answers; below, the
/// probabilities by step.
struct AdversarialView {
  let screen: AdversarialScreen
  let core: Core

  /// The number of classes under a picture.
  private static let classes = 3

  func draw(in whole: Rect, of frame: inout Frame) {
    let area = Layout.margined(whole, core.size)
    guard let aim = screen.aim(core), let original = core.original?.trace else {
      write(problem, Theme.quiet, in: area, &frame)
      return
    }
    let isRoomy = Layout.isRoomy(core.size)
    let pictureHeight = min(
      (area.width - (isRoomy ? 6 : 4)) / 6, (area.height - 2 - Self.classes) * 2 / 3)
    let (title, pictures, chart) = area.rows(
      .fixed(1), .fixed(pictureHeight + (isRoomy ? 2 : 1) + Self.classes), .fill)
    write(self.title(aim), Theme.title, in: title.columns(.fixed(isRoomy ? 1 : 0), .fill).1, &frame)
    let before = core.photo.prepared.pixels
    let example = screen.example(core)
    let (left, middle, right) =
      isRoomy ? pictures.columns(.fill, .fill, .fill) : pictures.thirds(gap: 2)
    draw(
      before, "as it is", original.predictions(top: Self.classes), in: left, of: &frame)
    if let example {
      let below = draw(
        example.difference(from: before), "the change, made visible", [], in: middle, of: &frame)
      write(change(example), Theme.plain, in: below, &frame)
      draw(
        example.pixels, "with the change", Array(example.predictions.prefix(Self.classes)),
        in: right, of: &frame)
    } else {
      let inside = frame.pane(middle, title: "the change, made visible")
      write("looking for the fewest grey levels …", Theme.quiet, in: inside, &frame)
    }
    drawChart(aim, original, in: chart, of: &frame)
  }

  private var problem: String {
    if core.live != nil {
      return "This needs a photo: the next frame of a stream would come first."
    }
    guard core.model.checkpoint.architecture.classes ?? 0 > 1 else {
      return "This checkpoint has no classes to choose from."
    }
    return core.original?.trace.problem ?? core.waitingText
  }

  private func title(_ aim: AdversarialExample.Aim) -> String {
    let way =
      switch aim {
      case .away(let index): "away from \(name(index))"
      case .toward(let index): "to \(name(index))"
      }
    let rounds = screen.rounds == 1 ? "" : ", in \(screen.rounds) rounds"
    let elsewhere = core.patches.summary.map { " ─ \($0) on the other screens, nothing here" } ?? ""
    return "A few grey levels, \(way)\(rounds)\(elsewhere)"
  }

  private func change(_ example: AdversarialExample) -> String {
    let levels = example.step == 1 ? "1 grey level" : "\(example.step) grey levels"
    return "each colour \(levels) of 255 up or down"
  }

  /// Draws a picture above its classes; returns the area of the classes.
  @discardableResult
  private func draw(
    _ pixels: Pixels, _ name: String, _ predictions: [Prediction], in area: Rect,
    of frame: inout Frame
  ) -> Rect {
    let (picture, list) = frame.pane(area, title: name).rows(.fill, .fixed(Self.classes))
    PhotoView(pixels).draw(in: picture, of: &frame.cells)
    for (row, prediction) in predictions.enumerated() {
      let percent = NumberText.percent(Double(prediction.probability), digits: 1)
      frame.cells.write(
        percent.padded(left: 7) + "  " + self.name(prediction.classIndex), x: list.x,
        y: list.y + row, style: row == 0 ? Theme.best : Theme.plain, maxWidth: list.width)
    }
    return list
  }

  /// Draws the probabilities of the answer and of the aimed class by step.
  private func drawChart(
    _ aim: AdversarialExample.Aim, _ original: Trace, in whole: Rect, of frame: inout Frame
  ) {
    let examples = screen.examples(core)
    guard whole.height >= 4, !examples.isEmpty, let answer = screen.answer(core) else { return }
    func curve(_ index: Int) -> [Double] {
      [Double(original.output(at: original.layers.count - 1)[0, 0, index])]
        + examples.map { $0.probability(of: index) }
    }
    // The class that is aimed at, or that takes the answer's place.
    let other =
      if case .toward(let index) = aim { Int?.some(index) } else {
        examples.compactMap { $0.predictions.first?.classIndex }.first { $0 != answer }
      }
    let dots = other.map { " (columns) and \(name($0)) (dots) are" } ?? " is"
    let area = frame.pane(
      whole, title: "how likely \(name(answer))\(dots), by grey levels", hasArrows: true)
    let steps = AdversarialExample.usualSteps.count
    let curves = (curve(answer), other.map(curve))
    let (scale, right) = area.columns(.fixed(Self.scaleWidth), .fill)
    let (upper, marks) = right.rows(.fill, .fixed(1))
    drawScale(
      upTo: (curves.0 + (curves.1 ?? [])).max() ?? 0, in: scale.rows(.fill, .fixed(1)).0, of: &frame
    )
    // A whole number of columns per step, so that the marks stand under their columns.
    let spacing = max(1, (right.width - 4) / steps)
    let plot = upper.columns(.fixed(spacing * examples.count + 1), .fill).0
    CurveChartView(curve: curves.0, other: curves.1).draw(in: plot, of: &frame.cells)
    for step in 0...steps where step % (spacing < 3 ? 4 : 2) == 0 || step == screen.step(core) {
      frame.cells.write(
        "\(step)", x: marks.x + spacing * step, y: marks.y,
        style: step == screen.step(core) ? Theme.selected : Theme.quiet)
    }
    frame.answer(
      in: plot, click: { x, _ in .adversarial(.stepChosen((x + spacing / 2) / spacing)) },
      wheel: { .adversarial(.stepMoved(by: $0)) })
  }

  /// The columns of the percentages beside the chart.
  private static let scaleWidth = 6

  /// Writes what the chart's top, its middle, where there is one, and its bottom stand for.
  private func drawScale(upTo most: Double, in area: Rect, of frame: inout Frame) {
    var ticks = [(most, area.y), (0, area.maxY - 1)]
    if area.height % 2 == 1, area.height >= 5 { ticks.append((most / 2, area.y + area.height / 2)) }
    for (share, y) in ticks {
      frame.cells.write(
        NumberText.percent(share).padded(left: Self.scaleWidth - 1), x: area.x, y: y,
        style: Theme.quiet)
    }
  }

  private func name(_ index: Int) -> String { core.model.checkpoint.shortLabel(index) }

  private func write(_ text: String, _ style: Style, in area: Rect, _ frame: inout Frame) {
    Paragraph.draw(text, in: area, style: style, of: &frame.cells)
  }
}
