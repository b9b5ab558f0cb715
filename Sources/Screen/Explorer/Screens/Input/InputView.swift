import Cells
import MobileNet
import Reports

extension InputScreen {
  static let bindings: [Binding] = [
    Binding(
      [.character("i"), .enter], "i", label: "back", help: "Go back to the layers.",
      action: .wentBack)
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let photo = core.photo.value
    let (_, pictures, text) = area.rows(.fixed(1), .fill, .fixed(6))
    let (left, right) = pictures.columns(.fill, .fill, gap: 1)
    frame.cells.write(
      "the photo, \(photo.width)×\(photo.height), and the crop", x: left.x, y: area.y,
      style: Theme.title, maxWidth: left.width)
    frame.cells.write(
      "what the network gets, \(core.model.resolution)×\(core.model.resolution)", x: right.x,
      y: area.y, style: Theme.title, maxWidth: left.width)
    PhotoView(pixels: photo.pixels, outline: photo.crop).draw(in: left, of: &frame.cells)
    PhotoView(pixels: photo.prepared.pixels).draw(in: right, of: &frame.cells)
    for (line, words) in explanation(core).enumerated() {
      frame.cells.write(words, x: text.x, y: text.y + line, maxWidth: text.width)
    }
  }

  /// How pixels become numbers, with this checkpoint's numbers.
  private func explanation(_ core: Core) -> [String] {
    let preprocessing = core.model.checkpoint.preprocessing
    let isRGB = preprocessing.channelOrder == .rgb
    let size = core.photo.prepared.pixels
    let middle = (x: size.width / 2, y: size.height / 2)
    var lines = [
      "The centred square, \(NumberText.percent(preprocessing.cropFraction)) of the shorter side, "
        + "is resized to \(size.width)×\(size.height).",
      "Each colour is then multiplied and shifted:",
    ]
    for (channel, color) in preprocessing.colorNames.enumerated() {
      let value = core.photo.prepared.tensor[middle.y, middle.x, channel]
      let pixel = size[middle.x, middle.y]
      let component = [pixel.red, pixel.green, pixel.blue][isRGB ? channel : 2 - channel]
      let offset = preprocessing.offset[channel]
      lines.append(
        "  \(color.padded(right: 5)) = pixel · \(NumberText.value(preprocessing.scale[channel]))"
          + " \(offset < 0 ? "−" : "+") \(NumberText.value(offset.magnitude))"
          + "    centre pixel: \(component) → \(NumberText.value(value))")
    }
    return lines
  }
}
