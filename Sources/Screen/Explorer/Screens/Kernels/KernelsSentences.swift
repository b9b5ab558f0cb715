import MobileNet
import Reports

extension KernelsScreen {
  func sentences(_ core: Core) -> [String] {
    var sentences = ["How channel \(core.channel) of \(core.layer.name) is made."]
    if let contributions = contributions(core) {
      sentences += self.sentences(on: contributions, core)
    } else if let weights = core.model.checkpoint.weights(of: core.layer) {
      sentences += kernelSentences(weights, core)
    } else {
      sentences.append(core.layer.howAChannelIsMade(core.channel))
    }
    let trail = trail(core)
    if !trail.isEmpty {
      let names = trail.map { "\(core.layers[$0.layer].name) \($0.channel)" }
      sentences.append("You came from \(names.joined(separator: ", then ")).")
    }
    return sentences
  }

  /// Returns the contribution of the input channel under the cursor, and the sum of all.
  private func sentences(on contributions: InputContributions, _ core: Core) -> [String] {
    let entries = contributions.entries
    guard !entries.isEmpty else { return [] }
    let place = min(cursor, entries.count - 1)
    let input = entries[place]
    return [
      InputListView(screen: self, core: core).sum(contributions).replacing(" = ", with: ": ")
        .capitalizedFirst.asSentence,
      "Input \(place + 1) of \(entries.count) by \(order.rawValue) is channel \(input.channel): its "
        + "weight is \(NumberText.value(input.weight)), its mean "
        + "\(NumberText.value(Float(input.mean))), and it adds "
        + "\(NumberText.value(Float(input.contribution))).",
    ]
  }

  /// Returns the weights of each 3×3 kernel, row by row.
  private func kernelSentences(_ weights: LayerWeights, _ core: Core) -> [String] {
    let values = Array(weights.weights(of: core.channel))
    let names =
      core.layer.kind == .convolution
      ? core.model.checkpoint.preprocessing.colorNames.map { "the kernel for \($0)" }
      : ["its kernel"]
    guard values.count == 9 * names.count else { return [] }
    return names.enumerated().map { index, name in
      let rows = (0..<3).map { row in
        (0..<3).map { NumberText.value(values[(3 * row + $0) * names.count + index]) }
          .joined(separator: ", ")
      }
      return "\(name.capitalizedFirst), row by row: \(rows.joined(separator: "; "))."
    } + ["Its bias is \(NumberText.value(weights.biases[core.channel]))."]
  }
}
