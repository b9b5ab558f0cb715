import MobileNet
import Reports

extension FlowScreen {
  func sentences(_ core: Core) -> [String] {
    guard core.model.checkpoint.architecture.classes != nil else {
      return ["No classifier in this checkpoint, so there is no answer to go to."]
    }
    guard let target = target(core) else { return [core.waitingSentence] }
    guard let question = question(core) else {
      return ["\(core.layer.name) does not lie before the answer."]
    }
    let what = target.text(core.layers, core.model.checkpoint)
    guard let flow = core.answers[question] ?? nil else {
      return [
        "\(source.rawValue) on its way to \(what).".capitalizedFirst, "It is being computed.",
      ]
    }
    if let end = FlowView(screen: self, core: core).deadEnd(of: flow) {
      return [
        "\(source.rawValue) on its way to \(what).".capitalizedFirst,
        FlowView(screen: self, core: core).sentence(onEnd: end),
      ]
    }
    let layers = flow.positions.filter { core.layers[$0].kind != .depthwise }
    return [
      "\(source.rawValue) on its way to \(what).".capitalizedFirst,
      FlowView(screen: self, core: core).sentence(on: flow.total),
    ]
      + layers.compactMap { position in
        let channels = flow.channels(at: position) ?? []
        let most = channels.indices.max { channels[$0].magnitude < channels[$1].magnitude }
        return most.map {
          "Through \(core.layers[position].name) most goes by "
            + "channel \($0)\(core.className(ofChannel: $0, at: position).map { ", \($0)" } ?? ""): "
            + "\(NumberText.value(Float(channels[$0])))."
        }
      }
  }
}
