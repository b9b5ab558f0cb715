import Cells
import MobileNet
import Reports

extension KernelsScreen {
  static let shortcuts: [Binding] = [
    shortcut("K", label: "kernel", help: "Show the weights behind this channel.")
  ]

  static let bindings: [Binding] =
    [
      Binding(
        steps: [.up, .down], "↑↓", label: "input", help: "Go to the input channel before or after."
      ) { step, state in state.layer.mixesChannels ? .kernels(.moved(by: step)) : nil },
      Binding(
        [.enter], "Enter", label: "toward input",
        help: "Go to that channel of the layer before, and in the end to the pixels.",
        action: .kernels(.wentTowardsPixels)),
      Binding(
        [.backspace], "Bksp", label: "toward output", help: "Take the last step back again."
      ) { _, state in
        state[KernelsScreen.self].trail(state.core).isEmpty ? nil : .kernels(.wentTowardsClasses)
      },
      Binding([.character("O")], "O", label: "order", help: "Sort by what is added or by weight.") {
        _, state in
        state.layer.mixesChannels ? .kernels(.orderCycled) : nil
      },
      Bindings.layerByLayer, Bindings.channelByChannel, Bindings.switchOff(),
    ] + Bindings.tones

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    KernelsView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

extension Layer {
  /// Whether each channel is a sum over all input channels at one place.
  var mixesChannels: Bool { kind == .pointwise || kind == .fullyConnected }

  /// Returns how a channel is made in a layer without weights.
  func howAChannelIsMade(_ channel: Int) -> String {
    switch kind {
    case .averagePooling: "The mean of the \(input.places) values of channel \(channel)."
    case .maxPooling: "The largest value of channel \(channel) in each window."
    case .sigmoid: "1 / (1 + exp(-x)) of this class's sum: a probability by itself."
    case .softmax: "exp of this class's sum, divided by the sum of exp over all classes."
    case .addition, .concatenation: "The layers before, joined as they are."
    case .convolution, .depthwise, .pointwise, .fullyConnected: "A sum of weights times values."
    }
  }
}

/// The selected channel's weights in the form that suits the layer, above the trail.
struct KernelsView {
  let screen: KernelsScreen
  let core: Core

  private var weights: LayerWeights? { core.model.checkpoint.weights(of: core.layer) }

  func draw(in area: Rect, of frame: inout Frame) {
    var title = "\(core.layer.name) ─ how channel \(core.channel) is made"
    if let name = core.className(ofChannel: core.channel) { title += " ─ \(name)" }
    let (top, body, bottom) = area.rows(.fixed(1), .fill, .fixed(1))
    frame.cells.write(
      title, x: top.x + 1, y: top.y, style: Theme.title, maxWidth: top.width - 1)
    switch core.layer.kind {
    case .convolution: drawColours(in: body, of: &frame)
    case .depthwise: drawDepthwise(in: body, of: &frame)
    case .pointwise, .fullyConnected:
      InputListView(screen: screen, core: core).draw(in: body, of: &frame)
    default:
      Paragraph.draw(
        core.layer.howAChannelIsMade(core.channel), in: body.rows(.fixed(1), .fill).1,
        of: &frame.cells)
    }
    drawTrail(in: bottom, of: &frame)
  }

  /// Draws the first convolution: a kernel for each colour with photo and output; in a large
  /// terminal beside all kernels.
  private func drawColours(in area: Rect, of frame: inout Frame) {
    let step = KernelPicture.size.width + 2
    let high = KernelPicture.size.height + 3
    guard Layout.isRoomy(core.size) else {
      let (kernels, pictures) = area.rows(.fixed(high), .fill)
      drawColourKernels(
        step, in: Layout.margined(kernels, core.size).rows(.fixed(1), .fill).1, of: &frame)
      guard pictures.height >= 5 else { return }
      let (photo, output) = pictures.columns(.ratio(1, 2), .fill, gap: 2)
      PhotoView(pixels: core.photo.prepared.pixels).draw(
        in: frame.pane(photo, title: "what the network gets"), of: &frame.cells)
      drawChannel(
        of: core.selection.layer, core.channel, in: frame.pane(output, title: core.channelName),
        of: &frame)
      return
    }
    let (left, right) = area.columns(.fixed(3 * step), .fill)
    let (kernels, output) = left.rows(.fixed(high + 1), .fill)
    drawColourKernels(
      step, in: frame.pane(kernels, title: "channel \(core.channel), a kernel for each colour"),
      of: &frame)
    drawChannel(
      of: core.selection.layer, core.channel,
      in: frame.pane(output, title: core.channelName), of: &frame)
    // As high as the kernels need; the photo gets the rest.
    let sheet = KernelSheet(core: core)
    let half = right.rows(.ratio(1, 2), .fill).0
    let (kernelsPane, photo) = right.rows(
      .fixed(sheet.height(in: Layout.inside(half, core.size)) + 2), .fill)
    sheet.drawPane(in: kernelsPane, of: &frame)
    SeenPhoto(core: core).draw(in: photo, of: &frame)
  }

