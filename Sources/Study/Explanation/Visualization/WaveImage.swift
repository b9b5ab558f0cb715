import Images
import MobileNet
import Tensors

/// A picture made of waves in three independent colours, which are optimised in place of pixels.
///
/// Olah, Mordvintsev and Schubert, "Feature Visualization", Distill 2017: long waves are strong and
/// short ones weak (1/f, as in photos), and the colours are those that vary independently in
/// photos. Without both, the result is noise of high frequency.
final class WaveImage {
  /// The number of rows, and of columns.
  let side: Int
  /// The waves before their factors are applied: three planes.
  private(set) var waves: [Float]

  private let transform: HartleyTransform
  /// The factor of each wave, 1/f; the first is that of the whole picture's colour.
  private let strengths: [Float]
  /// The picture: red, green and blue of each place, from 0 to 1.
  private(set) var colors: [SIMD4<Float>] = []
  private var optimizer: Adam

  /// The shares, in red, green and blue, of the three colours that vary independently in ImageNet.
  private static let independent: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) = (
    [0.5628, 0.5844, 0.5844, 0], [0.1948, 0, -0.1948, 0], [0.0433, -0.1082, 0.0649, 0]
  )

  /// Begins with weak random waves.
  init(side: Int, chance: inout SplitMix64) {
    self.side = side
    transform = HartleyTransform(side: side)
    let frequencies = (0..<side).map { Float(min($0, side - $0)) / Float(side) }
    strengths = (0..<side * side).map { index in
      // The colour of the whole picture is no wave. It is as strong as four of the longest waves,
      // because some channels respond to nothing else.
      guard index > 0 else { return Float(side) }
      let (y, x) = (frequencies[index / side], frequencies[index % side])
      return 0.25 / (x * x + y * y).squareRoot()
    }
    waves = (0..<3 * side * side).map { _ in 0.01 * chance.normal() }
    optimizer = Adam(count: waves.count, rate: 0.1)
    draw()
  }

  /// Computes `colors` from the waves.
  private func draw() {
    let places = side * side
    let planes = transform(strengthened(waves))
    let (first, second, third) = Self.independent
    colors = (0..<places).map { place in
      let sum =
        first * planes[place] + second * planes[places + place] + third * planes[2 * places + place]
      return 1 / (1 + sum.negatedExponential)
    }
  }

  /// Moves the waves along `gradient`, the target's gradient with respect to `colors`.
  func climb(_ gradient: [SIMD4<Float>]) {
    let (places, colors) = (side * side, colors)
    let (first, second, third) = Self.independent
    var planes = [Float](repeating: 0, count: 3 * places)
    for place in 0..<places {
      let change = gradient[place] * colors[place] * (1 - colors[place])
      planes[place] = (first * change).sum()
      planes[places + place] = (second * change).sum()
      planes[2 * places + place] = (third * change).sum()
    }
    let changes = transform(planes)
    optimizer.climb(&waves, strengthened(changes))
    draw()
  }

  /// Returns three planes of waves, each multiplied by its factor.
  private func strengthened(_ planes: [Float]) -> [Float] {
    var result = planes
    for start in stride(from: 0, to: planes.count, by: strengths.count) {
      for (place, strength) in strengths.enumerated() { result[start + place] *= strength }
    }
    return result
  }

  /// Whether no colour is infinite or NaN.
  var isFinite: Bool { colors.allSatisfy { $0.sum().isFinite } }

  /// The picture in 8 bits, which must be finite.
  var pixels: Pixels {
    let bytes = colors.flatMap { color in
      (0..<3).map { UInt8((255 * color[$0]).rounded()) }
    }
    return Pixels(width: side, height: side, bytes: bytes)
  }
}

extension SIMD4<Float> {
  /// e⁻ˣ of each number, to seven digits: many at a time take a tenth of what the system's take.
  fileprivate var negatedExponential: Self {
    // 2ʸ is 2 to the nearest whole number, which goes to the exponent, times 2 to the rest.
    var y = self * -1.442695041
    y.replace(with: -126, where: y .< -126)
    y.replace(with: 126, where: y .> 126)
    let shifted = y + 0x1.8p23
    let rest = y - (shifted - 0x1.8p23)
    var power = rest * 1.5403530e-4 + 1.3333558e-3
    power = power * rest + 9.6181291e-3
    power = power * rest + 5.5504109e-2
    power = power * rest + 2.4022651e-1
    power = power * rest + 6.9314718e-1
    power = power * rest + 1
    let exponent = unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23
    let bits = unsafeBitCast(power, to: SIMD4<UInt32>.self) &+ exponent
    let result = unsafeBitCast(bits, to: Self.self)
    return result.replacing(with: self, where: self .!= self)
  }
}
