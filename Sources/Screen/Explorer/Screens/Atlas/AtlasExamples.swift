import Cells
import Images
import MobileNet
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

  /// Returns the path of an example's image; nil if the images were not found.
  func path(of top: ChannelAtlas.Top) -> String? {
    core.atlasFolder.map { $0 + "/" + top.image }
  }

  /// Returns the class after which the folder of an example's image is named; nil if there is none.
  private func className(of top: ChannelAtlas.Top) -> String? {
    let checkpoint = core.model.checkpoint
    guard let folder = top.image.split(separator: "/").dropLast().last else { return nil }
    let index = [checkpoint.wordNetIDs, checkpoint.labels].lazy.compactMap { names in
      names.firstIndex { $0 == folder }
    }.first
    return index.map { checkpoint.shortLabel($0) }
  }

  /// Draws the values with the classes and paths of their images as a list.
  func drawList(
    selected: Int, in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (Int) -> Intent, wheel: @escaping @Sendable (Int) -> Intent
  ) {
    let largest = max(tops.first?.value ?? 0, .leastNormalMagnitude)
    ScrollingList(count: tops.count, selected: selected).draw(
      in: area, of: &frame, click: click, wheel: wheel
    ) { index, row, frame in
      let (value, bar, name) = row.columns(.fixed(6), .fixed(8), .fill, gap: 1)
      let style = index == selected ? Theme.selected : Theme.plain
      frame.cells.write(
        NumberText.value(tops[index].value), x: value.x, y: row.y, style: style,
        maxWidth: value.width)
      frame.cells.bar(
        Double(tops[index].value / largest), in: bar, style: Theme.bar)
      let known = className(of: tops[index]).map { $0 + ", " } ?? ""
      frame.cells.write(
        known + tops[index].image.ending(columns: max(8, name.width - known.columns)), x: name.x,
        y: row.y, style: style, maxWidth: name.width)
    }
  }

  /// Draws the whole image of an example, with the part that the channel's cell sees outlined.
  func drawWhole(_ index: Int, in area: Rect, of frame: inout Frame) {
    guard tops.indices.contains(index), let path = path(of: tops[index]),
      case .picture(let pixels, _, _) = core.answers[PreviewQuestion(path, .images)]
    else { return }
    PhotoView(pixels: pixels, outline: part(of: tops[index], in: pixels)).draw(
      in: area, of: &frame.cells)
  }

  /// The pixels of a picture that the cell of an example sees.
  private func part(
    of top: ChannelAtlas.Top, in pixels: Pixels
  ) -> (columns: Range<Int>, rows: Range<Int>)? {
    guard let atlas = core.atlas, atlas.resolution == core.model.resolution else { return nil }
    let box = core.model.checkpoint.preprocessing.fit(
      width: pixels.width, height: pixels.height, resolution: atlas.resolution
    ).box
    let field = core.model.fields[core.selection.layer]
    func range(_ seen: Range<Int>, of count: Int, from: Double, to: Double) -> Range<Int> {
      let inside = seen.clamped(to: 0..<count)
      let scale = (to - from) / Double(count)
      let first = Int(from + Double(inside.lowerBound) * scale)
      return first..<max(first + 1, Int(from + Double(inside.upperBound) * scale))
    }
    return (
      range(field.columns(top.column), of: atlas.resolution.width, from: box.left, to: box.right),
      range(field.rows(top.row), of: atlas.resolution.height, from: box.top, to: box.bottom)
    )
  }

  /// Draws as many examples as fit into `area`, each with its value and its image's name;
  /// `selected` is the one under the cursor.
  func draw(
    selected: Int? = nil, in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (Int) -> Intent
  ) {
    let tiles = PhotoTiles(area, of: max(1, tops.count))
    for (index, top) in tops.prefix(tiles.count).enumerated() {
      tiles.draw(
        question(top).flatMap { core.answers[$0] }.map { PhotoView($0) },
        caption: NumberText.value(top.value) + " " + (className(of: top) ?? top.image),
        style: index == selected ? Theme.selected : Theme.quiet, at: index, of: &frame,
        click: click(index))
    }
  }
}
