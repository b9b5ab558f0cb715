import Reports

extension ZoomScreen {
  func sentences(_ core: Core) -> [String] {
    let area = core.cursor.area.map {
      "An area is marked: rows \($0.rows.lowerBound) to \($0.rows.upperBound - 1), columns "
        + "\($0.columns.lowerBound) to \($0.columns.upperBound - 1)."
    }
    let sum = sums(core).map { sums in
      let map = ActivationMap(sums.sums.value, channel: core.channel)
      return "Its sum before the activation function was "
        + "\(NumberText.value(map.plane[core.cursor.y, core.cursor.x]))."
    }
    return [core.layerSentence] + core.channelSentences
      + [core.cursorSentence, sum, area].compactMap(\.self)
  }
}
