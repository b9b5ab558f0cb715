import MobileNet

/// A file that somebody publishes, and what is known of its content.
public struct PublishedFile: Codable, Hashable, Sendable {
  /// What it is called here, in commands and in the cache.
  public let name: String
  /// Where it is published.
  public let url: String
  /// Its length; nil when nobody wrote it down.
  public let bytes: Int?
  /// The SHA-256 of its content in hexadecimal digits; nil when nobody wrote it down.
  public let sha256: String?
}

/// A published checkpoint, as the catalogue describes it.
public struct PublishedCheckpoint: Hashable, Sendable {
  /// What somebody measured with it, and who.
  public struct Accuracy: Codable, Hashable, Sendable {
    /// How often the first answer was right on ImageNet's validation images, in percent.
    public let top1: Double
    /// How often the right answer was among the first five, in percent.
    public let top5: Double
    /// Who says so.
    public let source: String
  }

  /// The file.
  public let file: PublishedFile
  /// The format that it is in.
  public let format: String
  /// The width multiplier α.
  public let width: Double
  /// The input side that it was trained for.
  public let resolution: Resolution
  /// The number of classes; nil for one that does not classify.
  public let classes: Int?
  /// The accuracy that is published for it.
  public let accuracy: Accuracy?
}

extension PublishedCheckpoint: Codable {
  private enum CodingKeys: CodingKey {
    case format, width, resolution, classes, accuracy
  }

  /// Reads the file's facts and the network's from one object.
  public init(from decoder: any Decoder) throws {
    file = try PublishedFile(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    format = try container.decode(String.self, forKey: .format)
    width = try container.decode(Double.self, forKey: .width)
    resolution = try container.decode(Resolution.self, forKey: .resolution)
    classes = try container.decodeIfPresent(Int.self, forKey: .classes)
    accuracy = try container.decodeIfPresent(Accuracy.self, forKey: .accuracy)
  }

  /// Writes the file's facts and the network's into one object.
  public func encode(to encoder: any Encoder) throws {
    try file.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(format, forKey: .format)
    try container.encode(width, forKey: .width)
    try container.encode(resolution, forKey: .resolution)
    try container.encodeIfPresent(classes, forKey: .classes)
    try container.encodeIfPresent(accuracy, forKey: .accuracy)
  }
}
