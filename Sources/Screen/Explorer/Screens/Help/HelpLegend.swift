import Cells
import Reports

/// The reading of the pictures, and the meaning of the words, beside the keys where there is room.
struct HelpLegend {
  let asked: ScreenID
  let core: Core
  /// How far the keys are scrolled, 0…1: where not all words fit, they are turned with them.
  let progress: Double

  /// The words of the screens, a sentence each.
  static let words: [(word: String, meaning: String)] = [
    ("layer", "a step of the network; it makes new pictures of those before it"),
    ("channel", "one of the pictures that a layer makes, each for another pattern"),
    ("conv, dw, sep", "all channels at once; 3×3 within each channel; 1×1 across the channels"),
    ("place", "a row and a column of a channel; it sees a part of the photo"),
    ("receptive field", "the part of the photo that a place sees"),
    ("weight, kernel", "what was learned: a number to multiply with, and 3×3 of them"),
    ("multiply-add", "a multiplication and the addition after it: what a network costs"),
    ("sum", "what a layer computes before it cuts off what is below zero"),
    ("ReLU, ReLU6", "what follows a sum: below zero becomes zero, and above 6 becomes 6"),
    ("stride", "by how many places a layer steps; with 2 its pictures are half as high and wide"),
    ("padding", "the zeros around a picture, so that its edge has places around it"),
    ("batch norm", "a scale and a shift for each channel, here within its weights already"),
    ("logit", "what speaks for a class, a number of fc7, before softmax makes it a share"),
    ("evidence", "what each place adds to a class: a class activation map"),
    ("gradient", "how much a number changes where a value changes a little"),
    ("influence", "what a class loses when a channel is switched off"),
    ("atlas", "what each channel did over many images"),
    ("top-1, top-5", "how often the right class is the likeliest, or among the five likeliest"),
  ]

  /// The columns of the words beside an example.
  private static let wordsWidth = 38
  /// From so many columns on, an example stands beside the words.
  private static let widthWithExample = 60

  func draw(in area: Rect, of frame: inout Frame) {
    var rest = area
    if area.width >= Self.widthWithExample {
      let example: Rect
      (rest, example) = area.columns(.fixed(Self.wordsWidth), .fill, gap: 2)
      drawExample(in: example, of: &frame)
    }
    if let purpose = asked.type.shortcuts.first?.help {
      say(asked.type.title, Theme.title, &rest, &frame)
      say(purpose, Theme.plain, &rest, &frame)
      rest = rest.rows(.fixed(1), .fill).1
    }
    say("colours: from little to much", Theme.title, &rest, &frame)
    bar(HeatScale(core.view, shown: [0, 1], layer: 0...1), &rest, &frame)
    say("below zero, and above", Theme.title, &rest, &frame)
    bar(HeatScale(core.view, reach: 1), &rest, &frame)
    say("bars: the likeliest, and others", Theme.title, &rest, &frame)
    for (share, style) in [(0.8, Theme.best), (0.3, Theme.bar)] where rest.height > 0 {
      let (line, below) = rest.rows(.fixed(1), .fill)
      frame.cells.bar(share, in: line, style: style)
      rest = below
    }
    rest = rest.rows(.fixed(1), .fill).1
    sayWords(in: rest, &frame)
  }

  /// Writes the words, as many as fit, and how many are left out.
  private func sayWords(in area: Rect, _ frame: inout Frame) {
    let heights = Self.words.map { 1 + $0.meaning.wrapped(to: max(1, area.width)).count }
    func fitting(from first: Int, _ rows: Int) -> Int {
      var left = rows
      return heights[first...].prefix { height in
        left -= height
        return left >= 0
      }.count
    }
    let isWhole = fitting(from: 0, area.height) == heights.count
    let rows = area.height - (isWhole ? 0 : 1)
    let last = heights.indices.first { fitting(from: $0, rows) == heights.count - $0 } ?? 0
    let first = Int((progress * Double(last)).rounded())
    let count = fitting(from: first, rows)
    var rest = area
    for (word, meaning) in Self.words[first..<first + count] {
      say(word, Theme.title, &rest, &frame)
      say(meaning, Theme.quiet, &rest, &frame)
    }
    guard !isWhole, count > 0 else { return }
    frame.cells.write(
      "… \(Self.words.count - count) more words turn with the keys", x: area.x, y: area.maxY - 1,
      style: Theme.quiet, maxWidth: area.width)
  }

  /// Draws the photo, and below it what a channel makes of it.
  private func drawExample(in area: Rect, of frame: inout Frame) {
    var (upper, lower) = area.rows(.fill, .fill, gap: 1)
    say("the photo, as the network gets it", Theme.title, &upper, &frame)
    PhotoView(core.photo.prepared.pixels).draw(in: upper, of: &frame.cells)
    guard let output = core.output else { return }
    say("\(core.channelName): where its pattern is", Theme.title, &lower, &frame)
    ChannelPicture(output: output, channel: core.channel, view: core.heatView, hasBar: true).draw(
      in: lower, of: &frame.cells)
  }

  private func say(_ text: String, _ style: Style, _ rest: inout Rect, _ frame: inout Frame) {
    let rows = Paragraph.draw(text, in: rest, style: style, of: &frame.cells)
    rest = rest.rows(.fixed(rows), .fill).1
  }

  private func bar(_ scale: HeatScale, _ rest: inout Rect, _ frame: inout Frame) {
    let (line, below) = rest.rows(.fixed(1), .fill)
    if line.height > 0 { ColorBarView(scale: scale, range: "").draw(in: line, of: &frame.cells) }
    rest = below
  }
}
