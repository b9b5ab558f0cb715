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
  private let image: WaveImage
  private var chance: Chance
  private var trace: Trace?
  private var gradient: Gradient?

  /// Begins with noise that depends on `seed` alone.
  ///
  /// The picture is as large as the input of `network`, which has to be square. Throws when the network has no such target.
  public init(_ network: Network, target: Target, seed: UInt64 = 1) throws(ExplanationError) {
    precondition(network.resolution.isSquare, "pictures are square, not \(network.resolution)")
    _ = try Explainer.position(of: target, in: network.layers)
    self.network = network
    self.target = target
    chance = Chance(seed: seed)
    image = WaveImage(side: network.resolution.height, chance: &chance, threads: network.threads)
  }

  /// Looks at the picture turned, scaled and shifted at random, and changes it uphill.
  public func advance() throws(ExplanationError) {
    let transformation = Transformation(side: image.side, chance: &chance)
    let input = prepared(transformation.apply(image.colors))
    network.run(input, reusing: &trace)
    guard let trace else { return }
    do throws(TargetError) {
      // Below zero, ReLU lets no gradient through: a channel that nothing excites yet would never begin
      // to grow, and its sums are made to. Those of one that is excited are not: an edge's are as far
      // above zero as below, so that their mean never grows.
      let output = trace.output(at: try target.position(in: network.layers))
      try network.gradient(
        of: target, at: trace, beforeActivation: target.value(of: output) <= 0,
        reusing: &gradient)
    } catch {
      throw .target(error)
    }
    if let gradient { image.climb(transformation.transposed(unprepared(gradient.input))) }
    step += 1
  }

  /// The picture.
  public var pixels: Pixels { image.pixels }

  /// The number that the picture makes, as it is.
  public func value() throws(ExplanationError) -> Double {
    let position = try Explainer.position(of: target, in: network.layers)
    network.run(prepared(image.colors), reusing: &trace)
    return trace.map { target.value(of: $0.output(at: position)) } ?? 0
  }

  /// Which plane each channel of the input is made of, and by how much: brightness of all three.
  private var mixture: [[Float]] {
    switch network.checkpoint.preprocessing.channelOrder {
    case .rgb: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .bgr: [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
    case .grey, .greyThrice:
      Array(repeating: [0.299, 0.587, 0.114], count: network.inputShape.channels)
    }
  }

  /// Planes from 0 to 1 as the checkpoint wants them.
  private func prepared(_ colors: [Float]) -> Tensor {
    let (places, preprocessing) = (image.side * image.side, network.checkpoint.preprocessing)
    let mixture = mixture
    var values: [Float] = []
    values.reserveCapacity(places * mixture.count)
    for place in 0..<places {
      for (channel, part) in mixture.enumerated() {
        let sum =
          part[0] * colors[place] + part[1] * colors[places + place]
          + part[2] * colors[2 * places + place]
        values.append(255 * sum * preprocessing.scale[channel] + preprocessing.offset[channel])
      }
    }
    return Tensor(shape: network.inputShape, values: values)
  }

  /// The gradient with respect to planes, from that with respect to the prepared input.
  private func unprepared(_ gradient: Tensor) -> [Float] {
    let (places, scale) = (image.side * image.side, network.checkpoint.preprocessing.scale)
    let mixture = mixture
    var planes = [Float](repeating: 0, count: 3 * places)
    gradient.withUnsafeBufferPointer { gradient in
      for place in 0..<places {
        for (channel, part) in mixture.enumerated() {
          let change = 255 * scale[channel] * gradient[place * mixture.count + channel]
          for color in 0..<3 { planes[color * places + place] += part[color] * change }
        }
      }
    }
    return planes
  }
}
