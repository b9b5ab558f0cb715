import Cells
import Images
import MobileNet
import Reports
import Research

extension InputScreen {
  static let shortcuts: [Binding] = [
    shortcut("i", label: "input", help: "Show the photo, the crop and what the network gets.")
  ]

  static let bindings: [Binding] = [
    Binding(
      [.character("i"), .enter], "i", label: "back", help: "Go back to the layers.",
      action: .wentBack),
    Binding(
      steps: [.up, .down], "↑↓", label: "setting",
      help: "Go to another of the settings that the file states, or leaves open."
    ) { step, _ in .input(.moved(by: step)) },
    Binding(
      steps: [.left, .right], "←→", label: "change",
      help: "Change this setting, and see the answer change with it."
    ) { step, _ in .input(.changed(by: step)) },
    Binding(
      [.character("0")], "0", label: "as in the file",
      help: "Take back your changes, and do what the file says.", action: .input(.forgotten)
    ).named { !($0.weights?.said ?? $0.model.said).isEmpty },
  ]

  /// The smallest width in columns for explanation and settings side by side.
  private static let wideEnough = 110
  /// The width of the explanation in columns.
  private static let explanation = 72

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let photo = core.photo.value
    let (pictures, below) = area.rows(.fill, .fixed(7))
    let text = below.inset(1)
    let (first, second) = Layout.margined(pictures, core.size).columns(
      .fill, .fill, gap: Layout.isRoomy(core.size) ? 0 : 1)
    let left = frame.pane(first, title: "the photo, \(photo.width)×\(photo.height), and the crop")
    let right = frame.pane(
      second,
      title: "what the network gets, \(core.model.resolution.spelled)")
    PhotoView(pixels: photo.pixels, outline: photo.crop).draw(in: left, of: &frame.cells)
    PhotoView(pixels: photo.prepared.pixels).draw(in: right, of: &frame.cells)
    let isWide = area.width >= Self.wideEnough
    let settings = isWide ? min(78, text.width - Self.explanation) : 0
    var room = 0
    let (explained, said) = text.columns(.fill, .fixed(settings), gap: isWide ? 2 : 0)
    for (line, words) in explanation(core).enumerated() {
      frame.cells.write(words, x: explained.x, y: explained.y + line, maxWidth: explained.width)
    }
    if isWide {
      for (line, setting) in InputSetting.allCases.enumerated() {
        draw(setting, core, x: said.x, y: said.y + line, width: said.width, of: &frame)
      }
    } else {
      draw(setting, core, x: text.x, y: text.y + 5, width: text.width, of: &frame)
      let number = (InputSetting.allCases.firstIndex(of: setting) ?? 0) + 1
      let place = "\(number) of \(InputSetting.allCases.count): ↑↓"
      room = place.count + 1
      frame.cells.write(
        place, x: text.maxX - place.count, y: text.y + 6, style: Theme.quiet, maxWidth: place.count)
    }
    frame.cells.write(answer(core), x: text.x, y: text.y + 6, maxWidth: explained.width - room)
  }

  private func draw(
    _ setting: InputSetting, _ core: Core, x: Int, y: Int, width: Int, of frame: inout Frame
  ) {
    frame.cells.write(
      " " + words(setting, core), x: x, y: y,
      style: setting == self.setting ? Theme.selected : Theme.plain,
      maxWidth: width)
  }

  /// Returns a setting's name and value, and whether the person set it.
  func words(_ setting: InputSetting, _ core: Core) -> String {
    setting.name.padded(right: 15) + setting.value(core.model.checkpoint)
      + (setting.isSaid(core.model.said) ? "  (your change)" : "")
  }

  /// Returns the network's answer with these settings.
  func answer(_ core: Core) -> String {
    guard let first = core.run?.trace.predictions(top: 1).first else { return core.waitingText }
    return "The answer is \(core.model.checkpoint.shortLabel(first.classIndex)), "
      + "\(NumberText.percent(Double(first.probability)))."
  }

  /// Returns what is done to the picture before it becomes numbers.
  func resizing(_ core: Core) -> String {
    let part = core.model.checkpoint.preprocessing.part(
      core.photo.prepared.crop, of: core.photo.value, for: core.model.resolution)
    return "\(part) is resized to \(core.model.resolution.spelled)."
  }

  /// A colour on its way to the network: the arithmetic, and its value in the middle of the picture.
  struct ColorText {
    let name, arithmetic, pixel, value: String
  }

  /// Returns how pixels become numbers, with this checkpoint's numbers.
  func colors(_ core: Core) -> [ColorText] {
    let preprocessing = core.model.checkpoint.preprocessing
    let size = core.photo.prepared.pixels
    let middle = (x: size.width / 2, y: size.height / 2)
    return preprocessing.colorNames.enumerated().map { channel, color in
      let value = core.photo.prepared.tensor[middle.y, middle.x, channel]
      let pixel = size[middle.x, middle.y]
      let offset = preprocessing.offset[channel]
      let component =
        switch preprocessing.channelOrder {
        case .rgb: "\([pixel.red, pixel.green, pixel.blue][channel])"
        case .bgr: "\([pixel.blue, pixel.green, pixel.red][channel])"
        case .grey, .greyThrice: "\(pixel.red), \(pixel.green), \(pixel.blue)"
        }
      return ColorText(
        name: color,
        // So many digits that the formula gives the value.
        arithmetic: "· \(NumberText.trimmed(Double(preprocessing.scale[channel]), digits: 7)) "
          + "\(offset < 0 ? "−" : "+") \(NumberText.trimmed(Double(offset.magnitude), digits: 5))",
        pixel: component, value: NumberText.trimmed(Double(value)))
    }
  }

  /// Returns the explanation in lines.
  private func explanation(_ core: Core) -> [String] {
    let isGrey = core.model.checkpoint.preprocessing.channelOrder.isGrey
    let colors = colors(core)
    let width = colors.map(\.arithmetic.count).max() ?? 0
    return [
      resizing(core),
      "\(isGrey ? "Its brightness" : "Each colour") is then multiplied and shifted:",
    ]
      + colors.map { color in
        "  \(color.name.padded(right: 5)) = pixel \(color.arithmetic.padded(right: width))"
          + "   centre pixel: \(color.pixel) → \(color.value)"
      }
  }
}

extension Preprocessing {
  /// Returns the part of a picture that is used: "The centred square, 87.5 % of the shorter side,".
  fileprivate func part(_ crop: Box, of photo: Photo, for size: Resolution) -> String {
    let most = min(
      Double(photo.width), Double(photo.height * size.width) / Double(size.height))
    let part = NumberText.trimmed((crop.right - crop.left) / most * 100, digits: 1)
    let whole = cropFraction == 1 ? "The whole picture" : "Its middle"
    return switch fitting {
    case .crop where size.isSquare: "The centred square, \(part) % of the shorter side,"
    case .crop: "The middle, \(part) % of what fits,"
    case .stretch: "\(whole), whatever its proportions,"
    case .pad: "\(whole), between black bars,"
    }
  }
}
