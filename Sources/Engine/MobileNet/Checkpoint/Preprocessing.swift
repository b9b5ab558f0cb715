/// The steps from pixels to the numbers that a checkpoint was trained on.
///
/// A wrong step costs accuracy without an error, so the preprocessing belongs to the checkpoint.
public struct Preprocessing: Hashable, Sendable {
  /// The channels of the input, in their order.
  public enum ChannelOrder: String, Hashable, Sendable, Codable, CaseIterable {
    /// Red first, as in TensorFlow and PyTorch.
    case rgb = "RGB"
    /// Blue first, as in Caffe.
    case bgr = "BGR"
    /// Brightness alone, 0.299 · red + 0.587 · green + 0.114 · blue (ITU-R BT.601).
    case grey = "GREY"
    /// The same in each of three channels, for a network for colours that is fed grey pictures.
    case greyThrice = "GREY3"

    /// The names of the channels, in the input's order.
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

  /// The treatment of a picture whose proportions are not the input's.
  public enum Fitting: String, Hashable, Sendable, Codable, CaseIterable {
    /// Use its middle.
    case crop
    /// Use all of it, distorted.
    case stretch
    /// Use all of it, between black bars.
    case pad
  }

  /// The channels of the input, in their order.
  public let channelOrder: ChannelOrder
  /// The factor for a pixel's 0…255 in each channel, in the input's order.
  public let scale: [Float]
  /// The number added to each scaled channel, in the input's order.
  public let offset: [Float]
  /// The sides of the crop as a fraction of the largest part with the input's proportions; of the
  /// shorter side where the input is square.
  public let cropFraction: Double
  /// Whether the file or a person states the crop fraction.
  ///
  /// A fraction that is only a default does not apply to a picture that has the input's size
  /// already.
  public let cropIsStated: Bool
  /// The treatment of a picture whose proportions are not the input's.
  public let fitting: Fitting

  /// The names of the input's channels, in their order.
  public var colorNames: [String] { channelOrder.names }

  /// Creates the preprocessing pixel(c) · scale(c) + offset(c) for each channel c.
  ///
  /// `scale` and `offset` hold a number for each channel, in the input's order.
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

  /// Creates the preprocessing (x − mean) · scale, with the channels in the input's order.
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
