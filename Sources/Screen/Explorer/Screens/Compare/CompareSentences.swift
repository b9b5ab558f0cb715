import Comparison
import Reports

extension CompareScreen {
  func sentences(_ core: Core) -> [String] {
    guard tab != .networks else { return networkSentences(core) }
    let candidates = candidates(core)
    guard let candidate = selected(core) else { return ["The networks are looked for."] }
    var sentences = [
      tab == .table
        ? "A table of widths and resolutions." : "A plot of accuracy by \(cost.rawValue).",
      "Network \(cursor(core) + 1) of \(candidates.count): \(candidate.name) at "
        + "\(candidate.resolution).",
    ]
    let figures = figures(core)
    sentences += figures.isEmpty ? ["It is being measured."] : figures
    return sentences + comparison(core)
  }

  /// The costs and the accuracies of the network under the cursor; empty until it is measured.
  func figures(_ core: Core) -> [String] {
    guard let candidate = selected(core),
      let found = known(core).first(where: { $0.candidate == candidate })
    else { return [] }
    var sentences = [
      "\(NumberText.short(found.parameters)) parameters, \(NumberText.short(found.multiplyAdds)) "
        + "multiply-adds, \(NumberText.fixed(found.milliseconds, 2)) milliseconds."
    ]
    if let accuracy = found.accuracy {
      sentences.append(
        "Right on \(NumberText.fixed(accuracy.top1, 1)) percent of test images, as its file says.")
    }
    if let published = found.published {
      sentences.append(
        "Published for such a network on ImageNet: \(NumberText.fixed(published.value, 1)) percent."
      )
    }
    return sentences
  }

  /// The answer of the network under the cursor, and how it compares with the explored one and with what
  /// else there is; empty until it is measured.
  func comparison(_ core: Core) -> [String] {
    guard let candidate = selected(core),
      let found = known(core).first(where: { $0.candidate == candidate })
    else { return [] }
    let answer =
      found.overflows
      ? "This photo: no answer, as values are too large for its numbers."
      : found.answer.map { "This photo: \($0.label), \(core.percent($0.probability))." }
    let plot = ComparisonPlot(self, core)
    let point = plot.points.first { $0.index == cursor(core) }
    let winner = point.flatMap(plot.winner(over:)).map { candidates(core)[$0.index] }
    let standing = point.map { _ in
      winner.map { "\($0.name) at \($0.resolution) is as cheap and as good." }
        ?? "It is the best for its cost: no other network as cheap is as good."
    }
    return [answer, difference(found, core), standing].compactMap(\.self)
  }

  /// How a network's costs and accuracy differ from those of the explored one.
  private func difference(_ found: Measurement, _ core: Core) -> String? {
    guard found.candidate != explored(core) else { return "This is the explored network." }
    guard let own = costs(of: explored(core), core) else { return nil }
    func times(_ value: Double, _ whole: Double) -> String { NumberText.fixed(value / whole, 2) }
    let points = found.accuracy.flatMap { accuracy in
      own.accuracy.map { accuracy.top1 - $0.top1 }
    }
    return "Against the explored network: "
      + "\(times(Double(found.multiplyAdds), Double(own.multiplyAdds))) times the multiply-adds, "
      + "\(times(found.milliseconds, own.milliseconds)) times the time"
      + (points.map {
        ", \(NumberText.fixed(abs($0), 1)) points \($0 < 0 ? "less" : "more") top-1"
      } ?? "") + "."
  }

  private func networkSentences(_ core: Core) -> [String] {
    let times = times(core)
    return [
      "Networks of other architectures, with published costs and accuracies."
    ]
      + ComparedNetwork.all.map { network in
        let time = times[network].map { ", \(NumberText.fixed($0, 1)) milliseconds here" } ?? ""
        return
          "\(network.name), \(network.form): "
          + "\(NumberText.trimmed(network.parameters.value)) million parameters, "
          + "\(NumberText.trimmed(network.multiplyAdds.value)) million multiply-adds, "
          + "\(NumberText.trimmed(network.top1.value)) percent right\(time)."
      } + [NetworksReport(milliseconds: times).verdict].compactMap(\.self)
  }
}
