import Comparison
import Reports

extension CompareScreen {
  func sentences(_ core: Core) -> [String] {
    guard tab != .networks else { return networkSentences(core) }
    let candidates = candidates(core)
    guard let candidate = selected(core) else { return ["The networks are looked for."] }
    let plot = ComparisonPlot(self, core)
    var sentences = [
      tab == .table
        ? "A table of widths and resolutions." : "A plot of accuracy by \(cost.rawValue).",
      "Network \(cursor(core) + 1) of \(candidates.count): \(candidate.name) at "
        + "\(candidate.resolution).",
    ]
    guard let found = known(core).first(where: { $0.candidate == candidate }) else {
      return sentences + ["It is being measured."]
    }
    sentences.append(
      "\(NumberText.short(found.parameters)) parameters, \(NumberText.short(found.multiplyAdds)) "
        + "multiply-adds, \(NumberText.fixed(found.milliseconds, 2)) milliseconds.")
    if let accuracy = found.accuracy {
      sentences.append(
        "Right on \(NumberText.fixed(accuracy.top1, 1)) percent of test images, as its file says.")
    }
    if let published = found.published {
      sentences.append(
        "Published for such a network on ImageNet: \(NumberText.fixed(published.value, 1)) percent."
      )
    }
    if let answer = found.answer {
      sentences.append("This photo: \(answer.label), \(core.percent(answer.probability)).")
    }
    if plot.frontier.contains(where: { $0.index == cursor(core) }) {
      sentences.append("No other network as cheap is as good.")
    }
    return sentences
  }

  private func networkSentences(_ core: Core) -> [String] {
    let times = times(core)
    return ComparedNetwork.all.map { network in
      let time = times[network].map { ", \(NumberText.fixed($0, 1)) milliseconds here" } ?? ""
      return "\(network.name): \(NumberText.trimmed(network.parameters.value)) million parameters, "
        + "\(NumberText.trimmed(network.multiplyAdds.value)) million multiply-adds, "
        + "\(NumberText.trimmed(network.top1.value)) percent right, as published\(time)."
    } + [NetworksReport(milliseconds: times).verdict].compactMap(\.self)
  }
}
