import Reports

/// An atlas as text and JSON.
public struct AtlasReport: Sendable {
  private let atlas: Atlas
  /// The usual names of its classes; scripts are told the names that stand in it.
  private let classes: [String]
  private var summary: Atlas.Summary { atlas.summary }

  /// Reports what stands in `atlas`, whose classes people call `classes`, or as it does.
  public init(_ atlas: Atlas, classes: [String]? = nil) {
    self.atlas = atlas
    self.classes = classes ?? atlas.summary.classes
  }

  /// A channel that separates a class from the others.
  public struct Found: Encodable, Sendable {
    let layer: String
    let channel: Int
    let auc: Double
  }

  /// Returns a line for each layer.
  public func text() throws(AtlasError) -> String {
    var lines = [
      "\(summary.network) at \(summary.resolution), "
        + "\(NumberText.grouped(atlas.imageCount)) images"
        + (summary.classes.isEmpty ? "" : " of \(summary.classes.count) classes")
        + (summary.skipped.isEmpty ? "" : ", \(summary.skipped.count) left out"),
      "", "layer         channels   zeros   dead   the channel that tells a class best",
    ]
    for layer in summary.layers {
      let channels = try atlas.channels(of: layer)
      let zeros = channels.reduce(0) { $0 + Double($1.zeroShare) } / Double(max(channels.count, 1))
      let best = channels.indices.max { area(channels[$0]) < area(channels[$1]) } ?? 0
      lines.append(
        layer.name.padded(right: 13) + "\(layer.channels)".padded(left: 9)
          + NumberText.percent(zeros).padded(left: 8)
          + "\(channels.count { $0.zeroShare == 1 })".padded(left: 7) + "   "
          + separation(channels[best], prefix: "\(best): "))
    }
    return lines.joined(separator: "\n")
  }

  private func area(_ channel: Atlas.Channel) -> Double { channel.separates?.area ?? 0 }

  private func separation(_ channel: Atlas.Channel, prefix: String = "") -> String {
    guard let found = channel.separates else { return "" }
    return prefix + "\(classes[found.classIndex]), AUC \(NumberText.fixed(found.area, 3))"
  }

  /// Returns a line for each channel of `layer`, those that separate a class best first.
  public func text(of layer: AtlasPlan.LayerEntry, rows: Int) throws(AtlasError) -> String {
    let channels = try atlas.channels(of: layer)
    let order = channels.indices.sorted { (-area(channels[$0]), $0) < (-area(channels[$1]), $1) }
    let head = "channel     mean  deviation   zeros   most    tells best"
    let lines = order.prefix(rows).map { index in
      let channel = channels[index]
      return "\(index)".padded(left: 7) + value(channel.mean).padded(left: 9)
        + value(channel.deviation).padded(left: 11)
        + NumberText.percent(Double(channel.zeroShare)).padded(left: 8)
        + value(channel.top.first?.value ?? 0).padded(left: 7) + "    " + separation(channel)
    }
    let more = channels.count - rows
    return ([head] + lines + (more > 0 ? ["and \(more) more; --rows says how many"] : []))
      .joined(separator: "\n")
  }

  /// Returns the statistics of one channel and up to `rows` of its images.
  public func text(
    of layer: AtlasPlan.LayerEntry, channel index: Int, rows: Int
  ) throws(AtlasError) -> String {
    let channel = try atlas.channels(of: layer)[index]
    var lines = [
      "\(layer.name), channel \(index)",
      "mean \(value(channel.mean)), "
        + (channel.variance.map { "variance \(value($0)), " } ?? "")
        + "\(NumberText.percent(Double(channel.zeroShare), digits: 1)) zeros; from image to image "
        + "the mean deviates by \(value(channel.deviation))",
    ]
    if !channel.quantiles.isEmpty {
      lines.append(
        "largest value of an image: "
          + zip(Atlas.levels, channel.quantiles).map {
            "\(value($1)) at \(NumberText.percent($0))"
          }.joined(separator: ", "))
    }
    if channel.separates != nil {
      lines.append("tells best: \(separation(channel))")
      lines.append(
        "largest means: "
          + channel.strongest.map { index in
            classes[index]
              + (channel.classMeans.isEmpty ? "" : " \(value(channel.classMeans[index]))")
          }.joined(separator: ", "))
    }
    guard !channel.top.isEmpty else { return lines.joined(separator: "\n") }
    lines += ["", "  value    row, column   it sees of the input        image"]
    lines += channel.top.prefix(rows).map { top in
      let (rows, columns) = (
        layer.rows(top.row, of: summary), layer.columns(top.column, of: summary)
      )
      return value(top.value).padded(left: 7) + "\(top.row), \(top.column)".padded(left: 15)
        + "   " + "rows \(span(rows)), columns \(span(columns))".padded(right: 27) + " "
        + summary.images[top.image]
    }
    return lines.joined(separator: "\n")
  }

