extension AblationScreen {
  func sentences(_ core: Core) -> [String] {
    guard let now = core.run?.trace else { return [core.waitingSentence] }
    guard !core.patches.isEmpty else {
      return ["Nothing is switched off.", AblationView.advice]
    }
    let view = AblationView(screen: self, core: core)
    let changes = core.change.flatMap { core.answers[$0] } ?? []
    let own = changes.indices.contains(core.selection.layer) ? changes[core.selection.layer] : nil
    let most = changes.indices.max { (changes[$0] ?? 0) < (changes[$1] ?? 0) }
    return [now.problem?.capitalizedFirst.asSentence].compactMap(\.self)
      + view.changes(from: core.original?.trace ?? now, to: now).map(\.asSentence)
      + core.patchNames.map(\.capitalizedFirst.asSentence)
      + [
        most.map {
          "\(core.layers[$0].name) changed most, by \(core.percent(changes[$0] ?? 0))."
        },
        most == core.selection.layer
          ? nil : own.map { "\(core.layer.name) changed by \(core.percent($0))." },
      ].compactMap(\.self)
  }
}
