import MobileNet

/// A person's corrections of a checkpoint's facts, in place of those in the file and the defaults.
///
/// Conversions more often lose these facts than the weights: a file may omit the preprocessing, or
/// state a wrong one.
public struct Overrides: Hashable, Sendable {
  /// The side of the centred crop as a fraction of the picture's shorter side.
  public var crop: Double?
  /// The treatment of a picture whose proportions are not the input's.
  public var fitting: Preprocessing.Fitting?
  /// The order of the input's channels.
  public var channelOrder: Preprocessing.ChannelOrder?
  /// The number subtracted from a pixel's 0…255: one, or one for each channel in the input's order.
  public var means: [Double]?
  /// The factor for the difference: one, or one for each channel in the input's order.
  public var scales: [Double]?
  /// The input values of 0 and 255, instead of means and scales.
  public var inputRange: ClosedRange<Double>?
  /// The padding of the stride-2 layers.
  public var padding: Padding?
  /// The activation function behind every convolution.
  public var activation: Activation?
  /// A file with a line for each class.
  public var labelFile: String?

  /// Creates an empty set of corrections.
  public init() {}

  /// Whether there are no corrections.
  public var isEmpty: Bool { self == Overrides() }
}

extension Overrides {
  /// Returns `found` with the person's corrections.
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
      // The numbers of red stay with red.
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

  /// Returns a number for each channel.
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

  /// Reads the labels in the person's file; returns nil if there is none.
  func labels(classes: Int?) throws(ImportError) -> Sourced<[String]>? {
    guard let labelFile else { return nil }
    guard let classes else {
      throw .labels(path: labelFile, problem: "the network has no classes")
    }
    let file: CheckpointFile
    do {
      file = try CheckpointFile(path: labelFile)
    } catch {
      throw .labels(path: labelFile, problem: "\(error)", isMissing: true)
    }
    guard !file.isFolder else {
      throw .labels(path: labelFile, problem: "is a directory", isMissing: true)
    }
    guard let text = file.bytes(format: "label").text else {
      throw .labels(
        path: labelFile, problem: "is not a text, expected a text with a class on each line")
    }
    switch LabelFile.labels(in: text, classes: classes) {
    case .success(let labels): return Sourced(labels, .person("--labels"))
    case .failure(let problem): throw .labels(path: labelFile, problem: problem.description)
    }
  }
}
