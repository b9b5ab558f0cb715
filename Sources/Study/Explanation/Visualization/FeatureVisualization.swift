import Images
import MobileNet
import Tensors

/// The picture that makes a channel, a cell or a class as large as it can be, found step by step
/// from noise: what it wants to see.
public final class FeatureVisualization {
  /// What is made large.
  public let target: Target
  /// The steps that were done.
  public private(set) var step = 0

  private let network: Network
  /// The position of the layer that the number is computed of: those behind it do not run.
  private let position: Int
  private let image: WaveImage
  private var chance: Chance
  private var trace: Trace?
  private var gradient: Gradient?

  /// Begins with noise that depends on `seed` alone.
  ///
  /// The picture is as large as the input of `network`, which has to be square. Throws when the network has no such target.
  public init(_ network: Network, target: Target, seed: UInt64 = 1) throws(ExplanationError) {
    precondition(network.resolution.isSquare, "pictures are square, not \(network.resolution)")
    position = try Explainer.position(of: target, in: network.layers)
    self.network = network
    self.target = target
    chance = Chance(seed: seed)
    image = WaveImage(side: network.resolution.height, chance: &chance)
  }

  /// Looks at the picture turned, scaled and shifted at random, and changes it uphill.
  public func advance() throws(ExplanationError) {
    let transformation = Transformation(side: image.side, chance: &chance)
    let input = prepared(transformation.apply(image.colors))
    network.run(input, through: position, reusing: &trace)
    guard let trace else { return }
    do throws(TargetError) {
      // Below zero, ReLU lets no gradient through: a channel that nothing excites yet would never begin
      // to grow, and its sums are made to. Those of one that is excited are not: an edge's are as far
      // above zero as below, so that their mean never grows.
      let isDead = target.value(of: trace.output(at: position)) <= 0
      try network.gradient(of: target, at: trace, beforeActivation: isDead, reusing: &gradient)
    } catch {
      throw .target(error)
    }
    if let gradient { image.climb(transformation.transposed(unprepared(gradient.input))) }
    step += 1
  }

  /// The picture.
  public var pixels: Pixels { image.pixels }

  /// The number that the picture makes, as it is.
  public func value() -> Double {
    network.run(prepared(image.colors), through: position, reusing: &trace)
    return trace.map { target.value(of: $0.output(at: position)) } ?? 0
  }

  /// How much of each colour, from 0 to 1, each channel of the input is made of: brightness of all three.
  private var mixture: [SIMD4<Float>] {
    let (red, green, blue): (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) = (
      [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]
    )
    let preprocessing = network.checkpoint.preprocessing
    let parts =
      switch preprocessing.channelOrder {
      case .rgb: [red, green, blue]
      case .bgr: [blue, green, red]
      case .grey: [0.299 * red + 0.587 * green + 0.114 * blue]
      }
    return zip(parts, preprocessing.scale).map { 255 * $1 * $0 }
  }

  /// The picture as the checkpoint wants it.
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

  /// The gradient with respect to colours, from that with respect to the prepared input.
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
