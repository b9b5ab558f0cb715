import Cells

/// The way from activations to colours.
public struct ViewSettings: Equatable, Sendable {
  /// The values between which a heatmap's colours are spread.
  public enum Range: String, CaseIterable, Sendable {
    /// The smallest and the largest value of the channel that is shown.
    case channel
    /// Those of all channels of the layer, so that channels can be compared.
    case layer
    /// The same for all layers and photos, so that they can be compared.
    case fixed
  }

  /// How values are spread over the colours.
  public enum Curve: String, CaseIterable, Sendable {
    /// Equal steps for equal differences.
    case linear
    /// Square root: small activations can be told apart.
    case squareRoot = "square root"
  }

  /// The values that the colours span.
  public var range = Range.channel
  /// The spread of values between them.
  public var curve = Curve.linear
  /// The colours for values without a sign.
  public var colorMap = ColorMap.viridis

  /// Where a range that stays the same ends; nil until a network has run.
  public var fixed: FixedRange?

  /// The language of lessons, as `LessonLibrary` names it.
  public var language = "en"

  /// Whether channels lie over the photo.
  public var isOverlaid = false

  /// Whether everything is said in sentences, for people who hear the screen.
  public var isPlain = false

  /// What the terminal can show: with few colours values with a sign are drawn in another way, and
  /// without Unicode formulas are spelled out.
  public var capabilities = Capabilities(colors: .trueColor, unicode: true)

  /// Each channel by itself, linear, viridis.
  public init() {}
}
