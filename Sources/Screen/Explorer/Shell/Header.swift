import Cells
import MobileNet
import Reports
import Research

/// The first line: the photo, the network and its costs.
enum Header {
  static func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.fill(area, Cell(" ", Theme.selected))
    frame.cells.write(
      " " + line(core, width: area.width - 2), x: area.x, y: area.y,
      style: Theme.selected)
  }

  /// The smallest width to which the names of network and photo are shortened.
  private static let shortest = 16

  /// Returns the line for `width`.
  ///
  /// If it is too long, parts with the highest priority numbers are dropped first; then the
  /// network's name is shortened, and last the photo's.
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
    // Before the first frame of a stream its size is unknown.
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

  /// Returns the network's time, with the number of runs until enough were measured.
  private static func time(of trace: Trace, _ core: Core) -> String {
    func text(_ milliseconds: Double) -> String { NumberText.fixed(milliseconds, 1) + " ms" }
    guard core.patches.isEmpty else { return text(trace.totalMilliseconds) }
    guard let times = core.times else { return text(trace.totalMilliseconds) + ", 1 run" }
    return text(times.total) + (times.runs < TimesQuestion.runs ? ", \(times.runs) runs" : "")
  }
}
