/// The features of some images, the input of a network's classifier: a row per view.
public struct FeatureTable: Equatable, Sendable {
  /// The number of features in a row: the channels of pool6.
  public let width: Int
  /// The number of views of each image, in adjacent rows: the image, then the mirrored one.
  public let views: Int
  /// The features: images × views × width.
  public internal(set) var values: [Float]

  /// Creates a table with rows of `width` features and `views` rows per image.
  public init(width: Int, views: Int, values: [Float] = []) {
    precondition(width > 0 && views > 0 && values.count.isMultiple(of: width * views))
    self.width = width
    self.views = views
    self.values = values
  }

  /// The number of images.
  public var images: Int { values.count / (width * views) }
  /// The number of rows.
  public var rows: Int { values.count / width }

  /// Returns one row.
  public func row(_ index: Int) -> ArraySlice<Float> { values[index * width..<(index + 1) * width] }

  /// Returns the features of all views of one image.
  public func image(_ index: Int) -> ArraySlice<Float> {
    let length = width * views
    return values[index * length..<(index + 1) * length]
  }
}
