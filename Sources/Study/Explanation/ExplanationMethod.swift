/// A method that attributes a target to the parts of a picture or of a layer's output.
public enum ExplanationMethod: String, CaseIterable, Hashable, Sendable, Codable {
  /// The change of the number when a value changes a little: Simonyan, Vedaldi and Zisserman 2014.
  case gradient
  /// The mean gradient of several noisy copies: Smilkov et al. 2017.
  case smoothgrad
  /// The gradient along the way from a grey picture: Sundararajan, Taly and Yan 2017.
  case integrated
  /// Channels, weighted by their mean gradient: Selvaraju et al. 2017.
  case gradCAM = "grad-cam"
  /// The gradient times the value: Shrikumar et al. 2016.
  case gradientTimesActivation = "gradient-x-activation"
  /// The loss when a square is greyed out: Zeiler and Fergus 2014.
  case occlusion

  /// The method in a few words.
  public var summary: String {
    switch self {
    case .gradient: "how much the number moves if a value changes a little"
    case .smoothgrad: "the mean of the gradients of noisy copies"
    case .integrated: "what each value adds on the way from a grey picture"
    case .gradCAM: "the channels that matter, where they are active"
    case .gradientTimesActivation: "the gradient times the value"
    case .occlusion: "what is lost when a square is greyed out"
    }
  }

  /// The name where there is little room.
  public var shortName: String {
    self == .gradientTimesActivation ? "grad × act" : rawValue
  }

  /// Whether attributions have signs: positive where they raise the target, negative where they
  /// lower it.
  public var hasSign: Bool {
    switch self {
    case .integrated, .gradientTimesActivation, .occlusion: true
    case .gradient, .smoothgrad, .gradCAM: false
    }
  }
}
