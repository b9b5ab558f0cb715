import Reports

extension GridScreen {
  func sentences(_ core: Core) -> [String] {
    let channels = channels(core)
    let place = channels.firstIndex(of: core.channel).map { $0 + 1 } ?? 0
    var sentences = [
      "\(core.layer.name), its \(core.layer.output.channels) channels by \(order.rawValue).",
      "Number \(place) of \(channels.count) in this order.",
    ]
    sentences += core.channelSentences
    if order == .influence, let question = influenceQuestion(core) {
      let name = core.model.checkpoint.label(question.classIndex)
      let value = influence(core).map { NumberText.fixed(Double($0[core.channel]), 2) }
      sentences.append(
        value.map { "It adds \($0) to \(name)." } ?? "What channels add to \(name) is measured.")
    }
    let marked = marked(core).sorted()
    if !marked.isEmpty {
      sentences.append("Marked: \(marked.map(String.init).joined(separator: ", ")).")
    }
    return sentences
  }
}
