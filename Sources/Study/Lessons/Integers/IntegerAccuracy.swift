import MobileNet

/// The accuracy of a network over many photos: in floats, and as integers.
public struct IntegerAccuracy: Equatable, Sendable {
  /// The input side that it was measured at.
  public let resolution: Resolution
  /// The top-1 accuracy in floats, in percent.
  public let floats: Double
  /// The same with a scale for the weights of each layer, and of each channel.
  public let perTensor: Double, perChannel: Double

  /// States how often the first answers are right, in percent.
  public init(resolution: Resolution, floats: Double, perTensor: Double, perChannel: Double) {
    self.resolution = resolution
    self.floats = floats
    self.perTensor = perTensor
    self.perChannel = perChannel
  }
}
