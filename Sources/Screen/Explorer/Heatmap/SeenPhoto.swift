import Cells

/// The photo in a pane, with the receptive field of the cursor's cell outlined.
struct SeenPhoto {
  let core: Core

  /// The receptive field of the cursor's cell, or of the only place in a layer that has one.
  var seen: (columns: Range<Int>, rows: Range<Int>) {
    let field = core.model.fields[core.selection.layer]
    let isPlace = core.layer.output.places > 1
    return (
      field.columns(isPlace ? core.cursor.x : 0), field.rows(isPlace ? core.cursor.y : 0)
    )
  }

  func draw(in area: Rect, of frame: inout Frame) {
    let seen = seen
    let side = core.model.fields[core.selection.layer].side
    let isCut = min(seen.columns.count, seen.rows.count) < side
    let inside = frame.pane(
      area,
      title: "a place sees \(seen.columns.count)×\(seen.rows.count)"
        + (isCut ? " of \(side)×\(side), at the border" : ""))
    PhotoView(pixels: core.photo.prepared.pixels, outline: seen).draw(in: inside, of: &frame.cells)
  }
}
