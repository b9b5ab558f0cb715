import Images
import MobileNet
import Tensors

/// Finds the picture that makes a channel, a value or a class as large as possible, step by step
/// from noise.
public final class FeatureVisualization {
  /// The number to make large.
  public let target: Target
  /// The number of steps done.
  public private(set) var step = 0

  private let network: Network
  /// The position of the layer that the number is computed of: the layers behind it do not run.
  private let position: Int
  private let image: WaveImage
  private var chance: SplitMix64
  private var trace: Trace?
  private var gradient: Gradient?

  /// Begins with noise that depends on `seed` alone.
  ///
  /// The picture is as large as the input of `network`, which must be square. Throws an
  /// `ExplanationError` if the network has no such target.
  public init(_ network: Network, target: Target, seed: UInt64 = 1) throws(ExplanationError) {
    precondition(network.resolution.isSquare, "pictures are square, not \(network.resolution)")
    position = try Explainer.position(of: target, in: network.layers)
    self.network = network
    self.target = target
    chance = SplitMix64(seed: seed)
    image = WaveImage(side: network.resolution.height, chance: &chance)
  }

  /// Does a step: transforms the picture at random, runs the network, and moves the picture along
  /// the gradient.
  ///
  /// Throws an `ExplanationError` if the number, or the picture after the step, is not finite.
  public func advance() throws(ExplanationError) {
    let transformation = Transformation(side: image.side, chance: &chance)
    let input = prepared(transformation.apply(image.colors))
    network.run(input, through: position, reusing: &trace)
    guard let trace else { return }
    let value = target.value(of: trace.output(at: position))
    guard value.isFinite else { throw .tooLarge }
    do throws(TargetError) {
      // Below zero, ReLU lets no gradient through, and a channel that nothing excites yet would
      // never grow: its gradient is taken before the activation. That of an excited channel is not:
      // the sums of an edge detector are as far below zero as above, so that their mean never
      // grows.
      try network.gradient(of: target, at: trace, beforeActivation: value <= 0, reusing: &gradient)
    } catch {
      throw .target(error)
    }
    if let gradient { image.climb(transformation.transposed(unprepared(gradient.input))) }
    // The gradient can be too large where the number is not.
    guard image.isFinite else { throw .tooLarge }
    step += 1
  }

  /// The picture in 8 bits.
  public var pixels: Pixels { image.pixels }

  /// Returns the target's value for the picture, without a transformation.
  public func value() -> Double {
    network.run(prepared(image.colors), through: position, reusing: &trace)
    return trace.map { target.value(of: $0.output(at: position)) } ?? 0
  }

  /// The weight of each colour, 0…1, in each channel of the input; grey mixes all three.
  private var mixture: [SIMD4<Float>] {
    let (red, green, blue): (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) = (
      [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]
    )
    let preprocessing = network.checkpoint.preprocessing
    let parts =
      switch preprocessing.channelOrder {
      case .rgb: [red, green, blue]
      case .bgr: [blue, green, red]
      case .grey, .greyThrice:
        Array(
          repeating: 0.299 * red + 0.587 * green + 0.114 * blue, count: preprocessing.scale.count)
      }
    return zip(parts, preprocessing.scale).map { 255 * $1 * $0 }
  }

  /// Returns the network's input for `colors`, 0…1.
  private func prepared(_ colors: [SIMD4<Float>]) -> Tensor {
    let (mixture, offset) = (mixture, network.checkpoint.preprocessing.offset)
    var values = [Float](repeating: 0, count: colors.count * mixture.count)
    for (channel, part) in mixture.enumerated() {
      for (place, color) in colors.enumerated() {
        values[place * mixture.count + channel] = (part * color).sum() + offset[channel]
      }
    }
    return Tensor(shape: network.inputShape, values: values)
  }

  /// Returns the gradient with respect to the colours, from that with respect to the prepared input.
  private func unprepared(_ gradient: Tensor) -> [SIMD4<Float>] {
    let mixture = mixture
    var result = [SIMD4<Float>](repeating: .zero, count: gradient.shape.places)
    gradient.withUnsafeBufferPointer { gradient in
      for (channel, part) in mixture.enumerated() {
        for place in result.indices {
          result[place] += part * gradient[place * mixture.count + channel]
        }
      }
    }
    return result
  }
}
