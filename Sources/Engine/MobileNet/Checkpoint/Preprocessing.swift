/// How pixels become the numbers that a checkpoint was trained on.
///
/// Getting it wrong costs accuracy without failing, so it belongs to the checkpoint.
public struct Preprocessing: Hashable, Sendable {
  /// What is fed of a pixel, and in which order.
  public enum ChannelOrder: String, Hashable, Sendable, Codable, CaseIterable {
    /// Red first, as TensorFlow and PyTorch have it.
    case rgb = "RGB"
    /// Blue first, as Caffe has it.
    case bgr = "BGR"
    /// Brightness alone, 0.299 · red + 0.587 · green + 0.114 · blue (ITU-R BT.601).
    case grey = "GREY"
    /// The same in each of three channels, for a network for colours that is fed grey pictures.
    case greyThrice = "GREY3"

    /// What the channels are called, in the order fed.
    public var names: [String] {
      switch self {
      case .rgb: ["red", "green", "blue"]
      case .bgr: ["blue", "green", "red"]
      case .grey: ["grey"]
      case .greyThrice: ["grey", "grey", "grey"]
      }
    }

    /// Whether brightness alone is fed.
    public var isGrey: Bool { self == .grey || self == .greyThrice }
  }

  /// What is done with a picture that has not the input's proportions.
  public enum Fitting: String, Hashable, Sendable, Codable, CaseIterable {
    /// Its middle is looked at.
    case crop
    /// All of it is, distorted.
    case stretch
    /// All of it is, between black bars.
    case pad
  }

  /// What is fed of a pixel, and in which order.
  public let channelOrder: ChannelOrder
  /// What a pixel's 0…255 is multiplied with, in the order fed.
  public let scale: [Float]
  /// What is added after that, in the order fed.
  public let offset: [Float]
  /// How much of the largest part with the input's proportions is looked at, by its sides: of the
  /// shorter side where the input is square.
  public let cropFraction: Double
  /// Whether somebody said that fraction.
  ///
  /// One that is only usual leaves alone a picture that has the input's size already.
  public let cropIsStated: Bool
  /// What is done with a picture that has not the input's proportions.
  public let fitting: Fitting

  /// What the input's channels are called, in the order fed.
  public var colorNames: [String] { channelOrder.names }

  /// The input in channel c is pixel(c) · scale(c) + offset(c).
  ///
  /// `scale` and `offset` hold a number for each channel, in the order fed.
  public init(
    channelOrder: ChannelOrder, scale: [Float], offset: [Float], cropFraction: Double = 1,
    cropIsStated: Bool = false, fitting: Fitting = .crop
  ) {
    precondition([scale, offset].allSatisfy { $0.count == channelOrder.names.count })
    self.channelOrder = channelOrder
    self.scale = scale
    self.offset = offset
    self.cropFraction = cropFraction
    self.cropIsStated = cropIsStated
    self.fitting = fitting
  }

  /// (x/255 − mean) / deviation in RGB, means and deviations of ImageNet: torchvision and timm.
  public static let torchvision = Preprocessing(
    channelOrder: .rgb, means: [0.485, 0.456, 0.406].map { $0 * 255 },
    scales: [0.229, 0.224, 0.225].map { 1 / ($0 * 255) })

  /// x/127.5 − 1 in RGB: TensorFlow's MobileNets.
  public static let tensorFlow = Preprocessing(
    channelOrder: .rgb, means: [127.5, 127.5, 127.5], scales: [1, 1, 1].map { $0 / 127.5 },
    cropFraction: 0.875)

  /// (x − mean) · 0.017 in BGR: the Caffe model of the article.
  public static let caffe = Preprocessing(
    channelOrder: .bgr, means: [103.94, 116.78, 123.68], scales: [0.017, 0.017, 0.017],
    cropFraction: 0.875)

  /// x/127.5 − 1 of the brightness: TensorFlow's networks for grey pictures.
  public static let grey = Preprocessing(
    channelOrder: .grey, means: [127.5], scales: [1 / 127.5])

  /// (x − mean) · scale, in the order fed.
  public init(
    channelOrder: ChannelOrder, means: [Double], scales: [Double], cropFraction: Double = 1,
    cropIsStated: Bool = false, fitting: Fitting = .crop
  ) {
    self.init(
      channelOrder: channelOrder, scale: scales.map { Float($0) },
      offset: zip(means, scales).map { Float(-$0 * $1) }, cropFraction: cropFraction,
      cropIsStated: cropIsStated, fitting: fitting)
  }
}