  /// Draws a kernel for each colour under its name, and the bias.
  private func drawColourKernels(_ step: Int, in area: Rect, of frame: inout Frame) {
    guard let weights else { return }
    let values = Array(weights.weights(of: core.channel))
    let names = core.model.checkpoint.preprocessing.colorNames
    for (color, name) in names.enumerated() where (color + 1) * step - 2 <= area.width {
      let x = area.x + color * step
      frame.cells.write(name, x: x, y: area.y, style: Theme.quiet)
      let kernel = (0..<9).map { values[names.count * $0 + color] }
      KernelPicture(weights: kernel, reach: values.map(\.magnitude).max() ?? 0)
        .draw(x: x, y: area.y + 1, of: &frame.cells)
    }
    drawBias(weights, x: area.x, y: area.y + 1 + KernelPicture.size.height, of: &frame)
  }

  /// Draws the input channel, the kernel and the output; in a large terminal above the kernels of
  /// the other channels.
  private func drawDepthwise(in area: Rect, of frame: inout Frame) {
    guard let weights else { return }
    let isRoomy = Layout.isRoomy(core.size)
    // As high as the kernels need; the pictures get the rest.
    let half = area.rows(.fill, .fixed(area.height * 9 / 20)).1
    let kernels = KernelSheet(core: core)
    let (upper, sheet) = area.rows(
      .fill, .fixed(isRoomy ? kernels.height(in: Layout.inside(half, core.size)) + 2 : 0))
    let (left, middle, right) = upper.columns(
      .fill, .fixed(KernelPicture.size.width + 2), .fill, gap: isRoomy ? 0 : 3)
    let before = core.layers[core.selection.layer - 1].name
    let input = frame.pane(left, title: "\(before) channel \(core.channel)")
    drawChannel(of: core.selection.layer - 1, core.channel, in: input, of: &frame)
    frame.answer(in: input, click: { _, _ in .kernels(.wentTowardsPixels) })
    let kernel = frame.pane(middle, title: "× kernel →")
    let values = Array(weights.weights(of: core.channel))
    KernelPicture(weights: values, reach: values.map(\.magnitude).max() ?? 0)
      .draw(x: kernel.x, y: kernel.y, of: &frame.cells)
    drawBias(weights, x: kernel.x, y: kernel.y + KernelPicture.size.height, of: &frame)
    let meaning = OverlayView.meaning(above: "adds", below: "takes off", frame.cells.capabilities)
    Paragraph.draw(
      meaning, in: kernel.from(y: kernel.y + KernelPicture.size.height + 1), style: Theme.quiet,
      of: &frame.cells)
    let output = frame.pane(right, title: core.channelName)
    drawChannel(of: core.selection.layer, core.channel, in: output, of: &frame)
    if isRoomy { kernels.drawPane(in: sheet, of: &frame) }
  }

  private func drawBias(_ weights: LayerWeights, x: Int, y: Int, of frame: inout Frame) {
    let activation = core.model.checkpoint.architecture.activation.name
    frame.cells.write(
      "+ bias \(NumberText.value(weights.biases[core.channel])), then \(activation)", x: x, y: y)
  }

  private func drawChannel(of layer: Int, _ channel: Int, in area: Rect, of frame: inout Frame) {
    guard let output = core.run?.trace.output(at: layer) else { return }
    ChannelPicture(
      output: output, channel: channel, view: core.view, hasBar: Layout.isRoomy(core.size)
    ).draw(in: area, of: &frame.cells)
  }

  /// Writes the trail; of a long one, the last steps.
  private func drawTrail(in area: Rect, of frame: inout Frame) {
    let trail = screen.trail(core)
    guard !trail.isEmpty else { return }
    var names = (trail + [screen.here(core)]).map {
      "\(core.layers[$0.layer].name) \($0.channel)"
    }
    var text = names.joined(separator: " ← ")
    while text.count > area.width - 1, names.count > 1 {
      names.removeFirst()
      text = "… ← " + names.joined(separator: " ← ")
    }
    frame.cells.write(
      text, x: area.x + 1, y: area.y, style: Theme.quiet, maxWidth: area.width - 1)
  }
}
