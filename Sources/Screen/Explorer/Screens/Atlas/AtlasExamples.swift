import Cells
import Reports
import Research

/// The parts of images to which the selected channel responded most.
struct AtlasExamples {
  /// The images.
  let tops: [ChannelAtlas.Top]
  private let core: Core

  /// Takes up to `most` of the images; none where they are not there.
  init(_ core: Core, most: Int) {
    self.core = core
    tops =
      core.atlasFolder == nil ? [] : Array((core.atlasChannel?.top ?? []).prefix(max(most, 0)))
  }

  /// What is to be cut out.
  var questions: [AnyQuestion] { tops.compactMap { question($0).map { AnyQuestion($0) } } }

  /// The part of an image that the channel saw.
  private func question(_ top: ChannelAtlas.Top) -> ExampleQuestion? {
    guard let folder = core.atlasFolder, let atlas = core.atlas else { return nil }
    return ExampleQuestion(
      folder + "/" + top.image, core.model, resolution: atlas.resolution,
      layer: core.selection.layer,
      row: top.row, column: top.column)
  }

  /// Draws as many as `area` has room for, each above its value and its image's name; `selected` is
  /// the one under a cursor.
  func draw(
    selected: Int? = nil, in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (Int) -> Intent
  ) {
    let tiles = PhotoTiles(area, of: max(1, tops.count))
    for (index, top) in tops.prefix(tiles.count).enumerated() {
      let name = top.image.split(separator: "/").last.map(String.init) ?? top.image
      tiles.draw(
        question(top).flatMap { core.answers[$0] }.map { PhotoView($0) },
        caption: NumberText.value(top.value) + " " + name,
        style: index == selected ? Theme.selected : Theme.quiet, at: index, of: &frame,
        click: click(index))
    }
  }
}
