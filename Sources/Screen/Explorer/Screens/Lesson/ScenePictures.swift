import Cells
import Lessons

/// The lesson's value in pictures: the photo with its receptive field, and its layer's output.
struct ScenePictures {
  let screen: LessonScreen
  let core: Core

  /// Draws both as large as possible, side by side or one above the other.
  func draw(in area: Rect, of frame: inout Frame) {
    let isWide = area.width > 2 * area.height
    let (photo, output) =
      isWide
      ? area.columns(.ratio(1, 2), .fill, gap: 2) : area.rows(.ratio(1, 2), .fill)
    guard photo.height >= 4, photo.width >= 8 else { return }
    let seen = SeenPhoto(core: core).seen
    let (title, picture) = photo.rows(.fixed(1), .fill)
    let grid = PhotoView(pixels: core.photo.prepared.pixels, outline: seen)
      .draw(in: picture, of: &frame.cells)
    title.write(
      core.stage(
        "sees", ["columns": "\(seen.columns.count)", "rows": "\(seen.rows.count)"]), over: grid,
      of: &frame.cells)
    OutputPicture(screen: screen, core: core).draw(in: output, of: &frame)
  }
}

/// A lesson told by charts alone, beside the pictures that the numbers come from if there is room.
struct ChartsStage {
  let screen: LessonScreen
  let core: Core
  /// The charts of the step.
  let charts: [Chart]

  func draw(in area: Rect, of frame: inout Frame) {
    guard Layout.isRoomy(core.size) else {
      return ChartsView(charts: charts).draw(in: area, of: &frame.cells)
    }
    if screen.topic == .network {
      let strip = charts.isEmpty ? area.height : min(area.height / 3, 15)
      let (numbers, pictures) = area.rows(.fixed(area.height - strip), .fill)
      ChartsView(charts: charts).draw(in: numbers, of: &frame.cells)
      FilmstripView(core: core).draw(in: pictures, of: &frame)
      return
    }
    let width = charts.isEmpty ? area.width : min(area.height, area.width * 2 / 5)
    let (numbers, pictures) = area.columns(.fill, .fixed(width), gap: charts.isEmpty ? 0 : 3)
    ChartsView(charts: charts).draw(in: numbers, of: &frame.cells)
    ScenePictures(screen: screen, core: core).draw(in: pictures, of: &frame)
  }
}
