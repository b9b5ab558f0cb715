import ArgumentParser
import Checkpoints
import MobileNet

/// A person's statements about a checkpoint, which override its file and what is assumed.
struct InputOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much of the picture's shorter side is looked at; 1 is the whole of it.",
      valueName: "FRACTION"))
  var crop: Double?

  @Option(
    help: ArgumentHelp(
      "What to do with pictures of other proportions than the input: crop, stretch or pad.",
      valueName: "HOW"))
  var resize: Preprocessing.Fitting?

  @Option(help: ArgumentHelp("The order in which colours are fed: rgb or bgr.", valueName: "ORDER"))
  var channelOrder: Preprocessing.ChannelOrder?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What is subtracted from a pixel's 0 to 255: a number, or one a channel: 123.7,116.3,103.5.",
      valueName: "M"))
  var mean: NumberList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What that is multiplied with: a number, or one a channel.", valueName: "S"))
  var scale: NumberList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What 0 and 255 become, instead of --mean and --scale: -1..1, 0..1 or 0..255.",
      valueName: "A..B"))
  var inputRange: NumberRange?

  @Option(
    help: ArgumentHelp(
      "Where stride-2 layers begin: symmetric (Caffe, PyTorch) or same (TensorFlow).",
      valueName: "PADDING"))
  var padding: Padding?

  @Option(help: ArgumentHelp("What follows the layers: relu or relu6.", valueName: "NAME"))
  var activation: Activation?

  @Option(
    help: ArgumentHelp("A text file with the name of a class on each line.", valueName: "FILE"),
    completion: .file(), transform: NamedFile.path)
  var labels: String?

  func validate() throws {
    if let crop {
      guard crop > 0, crop <= 1 else {
        throw ValidationError("--crop \(crop): expected a number above 0 and at most 1.")
      }
    }
    if inputRange != nil, mean != nil || scale != nil {
      throw ValidationError("--input-range says what --mean and --scale say: one or the other.")
    }
    for number in scale?.numbers ?? [] where number == 0 {
      throw ValidationError("--scale 0: expected numbers other than 0.")
    }
  }

  /// Takes over what a session `said` and no option says otherwise.
  mutating func take(_ said: Said) throws {
    let given = overrides.said
    var kept = said
    // A range says what a mean and a scale say.
    if inputRange != nil { (kept["mean"], kept["scale"]) = (nil, nil) }
    if mean != nil || scale != nil { kept["input-range"] = nil }
    let all = kept.merging(given) { $1 }
    self = try .parse(all.sorted { $0.key < $1.key }.map { "--\($0.key)=\($0.value)" })
  }

  /// The overrides that the options stand for.
  var overrides: Overrides {
    var overrides = Overrides()
    overrides.crop = crop
    overrides.fitting = resize
    overrides.channelOrder = channelOrder
    overrides.means = mean?.numbers
    overrides.scales = scale?.numbers
    overrides.inputRange = inputRange?.range
    overrides.padding = padding
    overrides.activation = activation
    overrides.labelFile = labels
    return overrides
  }
}

/// One finite number, or several separated by commas.
struct NumberList: ExpressibleByArgument {
  let numbers: [Double]

  init?(argument: String) {
    guard let numbers = Overrides.numbers(argument) else { return nil }
    self.numbers = numbers
  }
}

/// A range of finite numbers, written A..B.
struct NumberRange: ExpressibleByArgument {
  let range: ClosedRange<Double>

  init?(argument: String) {
    guard let range = Overrides.range(argument) else { return nil }
    self.range = range
  }
}

extension Preprocessing.Fitting: ExpressibleByArgument {}
extension Padding: ExpressibleByArgument {}
extension Activation: ExpressibleByArgument {}

extension Preprocessing.ChannelOrder: ExpressibleByArgument {
  /// Reads `rgb` or `bgr` in any case of letters; grey has no order.
  public init?(argument: String) {
    self.init(rawValue: argument.uppercased())
    if isGrey { return nil }
  }

  /// The order in lower-case letters, as people write it.
  public var defaultValueDescription: String { rawValue.lowercased() }

  /// The values that help lists.
  public static var allValueStrings: [String] { ["rgb", "bgr"] }
}