  private func span(_ range: Range<Int>) -> String {
    "\(range.lowerBound)–\(max(range.upperBound - 1, range.lowerBound))"
  }

  private func value(_ number: Float) -> String { NumberText.value(number) }

  /// Returns the channels of `layers` whose best class is `index`, with an AUC of at least `least`,
  /// the best first.
  public func channels(
    for index: Int, least: Double, in layers: [AtlasPlan.LayerEntry]
  ) throws(AtlasError) -> [Found] {
    var found: [Found] = []
    for layer in layers {
      for (number, channel) in try atlas.channels(of: layer).enumerated() {
        guard let best = channel.separates, best.classIndex == index, best.area >= least else {
          continue
        }
        found.append(Found(layer: layer.name, channel: number, auc: best.area))
      }
    }
    return found.enumerated().sorted { (-$0.element.auc, $0.offset) < (-$1.element.auc, $1.offset) }
      .map(\.element)
  }

  /// Returns a line for each of `found`, up to `rows` lines.
  public func text(_ found: [Found], classIndex: Int, rows: Int) -> String {
    guard !found.isEmpty else {
      return "no channel tells \(classes[classIndex]) best of all classes"
    }
    let more = found.count - rows
    return found.prefix(rows).map {
      NumberText.fixed($0.auc, 3) + "  \($0.layer), channel \($0.channel)"
    }.joined(separator: "\n") + (more > 0 ? "\nand \(NumberText.grouped(more)) more" : "")
  }

  /// Returns the channels `found` as JSON, for scripts.
  public func json(_ found: [Found]) -> JSONReport { JSONReport(found) }

  /// Returns the description of the whole atlas as JSON, for scripts.
  public func json() -> JSONReport { JSONReport(summary) }

  private struct ChannelRow: Encodable {
    struct Top: Encodable {
      let image: String
      let value: Float
      let row, column: Int
      let inputRows, inputColumns: [Int]
    }
    let channel: Int
    let mean: Float
    let variance: Float?
    let deviation, zeros: Float
    let quantiles: [Float]
    let separates: String?
    let auc: Double?
    let classMeans: [Float]
    let top: [Top]
  }

  private func row(
    _ layer: AtlasPlan.LayerEntry, _ number: Int, _ channel: Atlas.Channel
  ) -> ChannelRow {
    ChannelRow(
      channel: number, mean: channel.mean, variance: channel.variance,
      deviation: channel.deviation, zeros: channel.zeroShare, quantiles: channel.quantiles,
      separates: channel.separates.map { summary.classes[$0.classIndex] },
      auc: channel.separates?.area, classMeans: channel.classMeans,
      top: channel.top.map { top in
        let rows = layer.rows(top.row, of: summary)
        let columns = layer.columns(top.column, of: summary)
        return ChannelRow.Top(
          image: summary.images[top.image], value: top.value, row: top.row, column: top.column,
          inputRows: [rows.lowerBound, rows.upperBound],
          inputColumns: [columns.lowerBound, columns.upperBound])
      })
  }

  /// Returns the channels of `layer` as JSON, for scripts.
  public func json(of layer: AtlasPlan.LayerEntry) throws(AtlasError) -> JSONReport {
    JSONReport(try atlas.channels(of: layer).enumerated().map { row(layer, $0, $1) })
  }

  /// Returns one channel as JSON, for scripts.
  public func json(
    of layer: AtlasPlan.LayerEntry, channel: Int
  ) throws(AtlasError) -> JSONReport {
    JSONReport(row(layer, channel, try atlas.channels(of: layer)[channel]))
  }
}

extension AtlasPlan.LayerEntry {
  /// Returns the rows of the input that row `index` of the output sees.
  func rows(_ index: Int, of summary: Atlas.Summary) -> Range<Int> {
    seen(index, from: fieldStart, within: summary.resolution.height)
  }

  /// Returns the columns of the input that column `index` of the output sees.
  func columns(_ index: Int, of summary: Atlas.Summary) -> Range<Int> {
    seen(index, from: fieldStartColumn ?? fieldStart, within: summary.resolution.width)
  }

  private func seen(_ index: Int, from start: Int, within length: Int) -> Range<Int> {
    let first = start + index * fieldStep
    let lower = min(max(first, 0), length)
    return lower..<max(lower, min(first + fieldSide, length))
  }
}
