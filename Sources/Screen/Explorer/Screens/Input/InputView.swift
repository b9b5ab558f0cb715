import Cells
import Images
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
    let (pictures, text) = area.rows(.fill, .fixed(6))
    let (first, second) = pictures.columns(
      .fill, .fill, gap: Layout.isRoomy(core.size) ? 0 : 1)
    let left = frame.pane(first, title: "the photo, \(photo.width)×\(photo.height), and the crop")
    let right = frame.pane(
      second,
      title: "what the network gets, \(core.model.resolution)×\(core.model.resolution)")
    PhotoView(pixels: photo.pixels, outline: photo.crop).draw(in: left, of: &frame.cells)
    PhotoView(pixels: photo.prepared.pixels).draw(in: right, of: &frame.cells)
    for (line, words) in explanation(core).enumerated() {
      frame.cells.write(words, x: text.x, y: text.y + line, maxWidth: text.width)
    }
  }

  /// How pixels become numbers, with this checkpoint's numbers.
  func explanation(_ core: Core) -> [String] {
    let preprocessing = core.model.checkpoint.preprocessing
    let size = core.photo.prepared.pixels
    let middle = (x: size.width / 2, y: size.height / 2)
    let photo = core.photo
    let part = preprocessing.part(
      of: photo.prepared.crop, shorterSide: min(photo.width, photo.height))
    var lines = [
      "\(part) is resized to \(size.width)×\(size.height).",
      preprocessing.channelOrder == .grey
        ? "Its brightness is then multiplied and shifted:"
        : "Each colour is then multiplied and shifted:",
    ]
    for (channel, color) in preprocessing.colorNames.enumerated() {
      let value = core.photo.prepared.tensor[middle.y, middle.x, channel]
      let pixel = size[middle.x, middle.y]
      let offset = preprocessing.offset[channel]
      let component =
        switch preprocessing.channelOrder {
        case .rgb: "\([pixel.red, pixel.green, pixel.blue][channel])"
        case .bgr: "\([pixel.blue, pixel.green, pixel.red][channel])"
        case .grey: "\(pixel.red), \(pixel.green), \(pixel.blue)"
        }
      lines.append(
        "  \(color.padded(right: 5)) = pixel · \(NumberText.value(preprocessing.scale[channel]))"
          + " \(offset < 0 ? "−" : "+") \(NumberText.value(offset.magnitude))"
          + "    centre pixel: \(component) → \(NumberText.value(value))")
    }
    return lines
  }
}

extension Preprocessing {
  /// What is looked at of a picture: "The centred square, 87.5 % of the shorter side,".
  fileprivate func part(of crop: Box, shorterSide: Int) -> String {
    let part = NumberText.trimmed((crop.right - crop.left) / Double(shorterSide) * 100, digits: 1)
    let whole = cropFraction == 1 ? "The whole picture" : "Its middle"
    return switch fitting {
    case .crop: "The centred square, \(part) % of the shorter side,"
    case .stretch: "\(whole), whatever its proportions,"
    case .pad: "\(whole), between black bars,"
    }
  }
}
