/// What a network made of some images just before its classifier: a row of numbers for each view.
public struct FeatureTable: Equatable, Sendable {
  /// The numbers of a row: the channels of pool6.
  public let width: Int
  /// The views of each image, which lie beside each other: the image, and the mirrored one.
  public let views: Int
  /// Images × views × width.
  public internal(set) var values: [Float]

  /// A table of rows of `width` numbers, `views` of them for each image.
  public init(width: Int, views: Int, values: [Float] = []) {
    precondition(width > 0 && views > 0 && values.count.isMultiple(of: width * views))
    self.width = width
    self.views = views
    self.values = values
  }

  /// The images.
  public var images: Int { values.count / (width * views) }
  /// The rows.
  public var rows: Int { values.count / width }

  /// One row.
  public func row(_ index: Int) -> ArraySlice<Float> { values[index * width..<(index + 1) * width] }

  /// The numbers of all views of one image.
  public func image(_ index: Int) -> ArraySlice<Float> {
    let length = width * views
    return values[index * length..<(index + 1) * length]
  }
}
