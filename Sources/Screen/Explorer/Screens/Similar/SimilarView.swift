import Cells
import Reports
import Research

extension SimilarScreen {
  static let shortcuts: [Binding] = [
    shortcut("~", help: "Show the photos that are most like this one.")
  ]

  static let bindings: [Binding] = [
    Bindings.arrows("photo") { .similar(.moved(columns: $0, rows: $1)) }.only { $0.hasOthers },
    Binding(
      [.enter], "Enter", label: "open", help: "Look at the photo under the cursor.",
      action: .similar(.chosen)
    ).only { $0.hasOthers },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(Layout.margined(area, core.size), title: title(core))
    if core.live == nil, core.album.paths.count == 1, Layout.isRoomy(core.size) {
      let (photo, features) = inside.columns(
        .fill, .fixed(min(2 * inside.height, area.width / 2)), gap: 2)
      PhotoView(core.photo.pixels).draw(in: photo, of: &frame.cells)
      FeaturesView(core: core).draw(
        { "Photos are alike if their \($0) are. Those of this one:" }, in: features, of: &frame)
      return
    }
    let found = found(core)
    let tiles = Self.tiles(core)
    let page = tiles.page(showing: cursor, of: found.count)
    for index in page {
      let name = found[index].path.split(separator: "/").last.map(String.init) ?? ""
      tiles.draw(
        core.preview(of: found[index].path),
        caption: NumberText.fixed(found[index].cosine, 2) + " " + name,
        style: index == cursor ? Theme.selected : Theme.quiet, at: index - page.lowerBound,
        of: &frame, click: .similar(.pointed(index)))
    }
    if !found.isEmpty, Layout.isRoomy(core.size) {
      drawFeatures(found, core, in: Self.places(core).features, of: &frame)
    }
    frame.answer(in: area, wheel: { .similar(.moved(columns: 0, rows: $0)) })
  }

  /// Draws what is compared: the numbers of this photo, and of the one under the cursor or, while that is
  /// this one, of the most similar other.
  private func drawFeatures(
    _ found: [SimilarQuestion.Found], _ core: Core, in area: Rect, of frame: inout Frame
  ) {
    let features = FeaturesView(core: core)
    let end = features.draw(
      { "What is compared: the \($0). Those of this photo:" }, in: area, of: &frame)
    let isOther = { (photo: SimilarQuestion.Found) in photo.path != core.album.path }
    let pointed = found.indices.contains(cursor) && isOther(found[cursor]) ? found[cursor] : nil
    guard let other = pointed ?? found.first(where: isOther) else { return }
    let name = other.path.split(separator: "/").last ?? ""
    features.draw(other.features, below: "Those of \(name):", in: area.from(y: end + 1), of: &frame)
  }

  func title(_ core: Core) -> String {
    guard core.live == nil else {
      return "Photos are compared within a folder, and this is a stream."
    }
    guard let question = question(core), let now = core.answers.soFar(question) else {
      return core.waitingText
    }
    let count = core.album.paths.count
    if count == 1 {
      return "only \(core.photo.name) is open; open a folder to find photos like it"
    }
    let all = "like \(core.photo.name), by the cosine of pool6, among \(NumberText.grouped(count))"
    if now.done < now.total { return all + ": compared \(NumberText.grouped(now.done)) …" }
    return all + " photos"
  }
}

extension ExplorerState {
  /// Whether there are photos to compare with.
  fileprivate var hasOthers: Bool { self[SimilarScreen.self].found(core).count > 1 }
}
