import MobileNet

/// A published file, with the facts known about it.
public struct PublishedFile: Codable, Hashable, Sendable {
  /// The file's name in commands and in the cache.
  public let name: String
  /// The address of the file.
  public let url: String
  /// The size in bytes; nil where it is unknown.
  public let bytes: Int?
  /// The SHA-256 of the content in hexadecimal digits; nil where it is unknown.
  public let sha256: String?
}

/// A published checkpoint in the catalogue.
public struct PublishedCheckpoint: Hashable, Sendable {
  /// A published accuracy and its source.
  public struct Accuracy: Codable, Hashable, Sendable {
    /// The share of ImageNet's validation images whose first prediction was right, in percent.
    public let top1: Double
    /// The share of images whose class was among the first five predictions, in percent.
    public let top5: Double
    /// The source of the accuracy.
    public let source: String
  }

  /// The file.
  public let file: PublishedFile
  /// The name of the file's format.
  public let format: String
  /// The width multiplier α.
  public let width: Double
  /// The rows and columns of the input in training.
  public let resolution: Resolution
  /// The number of classes; nil for a network without a classifier.
  public let classes: Int?
  /// The published accuracy; nil where there is none.
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
