import Cells

/// The photo in a pane, with a line around what the cell under the cursor sees of it.
struct SeenPhoto {
  let core: Core

  /// What the cell under the cursor sees; all of the photo where a layer has a single place.
  var seen: (columns: Range<Int>, rows: Range<Int>) {
    let field = core.model.fields[core.selection.layer]
    let isPlace = core.layer.output.places > 1
    return (
      field.columns(isPlace ? core.cursor.x : 0), field.rows(isPlace ? core.cursor.y : 0)
    )
  }

  func draw(in area: Rect, of frame: inout Frame) {
    let seen = seen
    let inside = frame.pane(
      area, title: "a cell sees \(seen.columns.count)×\(seen.rows.count)")
    PhotoView(pixels: core.photo.prepared.pixels, outline: seen).draw(in: inside, of: &frame.cells)
  }
}
