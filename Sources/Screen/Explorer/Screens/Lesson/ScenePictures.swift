import Cells
import Lessons
import Research

/// The lesson's value in pictures: the photo with its receptive field, what its layer reads where there
/// is room, and what that makes.
struct ScenePictures {
  let screen: LessonScreen
  let core: Core

  /// The fewest columns of charts beside the pictures, and those between both.
  private static let (chartWidth, gap) = (44, 3)

  /// The fewest rows of a picture on a ground.
  private static let fewestRows = 3

  /// Divides `area` into charts and the pictures beside them, which get as many columns as they can use.
  static func divide(_ area: Rect) -> (charts: Rect, pictures: Rect) {
    let pictures = min(3 * area.height - 2, area.width - chartWidth - gap)
    return area.columns(.fill, .fixed(pictures), gap: gap)
  }

  /// Draws them as large as possible: a large photo, or both side by side, or one above the other.
  func draw(in area: Rect, of frame: inout Frame) {
    if screen.topic.needsBackground {
      return drawGrounds(in: area, of: &frame)
    }
    if 2 * area.width < 7 * area.height, let (large, upper, lower) = area.largeAndTwo() {
      drawPhoto(in: large, of: &frame)
      drawInput(in: upper, of: &frame)
      OutputPicture(screen: screen, core: core).draw(in: lower, of: &frame)
      return
    }
    let isWide = area.width > 2 * area.height
    let (photo, output) =
      isWide
      ? area.columns(.ratio(1, 2), .fill, gap: 2) : area.rows(.ratio(1, 2), .fill)
    guard photo.height >= 4, photo.width >= 8 else { return }
    drawPhoto(in: photo, of: &frame)
    OutputPicture(screen: screen, core: core).draw(in: output, of: &frame)
  }

  /// Draws the classes of the lesson on backgrounds, each on the ground that it is learned on, and below
  /// that on the other's.
  private func drawGrounds(in area: Rect, of frame: inout Frame) {
    let question = BackgroundPicturesQuestion(core.model.resolution)
    guard let pictures = core.answers[question] else { return }
    // Square, in two rows of equal height; four stand side by side where two would leave room.
    let half = area.height / 2
    func side(_ count: Int) -> Int { min(half - 1, (area.width + 2) / count / 2 - 1) }
    let all = pictures.count / 2
    let count = side(all) >= side(2) * 3 / 4 ? all : min(2, all)
    guard side(count) >= Self.fewestRows else { return }
    for (row, name) in ["grounds-learned", "grounds-exchanged"].enumerated() {
      let (caption, below) = area.rows(.fixed(row * half), .fixed(half)).1.rows(.fixed(1), .fill)
      frame.cells.write(
        core.stage(name), x: caption.x, y: caption.y, style: Theme.quiet, maxWidth: caption.width)
      for (index, pixels) in pictures[(row * all)...].prefix(count).enumerated() {
        let place = below.tile(
          index, across: count, size: Size(width: 2 * side(count), height: side(count)),
          gap: Size(width: 2, height: 0))
        PhotoView(pixels).draw(in: place, of: &frame.cells)
      }
    }
  }

  /// Draws the photo with the receptive field of the lesson's cell.
  func drawPhoto(in area: Rect, of frame: inout Frame) {
    let seen = SeenPhoto(core: core).seen
    let (title, picture) = area.rows(.fixed(1), .fill)
    let grid = PhotoView(pixels: core.photo.prepared.pixels, outline: seen)
      .draw(in: picture, of: &frame.cells)
    let facts = ["columns": "\(seen.columns.count)", "rows": "\(seen.rows.count)"]
    title.write(
      core.stage("sees", facts), core.stage("sees-briefly", facts), over: grid, of: &frame.cells)
  }

  /// Draws the part of the photo that is `seen`, as large as fits.
  func drawCloseUp(
    of seen: (columns: Range<Int>, rows: Range<Int>), in area: Rect, of frame: inout Frame
  ) {
    let (caption, picture) = area.rows(.fixed(1), .fill)
    let part = core.photo.prepared.pixels.part(columns: seen.columns, rows: seen.rows)
    var view = PhotoView(part)
    // What is enlarged is of one colour each, where dots would look like something.
    view.rendering = .nearest
    let grid = view.draw(in: picture, of: &frame.cells)
    caption.write(
      core.stage("closely"), core.stage("closely-briefly"), over: grid, of: &frame.cells)
  }

