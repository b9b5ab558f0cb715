import Cells
import MobileNet
import Reports

extension Screen {
  /// The photo with the crop, what the network gets, and how pixels become its numbers.
  static let input = Screen(
    bindings: [
      Binding(
        [.character("i"), .enter], "i", label: "back", help: "Go back to the layers.",
        action: .wentBack)
    ],
    title: "Input",
    draw: { state, area, frame in
      let photo = state.photo.value
      let half = (area.width - 1) / 2
      let height = area.height - 7
      let left = Rect(x: area.x, y: area.y + 1, width: half, height: height)
      let right = Rect(x: area.x + half + 1, y: area.y + 1, width: half, height: height)
      frame.cells.write(
        "the photo, \(photo.size.width)×\(photo.size.height), and the crop", x: left.x, y: area.y,
        style: Theme.title, maxWidth: half)
      frame.cells.write(
        "what the network gets, \(state.model.resolution)×\(state.model.resolution)", x: right.x,
        y: area.y, style: Theme.title, maxWidth: half)
      PhotoView(pixels: photo.pixels, outline: photo.crop).draw(in: left, of: &frame.cells)
      PhotoView(pixels: photo.prepared.pixels).draw(in: right, of: &frame.cells)
      for (line, text) in explanation(state).enumerated() {
        frame.cells.write(
          text, x: area.x, y: area.maxY - 6 + line, maxWidth: area.width)
      }
    })

  /// How pixels become numbers, with this checkpoint's numbers.
  private static func explanation(_ state: ExplorerState) -> [String] {
    let preprocessing = state.model.checkpoint.preprocessing
    let isRGB = preprocessing.channelOrder == .rgb
    let size = state.photo.prepared.pixels
    let middle = (x: size.width / 2, y: size.height / 2)
    var lines = [
      "The centred square, \(NumberText.percent(preprocessing.cropFraction)) of the shorter side, "
        + "is resized to \(size.width)×\(size.height).",
      "Each colour is then multiplied and shifted:",
    ]
    for (channel, color) in preprocessing.colorNames.enumerated() {
      let value = state.photo.prepared.tensor[middle.y, middle.x, channel]
      let pixel = size[middle.x, middle.y]
      let component = [pixel.red, pixel.green, pixel.blue][isRGB ? channel : 2 - channel]
      let offset = preprocessing.offset[channel]
      lines.append(
        "  \(color.padded(right: 5)) = pixel · \(NumberText.value(preprocessing.scale[channel]))"
          + " \(offset < 0 ? "−" : "+") \(NumberText.value(offset.magnitude))"
          + "    in the middle: \(component) → \(NumberText.value(value))")
    }
    return lines
  }
}
