import Cells

/// The settings by which activations become colours, and screens are drawn.
public struct ViewSettings: Equatable, Sendable {
  /// The range of values over which a heatmap's colours are spread.
  public enum Range: String, CaseIterable, Sendable {
    /// From the smallest to the largest value of the shown channel.
    case channel
    /// From the smallest to the largest value of all channels of the layer, so that channels can be
    /// compared.
    case layer
    /// A fixed range, so that layers and photos can be compared.
    case fixed
  }

  /// The curve from values to colours.
  public enum Curve: String, CaseIterable, Sendable {
    /// Equal differences become equal steps of colour.
    case linear
    /// Square root: small activations are easier to tell apart.
    case squareRoot = "square root"
  }

  /// The range of values over which the colours are spread.
  public var range = Range.channel
  /// The curve from values to colours.
  public var curve = Curve.linear
  /// The colour map for values without a sign.
  public var colorMap = ColorMap.viridis

  /// The end of the fixed range; nil until a network has run.
  public var fixed: FixedRange?

  /// The language of lessons, as `LessonLibrary` names it.
  public var language = "en"

  /// Whether channels are drawn over the photo.
  public var isOverlaid = false

  /// Whether screens are written as sentences, for people who hear them.
  public var isPlain = false

  /// The terminal's capabilities: with few colours signed values are drawn differently, and without
  /// Unicode formulas are spelled out.
  public var capabilities = Capabilities(colors: .trueColor, unicode: true)

  /// Makes the default settings: a range for each channel, linear, viridis.
  public init() {}
}
