import Cells
import Reports
import Research

/// The parts of images to which the selected channel responded most.
struct AtlasPatches {
  /// The images.
  let tops: [ChannelAtlas.Top]
  private let core: Core

  /// The columns and rows of a part, with its caption.
  private static let size = Size(width: 18, height: 10)

  /// Takes up to `most` of the images; none where they are not there.
  init(_ core: Core, most: Int) {
    self.core = core
    tops =
      core.atlasFolder == nil ? [] : Array((core.atlasChannel?.top ?? []).prefix(max(most, 0)))
  }

  /// How many there is room for in `area`.
  static func most(in area: Rect) -> Int { across(area) * (area.height / size.height) }

  private static func across(_ area: Rect) -> Int { (area.width + 1) / (size.width + 1) }

  /// What is to be cut out.
  var questions: [AnyQuestion] { tops.compactMap { question($0).map { AnyQuestion($0) } } }

  /// The part of an image that the channel saw.
  private func question(_ top: ChannelAtlas.Top) -> PatchQuestion? {
    guard let folder = core.atlasFolder, let atlas = core.atlas else { return nil }
    return PatchQuestion(
      folder + "/" + top.image, core.model, side: atlas.resolution, layer: core.selection.layer,
      row: top.row, column: top.column)
  }

  /// Draws as many as `area` has room for, each above its value and its image's name; `selected` is
  /// the one under a cursor.
  func draw(
    selected: Int? = nil, in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (Int) -> Intent
  ) {
    let across = max(1, Self.across(area))
    for (index, top) in tops.prefix(Self.most(in: area)).enumerated() {
      let place = Rect(
        x: area.x + index % across * (Self.size.width + 1),
        y: area.y + index / across * Self.size.height, width: Self.size.width,
        height: Self.size.height)
      let (picture, caption) = place.rows(.fixed(Self.size.height - 2), .fill)
      if let pixels = question(top).flatMap({ core.answers[$0] }) {
        PhotoView(pixels).draw(in: picture, of: &frame.cells)
      } else {
        frame.cells.write("…", x: place.x, y: place.y, style: Theme.quiet)
      }
      let style = index == selected ? Theme.selected : Theme.quiet
      let name = top.image.split(separator: "/").last.map(String.init) ?? top.image
      frame.cells.write(
        NumberText.value(top.value) + " " + name, x: caption.x, y: caption.y, style: style,
        maxWidth: caption.width)
      frame.answer(in: place, click: { _, _ in click(index) })
    }
  }
}
