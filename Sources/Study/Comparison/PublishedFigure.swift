/// A published number with its source.
public struct PublishedFigure: Hashable, Sendable {
  /// A publication that this program quotes.
  public enum Source: String, Hashable, Sendable, CaseIterable, Encodable {
    case howard2017 =
      "Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, 2017 (arXiv 1704.04861)"
    case tensorFlow2018 =
      "TensorFlow, research/slim/nets/mobilenet_v1.md, the released checkpoints"
    case szegedy2016 =
      "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2016 (arXiv 1512.00567)"

    /// A letter for the source in a table.
    public var letter: String {
      switch self {
      case .howard2017: "a"
      case .tensorFlow2018: "b"
      case .szegedy2016: "c"
      }
    }

    /// The letter and the source in a few words.
    public var legend: String {
      switch self {
      case .howard2017: "a Howard et al. 2017"
      case .tensorFlow2018: "b TensorFlow's mobilenet_v1.md"
      case .szegedy2016: "c Szegedy et al. 2016"
      }
    }
  }

  /// The number.
  public let value: Double
  /// The publication.
  public let source: Source
  /// The table or other part of the publication that has the number.
  public let place: String
  /// Whether the number is an upper bound of the true one.
  public let isBound: Bool

  /// Quotes `value` from `place` in `source`.
  public init(_ value: Double, _ source: Source, _ place: String, isBound: Bool = false) {
    self.isBound = isBound
    self.value = value
    self.source = source
    self.place = place
  }
}
