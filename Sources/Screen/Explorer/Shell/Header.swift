import Cells
import MobileNet
import Reports
import Research

/// The first line: the photo, the network, what it costs.
enum Header {
  static func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.fill(area, Cell(" ", Theme.selected))
    frame.cells.write(
      " " + line(core, width: area.width - 2), x: area.x, y: area.y,
      style: Theme.selected)
  }

  /// The least columns that names of the network and the photo are cut to.
  private static let shortest = 16

  /// What there is to say; of parts that don't fit, the highest numbers go first, and only then names
  /// are cut: the network's before the photo's.
  private static func line(_ core: Core, width: Int) -> String {
    var (network, photo) = (core.model.checkpoint.name, core.photo.name)
    func line(_ highest: Int) -> String {
      parts(core, network: network, photo: photo).filter { $0.priority <= highest }.map(\.text)
        .joined(separator: " ─ ")
    }
    func cut(_ name: String) -> String {
      name.beginning(columns: max(shortest, name.columns - (line(1).columns - width)))
    }
    if let found = (1...6).reversed().map(line).first(where: { $0.columns <= width }) {
      return found
    }
    network = cut(network)
    photo = cut(photo)
    return line(line(1).columns <= width ? 1 : 0)
  }

  private static func parts(
    _ core: Core, network: String, photo name: String
  ) -> [(text: String, priority: Int)] {
    let model = core.model.value
    let photo = core.photo.value
    var parts = [
      ("mobilenet-explorer", 6), (name, 1),
      (
        "\(network) at \(model.resolution)" + (model.checkpoint.integers == nil ? "" : ", floats"),
        0
      ),
    ]
    // Before the first frame of a stream nobody knows its size.
    if core.live == nil || core.live?.frame != nil {
      parts.insert(("\(photo.width)×\(photo.height)", 3), at: 2)
    }
    if let classes = model.checkpoint.architecture.classes {
      parts.append(("\(classes) classes", 5))
    }
    parts.append(("\(NumberText.short(model.layers.parameters)) params", 4))
    parts.append(("\(NumberText.short(model.layers.multiplyAdds)) MACs", 2))
    if let summary = core.patches.summary { parts.append((summary, 0)) }
    if let live = core.live {
      parts.append((live.statusText, 0))
    } else if let run = core.run {
      parts.append((time(of: run.trace, core), 0))
    } else {
      parts.append(("layer \(core.progress.count) of \(model.layers.count) …", 0))
    }
    return parts
  }

  /// The time that the network takes, and in how few runs while that is less than it may be.
  private static func time(of trace: Trace, _ core: Core) -> String {
    func text(_ milliseconds: Double) -> String { NumberText.fixed(milliseconds, 1) + " ms" }
    guard core.patches.isEmpty else { return text(trace.totalMilliseconds) }
    guard let times = core.times else { return text(trace.totalMilliseconds) + ", 1 run" }
    return text(times.total) + (times.runs < TimesQuestion.runs ? ", \(times.runs) runs" : "")
  }
}
