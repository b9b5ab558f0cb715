import MobileNet
import Reports

extension FlowScreen {
  func sentences(_ core: Core) -> [String] {
    guard let target = target(core), let question = question(core) else {
      return [core.waitingSentence]
    }
    let what = target.text(core.layers, core.model.checkpoint)
    guard let flow = core.answers[question] ?? nil else {
      return [
        "\(source.rawValue) on its way to \(what).".capitalizedFirst, "It is being computed.",
      ]
    }
    let layers = flow.positions.filter { core.layers[$0].kind != .depthwise }
    return [
      "\(source.rawValue) on its way to \(what).".capitalizedFirst,
      "It adds \(NumberText.value(Float(flow.total))) in all.",
    ]
      + layers.compactMap { position in
        let channels = flow.channels(at: position) ?? []
        let most = channels.indices.max { channels[$0].magnitude < channels[$1].magnitude }
        return most.map {
          "\(core.layers[position].name): most through channel \($0), "
            + "\(NumberText.value(Float(channels[$0])))."
        }
      }
  }
}
