extension HomeScreen {
  func sentences(_ core: Core) -> [String] {
    let focus =
      switch pane {
      case .layers: "The arrows go through layers and channels."
      case .channel: "The arrows go through the places of the channel."
      case .answers:
        core.shownAnswers.indices.contains(answer)
          ? "The arrows go through the answers: "
            + core.model.checkpoint.label(core.shownAnswers[answer]) + "."
          : "The arrows go through the answers."
      }
    let cursor = pane == .channel ? core.cursorSentence : nil
    // Without a run, the channel's sentence says what is waited for.
    let answer = core.run.flatMap { core.answerSentence($0.trace) }
    return [core.layerSentence] + core.channelSentences
      + core.atlasLines.map(\.capitalizedFirst.asSentence)
      + [cursor, answer, focus, core.timeSentence].compactMap(\.self)
  }
}