  /// Draws a channel that the layer reads: the one that is selected there, or the only one that a depthwise
  /// layer makes its channel of.
  private func drawInput(in area: Rect, of frame: inout Frame) {
    let layer = core.selection.layer
    guard let input = core.run?.trace.input(at: layer) else { return }
    let read = core.layer.kind == .depthwise ? layer : layer - 1
    let channel = layer == 0 ? 0 : core.channel(at: read)
    MapPicture(
      tensor: input, channel: channel, title: core.reading(channel),
      compared: core.whole(at: layer - 1)
    ).draw(in: area, of: &frame)
  }
}

extension Rect {
  /// The places of a large square picture and of two small ones beside it, one above the other, each
  /// below a caption; nil where the first would not be the largest.
  func largeAndTwo() -> (large: Rect, upper: Rect, lower: Rect)? {
    // As many columns as two rows for each of their own.
    let side = max(0, height - 2)
    let (large, small) = columns(.fill, .fixed(side), gap: 2)
    guard large.width > side else { return nil }
    let (upper, lower) = small.rows(.ratio(1, 2), .fill)
    return (large, upper, lower)
  }
}

/// A lesson told by charts alone, beside the pictures that the numbers come from if there is room.
struct ChartsStage {
  let screen: LessonScreen
  let core: Core
  /// The charts of the step.
  let charts: [Chart]

  /// The fewest rows of a picture below the charts.
  private static let fewestRows = 8

  /// The part of the photo that the value sees; nil where it is nothing, or all of it.
  private var seenPart: (columns: Range<Int>, rows: Range<Int>)? {
    let (columns, rows) = SeenPhoto(core: core).seen
    let photo = core.photo.prepared.pixels
    guard !columns.isEmpty, !rows.isEmpty,
      columns.count < photo.width || rows.count < photo.height
    else { return nil }
    return (columns, rows)
  }

  func draw(in area: Rect, of frame: inout Frame) {
    guard Layout.isRoomy(core.size) || charts.isEmpty else {
      return ChartsView(charts: charts, words: core.stage).draw(in: area, of: &frame.cells)
    }
    let (numbers, pictures) =
      charts.isEmpty ? area.columns(.fixed(0), .fill) : ScenePictures.divide(area)
    guard screen.topic == .network else {
      let scene = ScenePictures(screen: screen, core: core)
      scene.draw(in: pictures, of: &frame)
      let rows = charts.reduce(0) { $0 + 2 + ChartsView.highest * $1.rows.count }
      let (bars, closely) = numbers.rows(.fixed(rows), .fill)
      let hasCloseUp = closely.height >= Self.fewestRows && !screen.topic.needsBackground
      let part = hasCloseUp ? seenPart : nil
      ChartsView(charts: charts, words: core.stage).draw(
        in: part == nil ? numbers : bars, of: &frame.cells)
      if let part { scene.drawCloseUp(of: part, in: closely, of: &frame) }
      return
    }
    if charts.isEmpty { return drawNetwork(in: area, of: &frame) }
    FilmstripView(core: core).draw(in: pictures, of: &frame)
    // Bars of two rows, each with a row between; below them what the network sees.
    let rows = charts.reduce(0) { $0 + 2 + 3 * $1.rows.count }
    let (bars, photo) = numbers.rows(.fixed(rows), .fill)
    let isHigh = photo.height >= Self.fewestRows
    ChartsView(charts: charts, words: core.stage).draw(
      in: isHigh ? bars : numbers, of: &frame.cells)
    if isHigh { PhotoView(core.photo.prepared.pixels).draw(in: photo, of: &frame.cells) }
  }

  /// Draws the network between what it reads and, where there is room, what it answers.
  private func drawNetwork(in area: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    let (ends, network) = area.columns(
      .fixed(isRoomy ? area.width / 4 : 0), .fill, gap: isRoomy ? 3 : 0)
    FilmstripView(core: core).draw(in: network, of: &frame)
    guard isRoomy, let run = core.run else { return }
    // A cell is twice as high as wide.
    let (photo, answers) = ends.rows(.fixed(ends.width / 2), .fill, gap: 1)
    PhotoView(core.photo.prepared.pixels).draw(in: photo, of: &frame.cells)
    PredictionsView(trace: run.trace, checkpoint: core.model.checkpoint).draw(
      in: answers, of: &frame)
  }
}
