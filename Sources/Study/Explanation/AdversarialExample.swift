import Images
import MobileNet
import Tensors

/// A picture changed by a few grey levels so that a network's answer changes.
///
/// Every colour of every pixel moves a step up or down, by the sign of the gradient: the fast
/// gradient sign method (Goodfellow, Shlens and Szegedy, "Explaining and Harnessing Adversarial
/// Examples", 2015, section 4). In several rounds of smaller steps it is the basic iterative method
/// (Kurakin, Goodfellow and Bengio, "Adversarial Examples in the Physical World", 2017, section
/// 2.2).
public struct AdversarialExample: Sendable {
  /// The desired change of the answer.
  public enum Aim: Hashable, Sendable {
    /// Make a class less likely.
    case away(from: Int)
    /// Make a class more likely.
    case toward(Int)

    /// Whether the aim is reached when the most likely class is `answer`.
    public func isReached(by answer: Int?) -> Bool {
      switch self {
      case .away(let index): answer != index
      case .toward(let index): answer == index
      }
    }
  }

  /// The maximum change of a pixel's colour, in grey levels of 255.
  public let step: Int
  /// The changed picture.
  public let pixels: Pixels
  /// The network's predictions for the changed picture: every class, the most likely first.
  public let predictions: [Prediction]

  /// The possible steps, in grey levels.
  public static let steps = 1...64
  /// The steps tried by default, in grey levels.
  public static let usualSteps = 1...16
  /// The possible numbers of rounds.
  public static let rounds = 1...100

  /// Returns the probability of class `index`, 0…1.
  public func probability(of index: Int) -> Double {
    Double(predictions.first { $0.classIndex == index }?.probability ?? 0)
  }

  /// Changes `pixels`, the input of `network` before its preprocessing, by at most `step` grey levels
  /// in `rounds`.
  ///
  /// `pause` is called between the rounds and stops the work by throwing. Throws a `TargetError` if
  /// the network has no such class.
  public init(
    _ network: Network, _ pixels: Pixels, aim: Aim, step: Int, rounds: Int = 1,
    pause: () throws -> Void = {}
  ) throws {
    let stride = (step + rounds - 1) / rounds
    var changed = pixels
    var trace = network.run(network.checkpoint.preprocessing.tensor(of: changed))
    for _ in 0..<rounds {
      try pause()
      let gradient = try network.gradient(of: aim.target(in: network.layers), at: trace).input
      let signs = network.checkpoint.preprocessing.signs(of: gradient).map { $0 * aim.sign }
      changed = changed.moved(by: stride, signs, within: step, of: pixels)
      trace = network.run(network.checkpoint.preprocessing.tensor(of: changed))
    }
    self.step = step
    self.pixels = changed
    predictions = trace.predictions(top: network.checkpoint.architecture.classes ?? 0)
  }

  /// Returns the difference from `original` as a picture: grey where there is none, and full colour
  /// where it is `step`.
  public func difference(from original: Pixels) -> Pixels {
    let bytes = zip(pixels.bytes, original.bytes).map { now, before in
      UInt8(128 + (Int(now) - Int(before)) * 127 / max(step, 1))
    }
    return Pixels(width: pixels.width, height: pixels.height, bytes: bytes)
  }
}

extension AdversarialExample.Aim {
  /// Returns the number to lower or raise: the log-probability, as in cross-entropy, or with a
  /// sigmoid for each class its logit, whose gradient has the same sign.
  fileprivate func target(in layers: [Layer]) -> Target {
    let index =
      switch self {
      case .away(let index), .toward(let index): index
      }
    return layers.hasSoftmax ? .logProbability(index) : .logit(of: index, in: layers)
  }

  fileprivate var sign: Int {
    switch self {
    case .away: -1
    case .toward: 1
    }
  }
}

extension Preprocessing {
  /// Returns the sign of the gradient with respect to each colour of each pixel (red, green, blue),
  /// from the `gradient` with respect to the network's input.
  fileprivate func signs(of gradient: Tensor) -> [Int] {
    let channels = gradient.shape.channels
    // The channels that each colour is fed to.
    let fed = (0..<3).map { color in
      channelOrder.isGrey ? Array(0..<channels) : [channelOrder == .bgr ? 2 - color : color]
    }
    return gradient.withUnsafeBufferPointer { values in
      (0..<gradient.shape.places * 3).map { index in
        let (pixel, color) = (index / 3, index % 3)
        let value = fed[color].reduce(Float(0)) { $0 + values[pixel * channels + $1] * scale[$1] }
        return value > 0 ? 1 : value < 0 ? -1 : 0
      }
    }
  }
}

extension Pixels {
  /// Returns the pixels with each colour moved by `stride` in the direction of its sign, at most
  /// `limit` away from `original` and within 0…255.
  fileprivate func moved(
    by stride: Int, _ signs: [Int], within limit: Int, of original: Pixels
  ) -> Pixels {
    let bytes = bytes.indices.map { index in
      let start = Int(original.bytes[index])
      let next = Int(self.bytes[index]) + stride * signs[index]
      return UInt8(min(max(next, start - limit, 0), start + limit, 255))
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }
}
