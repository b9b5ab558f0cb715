import MobileNet

/// What a person says of a checkpoint, in place of what its file says or of what is assumed.
///
/// Conversions go wrong here more often than in the weights: a file may not say how pixels become
/// its input, or say it wrong.
public struct Overrides: Hashable, Sendable {
  /// The side of the centred square that is looked at, as a part of the picture's shorter side.
  public var crop: Double?
  /// What is done with a picture that has not the input's proportions.
  public var fitting: Preprocessing.Fitting?
  /// The order in which colours are fed.
  public var channelOrder: Preprocessing.ChannelOrder?
  /// What is subtracted from a pixel's 0…255: a number, or one for each channel in the order fed.
  public var means: [Double]?
  /// What that is multiplied with: a number, or one for each channel in the order fed.
  public var scales: [Double]?
  /// What 0 and 255 become, instead of means and scales.
  public var inputRange: ClosedRange<Double>?
  /// Where stride-2 layers begin.
  public var padding: Padding?
  /// The activation function behind every convolution.
  public var activation: Activation?
  /// A file with a line for each class.
  public var labelFile: String?

  /// Says nothing yet.
  public init() {}

  /// Whether nothing is said.
  public var isEmpty: Bool { self == Overrides() }
}

extension Overrides {
  /// What the person says of the numbers that pixels become, where they say it.
  func preprocessing(
    instead found: Sourced<Preprocessing>
  ) throws(ImportError) -> Sourced<Preprocessing> {
    var (order, scale, offset) = (found.value.channelOrder, found.value.scale, found.value.offset)
    var said: [String] = []
    if let channelOrder, channelOrder != order {
      guard !order.isGrey else {
        throw .inconsistent(
          problem: "--channel-order \(channelOrder.rawValue): the network is fed brightness alone")
      }
      // Red's numbers stay red's.
      (order, scale, offset) = (channelOrder, scale.reversed(), offset.reversed())
    }
    if channelOrder != nil { said.append("--channel-order") }
    if let inputRange {
      let factor = (inputRange.upperBound - inputRange.lowerBound) / 255
      scale = scale.map { _ in Float(factor) }
      offset = offset.map { _ in Float(inputRange.lowerBound) }
      said.append("--input-range")
    }
    var means = zip(scale, offset).map { -Double($1) / Double($0) }
    if let given = self.means {
      means = try spread(given, "--mean", channels: order.names.count)
      said.append("--mean")
    }
    if let given = scales {
      scale = try spread(given, "--scale", channels: order.names.count).map { Float($0) }
      said.append("--scale")
    }
    if self.means != nil || scales != nil {
      offset = zip(means, scale).map { Float(-$0 * Double($1)) }
    }
    guard !said.isEmpty else { return found }
    return Sourced(
      found.value.changed(channelOrder: order, scale: scale, offset: offset),
      .person(said.joined(separator: ", ")))
  }

  /// A number for each channel.
  private func spread(
    _ numbers: [Double], _ option: String, channels: Int
  ) throws(ImportError) -> [Double] {
    guard [1, channels].contains(numbers.count) else {
      throw .inconsistent(
        problem:
          "\(option) has \(numbers.count) numbers, the network has \(channels) input channels")
    }
    return (0..<channels).map { numbers[$0 % numbers.count] }
  }

  /// The labels in the person's file.
  func labels(classes: Int?) throws(ImportError) -> Sourced<[String]>? {
    guard let labelFile else { return nil }
    guard let classes else {
      throw .inconsistent(problem: "--labels \(labelFile): the network has no classes")
    }
    let file = try CheckpointFile(path: labelFile)
    guard !file.isFolder, let text = file.bytes(format: "label").text else {
      let what = file.isFolder ? "a folder" : "not a text"
      throw .inconsistent(
        problem: "--labels \(labelFile): is \(what), expected a text with a class on each line")
    }
    switch LabelFile.labels(in: text, classes: classes) {
    case .success(let labels): return Sourced(labels, .person("--labels"))
    case .failure(let problem):
      throw .inconsistent(problem: "--labels \(labelFile): \(problem.description)")
    }
  }
}
