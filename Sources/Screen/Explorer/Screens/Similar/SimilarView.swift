import Cells
import Reports
import Research

extension SimilarScreen {
  static let bindings: [Binding] = [
    Bindings.arrows("photo") { .similar(.moved(columns: $0, rows: $1)) },
    Binding(
      [.enter], "Enter", label: "open", help: "Look at the photo under the cursor.",
      action: .similar(.chosen)),
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.write(title(core), x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let found = found(core)
    let layout = SimilarLayout(core)
    let page = layout.page(showing: cursor, of: found.count)
    for index in page {
      let (picture, caption) = layout.place(index - page.lowerBound).rows(.fixed(8), .fixed(1))
      if case .picture(let pixels, _, _) =
        core.answers[PreviewQuestion(found[index].path, .images)]
      {
        PhotoView(pixels).draw(in: picture, of: &frame.cells)
      } else {
        frame.cells.write("…", x: picture.x, y: picture.y, style: Theme.quiet)
      }
      let name = found[index].path.split(separator: "/").last.map(String.init) ?? ""
      frame.cells.write(
        NumberText.fixed(found[index].cosine, 2) + " " + name, x: caption.x, y: caption.y,
        style: index == cursor ? Theme.selected : Theme.quiet, maxWidth: caption.width)
      frame.answer(
        in: layout.place(index - page.lowerBound), click: { _, _ in .similar(.pointed(index)) })
    }
    frame.answer(in: area, wheel: { .similar(.moved(columns: 0, rows: $0)) })
  }

  func title(_ core: Core) -> String {
    guard core.live == nil else { return "A stream is shown, which is in no folder." }
    guard let question = question(core), let now = core.answers.soFar(question) else {
      return core.waitingText
    }
    let count = core.album.paths.count
    let all = "like \(core.photo.name), by the cosine of pool6, among \(NumberText.grouped(count))"
    if now.done < now.total { return all + ": compared \(NumberText.grouped(now.done)) …" }
    return all + (count == 1 ? " photo" : " photos")
  }
}
