import Cells
import MobileNet
import Reports

/// The first line: the photo, the network, what it costs.
enum Header {
  static func draw(_ state: ExplorerState, in area: Rect, of frame: inout Frame) {
    frame.cells.fill(area, Cell(" ", Theme.selected))
    frame.cells.write(
      " " + fitting(parts(state), width: area.width - 2), x: area.x, y: area.y,
      style: Theme.selected)
  }

  /// What there is to say; of parts that don't fit, the highest numbers go first.
  private static func parts(_ state: ExplorerState) -> [(text: String, priority: Int)] {
    let model = state.model.value
    let photo = state.photo.value
    var parts = [
      ("mobilenet-explorer", 6), (photo.name, 1),
      ("\(model.checkpoint.name) at \(model.resolution)", 0),
    ]
    // Before the first frame of a stream nobody knows its size.
    if state.live == nil || state.live?.frame != nil {
      parts.insert(("\(photo.size.width)×\(photo.size.height)", 3), at: 2)
    }
    if let classes = model.checkpoint.architecture.classes {
      parts.append(("\(classes) classes", 5))
    }
    parts.append(("\(NumberText.short(model.layers.parameters)) params", 4))
    parts.append(("\(NumberText.short(model.layers.multiplyAdds)) MACs", 2))
    if let summary = state.ablation.summary { parts.append((summary, 0)) }
    if let live = state.live {
      parts.append((live.statusText, 0))
    } else if let run = state.run {
      parts.append(("\(NumberText.fixed(run.totalMilliseconds, 1)) ms", 0))
    } else {
      parts.append(("layer \(state.progress.count) of \(model.layers.count) …", 0))
    }
    return parts
  }

  private static func fitting(_ parts: [(text: String, priority: Int)], width: Int) -> String {
    var parts = parts
    while true {
      let line = parts.map(\.text).joined(separator: " ─ ")
      let last = parts.map(\.priority).max() ?? 0
      if line.count <= width || last == 0 { return line }
      parts.removeAll { $0.priority == last }
    }
  }
}
