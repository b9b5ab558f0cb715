import MobileNet

/// What the channels of a network did over many images.
public struct ChannelAtlas: Sendable {
  /// What one channel did.
  public struct Channel: Sendable {
    /// The mean of all its values.
    public let mean: Float
    /// The standard deviation of its mean from image to image.
    public let deviation: Float
    /// The share of its values that is zero, 0…1.
    public let zeroShare: Float
    /// The class that it separates best from the others, and the area under the ROC curve.
    public let separates: (classIndex: Int, area: Double)?
    /// The classes of which its mean is largest, the largest first.
    public let strongest: [Int]
    /// The images to which it responded most, the strongest first.
    public let top: [Top]

    /// States what a channel did.
    public init(
      mean: Float, deviation: Float, zeroShare: Float, separates: (classIndex: Int, area: Double)?,
      strongest: [Int], top: [Top]
    ) {
      self.mean = mean
      self.deviation = deviation
      self.zeroShare = zeroShare
      self.separates = separates
      self.strongest = strongest
      self.top = top
    }

    /// How many deviations `mean`, the channel's mean on an image, is above its usual; nil for a
    /// channel that is always the same.
    public func score(ofMean mean: Double) -> Double? {
      deviation > 0 ? (mean - Double(self.mean)) / Double(deviation) : nil
    }
  }

  /// An image to which a channel responded, and where.
  public struct Top: Hashable, Sendable {
    /// Its path, from the folder of the atlas on.
    public let image: String
    /// The largest value there.
    public let value: Float
    /// Its row in the layer's output.
    public let row: Int
    /// Its column.
    public let column: Int

    /// States where a channel responded.
    public init(image: String, value: Float, row: Int, column: Int) {
      self.image = image
      self.value = value
      self.row = row
      self.column = column
    }
  }

  /// Where it is from: a file, or that it comes with the program.
  public let source: String
  /// The input side at which it was made.
  public let resolution: Resolution
  /// How many images it was made of.
  public let imageCount: Int
  /// What people call the classes.
  public let classes: [String]
  /// The channels by the layers' names.
  public let layers: [String: [Channel]]
  /// One of the images; nil where the atlas keeps none.
  public let firstImage: String?

  /// Puts an atlas together.
  public init(
    source: String, resolution: Resolution, imageCount: Int, classes: [String],
    layers: [String: [Channel]]
  ) {
    self.source = source
    self.resolution = resolution
    self.imageCount = imageCount
    self.classes = classes
    self.layers = layers
    let channels = layers.sorted { $0.key < $1.key }.flatMap(\.value)
    firstImage = channels.first { !$0.top.isEmpty }?.top.first?.image
  }

  /// What channel `index` of the layer called `layer` did; nil where the atlas does not say.
  public func channel(_ index: Int, of layer: String) -> Channel? {
    guard let channels = layers[layer], channels.indices.contains(index) else { return nil }
    return channels[index]
  }

  /// An area from which on a channel is called one for its class.
  public static let telling = 0.9

  /// Which channels of a layer are wanted: those that tell a class, or any, well enough.
  public struct Filter: Equatable, Sendable {
    /// The class that they tell best; nil for any.
    public let classIndex: Int?
    /// The least area; nil for 0.9 or, where no channel has that, for whatever area.
    public let least: Double?

    /// Asks for channels.
    public init(classIndex: Int?, least: Double? = nil) {
      self.classIndex = classIndex
      self.least = least
    }
  }

  /// The channels of the layer called `layer` that `filter` asks for.
  public func channels(_ filter: Filter, of layer: String) -> Set<Int> {
    let own = (layers[layer] ?? []).enumerated().filter {
      guard let found = $0.element.separates else { return false }
      return filter.classIndex == nil || filter.classIndex == found.classIndex
    }
    let telling = own.filter {
      $0.element.separates?.area ?? 0 >= filter.least ?? Self.telling
    }
    let areWhatever = telling.isEmpty && filter.least == nil
    return Set((areWhatever ? own : telling).map(\.offset))
  }

  /// The layer whose channels tell class `index`, or any, best: the one with the largest area.
  public func bestLayer(for index: Int?) -> String? {
    let areas = layers.mapValues { channels in
      channels.compactMap(\.separates).filter { index == nil || index == $0.classIndex }
        .map(\.area).max() ?? 0
    }
    let best = areas.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return best.flatMap { $0.value > 0 ? $0.key : nil }
  }
}
