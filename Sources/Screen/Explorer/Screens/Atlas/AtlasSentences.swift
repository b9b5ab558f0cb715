import Research

extension AtlasScreen {
  func sentences(_ core: Core) -> [String] {
    let title = "The atlas of \(core.channelName)."
    guard let atlas = core.atlas else {
      let isRead = core.answers.isKnown(AnyQuestion(core.atlasQuestion))
      return [
        title,
        isRead
          ? "There is none; the command atlas makes one of a folder of images."
          : "It is being read.",
      ]
    }
    return [title] + lines(core, atlas).filter { !$0.isEmpty }.map(\.capitalizedFirst.asSentence)
  }
}
