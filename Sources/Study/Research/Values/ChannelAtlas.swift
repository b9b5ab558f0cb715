import MobileNet

/// The responses of a network's channels to many images, as the explorer shows them.
public struct ChannelAtlas: Sendable {
  /// The responses of one channel.
  public struct Channel: Sendable {
    /// The mean of all values.
    public let mean: Float
    /// The standard deviation of the channel's mean from image to image.
    public let deviation: Float
    /// The share of values that is zero, 0…1.
    public let zeroShare: Float
    /// The class that the channel separates best from the others, and the area under the ROC curve.
    public let separates: (classIndex: Int, area: Double)?
    /// The classes with the largest means, the largest first.
    public let strongest: [Int]
    /// The images to which the channel responded most, the strongest response first.
    public let top: [Top]

    /// Creates the responses of a channel.
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

    /// Returns the distance of `mean`, the channel's mean on an image, from the usual one, in
    /// deviations; nil for a channel whose mean never changes.
    public func score(ofMean mean: Double) -> Double? {
      deviation > 0 ? (mean - Double(self.mean)) / Double(deviation) : nil
    }
  }

  /// An image, and the place where a channel responded most.
  public struct Top: Hashable, Sendable {
    /// The path, relative to the folder of the atlas.
    public let image: String
    /// The channel's largest value on the image.
    public let value: Float
    /// The row of that value in the layer's output.
    public let row: Int
    /// The column of that value.
    public let column: Int

    /// Creates an image with its place.
    public init(image: String, value: Float, row: Int, column: Int) {
      self.image = image
      self.value = value
      self.row = row
      self.column = column
    }
  }

  /// The origin: a file, or a note that the atlas comes with the program.
  public let source: String
  /// The resolution at which the atlas was made.
  public let resolution: Resolution
  /// The number of images that the atlas was made from.
  public let imageCount: Int
  /// The names of the classes, as people see them.
  public let classes: [String]
  /// The channels by the layers' names.
  public let layers: [String: [Channel]]
  /// One of the images; nil where the atlas keeps none.
  public let firstImage: String?

  /// Creates an atlas.
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

  /// Returns channel `index` of the layer called `layer`; nil if the atlas lacks the channel.
  public func channel(_ index: Int, of layer: String) -> Channel? {
    guard let channels = layers[layer], channels.indices.contains(index) else { return nil }
    return channels[index]
  }

  /// The area under the ROC curve from which on a channel counts as one for its class.
  public static let telling = 0.9

  /// A condition for channels: they separate a class, or any class, well enough.
  public struct Filter: Equatable, Sendable {
    /// The class that the channels separate best; nil for any.
    public let classIndex: Int?
    /// The least area; nil for 0.9 or, if no channel has that, for any area.
    public let least: Double?

    /// Creates a filter.
    public init(classIndex: Int?, least: Double? = nil) {
      self.classIndex = classIndex
      self.least = least
    }
  }

  /// Returns the channels of the layer called `layer` that pass `filter`.
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

  /// Returns the layer with the channel that best separates class `index`, or any class if nil.
  public func bestLayer(for index: Int?) -> String? {
    let areas = layers.mapValues { channels in
      channels.compactMap(\.separates).filter { index == nil || index == $0.classIndex }
        .map(\.area).max() ?? 0
    }
    let best = areas.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return best.flatMap { $0.value > 0 ? $0.key : nil }
  }
}
