import Reports

extension BesideScreen {
  func sentences(_ core: Core) -> [String] {
    let view = BesideView(screen: self, core: core)
    guard let sides = sides(core) else {
      return [view.explanation.asSentence, view.missing.asSentence]
    }
    var sentences = [view.explanation.asSentence]
    for (name, side) in [("Left", sides.left), ("Right", sides.right)] {
      let channel = view.channel(of: side)
      let map = ActivationMap(side.output, channel: channel)
      let value =
        map.showsAllChannels ? map.values[channel] : map.plane[side.cell.y, side.cell.x]
      let whose =
        isNetwork ? "\(side.model.checkpoint.name) at \(side.model.resolution)" : side.photo.name
      sentences.append(
        "\(name): \(whose), channel \(channel), row \(side.cell.y), column \(side.cell.x): "
          + "\(NumberText.value(value)).")
      sentences.append(
        side.run.trace.problem?.capitalizedFirst.asSentence ?? "It answers "
          + side.run.trace.predictions(top: 3).map {
            "\(side.model.checkpoint.label($0.classIndex)) \(core.percent(Double($0.probability)))"
          }.joined(separator: ", ") + ".")
    }
    let cosines = counterpart(core)?.similarities ?? []
    if cosines.indices.contains(core.selection.layer), let cosine = cosines[core.selection.layer] {
      sentences.append("The cosine of this layer's outputs is \(NumberText.fixed(cosine, 2)).")
    }
    return sentences
  }
}
