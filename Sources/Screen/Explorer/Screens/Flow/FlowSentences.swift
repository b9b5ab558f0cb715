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
    let view = FlowView(screen: self, core: core)
    guard let flow = core.answers[question] ?? nil else {
      return [
        "\(view.source) on its way to \(what).", "It is being computed.",
      ]
    }
    if let end = view.deadEnd(of: flow) {
      return [
        "\(view.source) on its way to \(what).",
        view.sentence(onEnd: end),
      ]
    }
    let layers = flow.positions.filter { core.layers[$0].kind != .depthwise }
    return [
      "\(view.source) on its way to \(what).",
      view.sentence(on: flow.total),
    ]
      + layers.compactMap { position in
        let channels = flow.channels(at: position) ?? []
        let most = channels.indices.max { channels[$0].magnitude < channels[$1].magnitude }
        return most.map {
          "Through \(core.layers[position].name) most goes by "
            + "channel \($0)\(core.className(ofChannel: $0, at: position).map { ", \($0)" } ?? ""), which "
            + (channels[$0] < 0 ? "takes off " : "adds ")
            + "\(NumberText.value(Float(channels[$0].magnitude)))."
        }
      }
  }
}
