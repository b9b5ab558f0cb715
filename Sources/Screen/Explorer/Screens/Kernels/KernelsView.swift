import Cells
import MobileNet
import Reports

extension KernelsScreen {
  static let bindings: [Binding] =
    [
      Binding(
        steps: [.up, .down], "↑↓", label: "input", help: "Go to the input channel before or after."
      ) { step, state in state.layer.mixesChannels ? .kernels(.moved(by: step)) : nil },
      Binding(
        [.enter], "Enter", label: "walk back",
        help: "Go to that channel of the layer before, and in the end to the pixels.",
        action: .kernels(.wentTowardsPixels)),
      Binding([.backspace], "Bksp", label: "forth", help: "Take the last step back again.") {
        _, state in
        state[KernelsScreen.self].trail(state.core).isEmpty ? nil : .kernels(.wentTowardsClasses)
      },
      Binding([.character("O")], "O", label: "order", help: "Sort by what is added or by weight.") {
        _, state in
        state.layer.mixesChannels ? .kernels(.orderCycled) : nil
      },
      Bindings.layerByLayer(
        [.pageUp, .pageDown, .character("k"), .character("j")], "PgUp PgDn",
        help: "Go to the layer before or after (also k and j)."),
      Bindings.channelByChannel, Bindings.switchOff(),
    ] + Bindings.view

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    KernelsView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

extension Layer {
  /// Whether each of its channels is a sum over all input channels at one place.
  var mixesChannels: Bool { kind == .pointwise || kind == .fullyConnected }
}

/// The weights of the selected channel in the form that suits the layer, above the way here.
struct KernelsView {
  let screen: KernelsScreen
  let core: Core

  private var weights: LayerWeights? { core.model.checkpoint.weights(of: core.layer) }

  func draw(in area: Rect, of frame: inout Frame) {
    var title = "\(core.layer.name) ─ how channel \(core.channel) is made"
    if let name = core.className(ofChannel: core.channel) { title += " ─ \(name)" }
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let body = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 2)
    switch core.layer.kind {
    case .convolution: drawColours(in: body, of: &frame)
    case .depthwise: drawDepthwise(in: body, of: &frame)
    case .pointwise, .fullyConnected:
      InputListView(screen: screen, core: core).draw(in: body, of: &frame)
    case .averagePooling:
      drawText(
        "The mean of the \(core.layer.input.places) values of channel \(core.channel).",
        in: body, of: &frame)
    case .sigmoid:
      drawText(
        "1 / (1 + exp(-x)) of this class's sum: a probability by itself.", in: body, of: &frame)
    case .maxPooling:
      drawText(
        "The largest value of channel \(core.channel) in each window.", in: body, of: &frame)
    case .addition, .concatenation:
      drawText("The layers before, joined as they are.", in: body, of: &frame)
    case .softmax:
      drawText(
        "exp of this class's sum, divided by the sum of exp over all classes.", in: body,
        of: &frame)
    }
    drawTrail(in: Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1), of: &frame)
  }

  /// conv1: a kernel for each colour, and the three together as colours.
  private func drawColours(in area: Rect, of frame: inout Frame) {
    guard let weights else { return }
    let values = Array(weights.weights(of: core.channel))
    let reach = values.map(\.magnitude).max() ?? 0
    let step = KernelPicture.size.width + 2
    let names = core.model.checkpoint.preprocessing.colorNames
    for (color, name) in names.enumerated() where (color + 1) * step - 2 <= area.width {
      let x = area.x + color * step
      frame.cells.write(name, x: x, y: area.y + 1, style: Theme.quiet)
      let kernel = (0..<9).map { values[3 * $0 + color] }
      KernelPicture(weights: kernel, reach: reach).draw(x: x, y: area.y + 2, of: &frame.cells)
    }
    let below = area.y + 3 + KernelPicture.size.height
    drawBias(weights, x: area.x, y: below, of: &frame)
    let pictures = Rect(
      x: area.x, y: below + 1, width: area.width, height: area.maxY - below - 1)
    guard pictures.height >= 4 else { return }
    let half = (pictures.width - 2) / 2
    PhotoView(pixels: core.photo.prepared.pixels).draw(
      in: Rect(x: pictures.x, y: pictures.y, width: half, height: pictures.height),
      of: &frame.cells)
    drawChannel(
      of: core.selection.layer, core.channel,
      in: Rect(x: pictures.x + half + 2, y: pictures.y, width: half, height: pictures.height),
      of: &frame)
  }

  /// The input channel, the kernel that slides over it, and what comes of it.
  private func drawDepthwise(in area: Rect, of frame: inout Frame) {
    guard let weights else { return }
    let values = Array(weights.weights(of: core.channel))
    let side = max(1, (area.width - KernelPicture.size.width - 8) / 2)
    let left = Rect(x: area.x, y: area.y + 2, width: side, height: area.height - 2)
    let middle = left.maxX + 4
    let right = Rect(
      x: middle + KernelPicture.size.width + 4, y: left.y, width: side, height: left.height)
    let before = core.layers[core.selection.layer - 1].name
    frame.cells.write(
      "\(before) \(core.channel)", x: left.x, y: area.y + 1, style: Theme.quiet, maxWidth: side)
    frame.cells.write("kernel", x: middle, y: area.y + 1, style: Theme.quiet)
    frame.cells.write(
      "\(core.layer.name) \(core.channel)", x: right.x, y: area.y + 1, style: Theme.quiet,
      maxWidth: side)
    drawChannel(of: core.selection.layer - 1, core.channel, in: left, of: &frame)
    frame.answer(in: left, click: { _, _ in .kernels(.wentTowardsPixels) })
    KernelPicture(weights: values, reach: values.map(\.magnitude).max() ?? 0)
      .draw(x: middle, y: left.y, of: &frame.cells)
    let sign = left.y + KernelPicture.size.height / 2
    frame.cells.write("×", x: left.maxX + 1, y: sign, style: Theme.title)
    frame.cells.write(
      "→", x: middle + KernelPicture.size.width + 1, y: sign, style: Theme.title)
    drawBias(weights, x: middle, y: left.y + KernelPicture.size.height + 1, of: &frame)
    drawChannel(of: core.selection.layer, core.channel, in: right, of: &frame)
  }

  private func drawBias(_ weights: LayerWeights, x: Int, y: Int, of frame: inout Frame) {
    let activation = core.model.checkpoint.architecture.activation.name
    frame.cells.write(
      "+ bias \(NumberText.value(weights.biases[core.channel])), then \(activation)", x: x, y: y)
  }

  private func drawChannel(of layer: Int, _ channel: Int, in area: Rect, of frame: inout Frame) {
    guard let output = core.run?.trace.output(at: layer) else { return }
    ChannelPicture(output: output, channel: channel, view: core.view)
      .draw(in: area, of: &frame.cells)
  }

  private func drawText(_ text: String, in area: Rect, of frame: inout Frame) {
    frame.cells.write(text, x: area.x, y: area.y + 1, maxWidth: area.width)
  }

  /// The steps from where the person began; of a long way, the last ones.
  private func drawTrail(in area: Rect, of frame: inout Frame) {
    let trail = screen.trail(core)
    guard !trail.isEmpty else { return }
    var names = (trail + [screen.here(core)]).map {
      "\(core.layers[$0.layer].name) \($0.channel)"
    }
    var text = names.joined(separator: " ← ")
    while text.count > area.width, names.count > 1 {
      names.removeFirst()
      text = "… ← " + names.joined(separator: " ← ")
    }
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
  }
}
