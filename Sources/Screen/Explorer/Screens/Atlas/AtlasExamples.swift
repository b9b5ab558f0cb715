import Cells
import Reports
import Research

/// The examples of the selected channel: the parts of images that excite it most.
struct AtlasExamples {
  /// The images with the cells of the largest values.
  let tops: [ChannelAtlas.Top]
  private let core: Core

  /// Takes up to `most` examples; none if the images were not found.
  init(_ core: Core, most: Int) {
    self.core = core
    tops =
      core.atlasFolder == nil ? [] : Array((core.atlasChannel?.top ?? []).prefix(max(most, 0)))
  }

  /// The questions for the examples' pictures.
  var questions: [AnyQuestion] { tops.compactMap { question($0).map { AnyQuestion($0) } } }

  /// Returns the question for the part of an image that the channel's cell sees.
  private func question(_ top: ChannelAtlas.Top) -> ExampleQuestion? {
    guard let folder = core.atlasFolder, let atlas = core.atlas else { return nil }
    return ExampleQuestion(
      folder + "/" + top.image, core.model, resolution: atlas.resolution,
      layer: core.selection.layer,
      row: top.row, column: top.column)
  }

  /// Draws as many examples as fit into `area`, each with its value and its image's name;
  /// `selected` is the one under the cursor.
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
