import Foundation
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
  /// The picture: red, green and blue planes, 0…1.
  private(set) var colors: [Float] = []
  private var optimizer: Adam

  /// The shares, in red, green and blue, of the three colours that vary independently in ImageNet.
  private static let independent: [[Float]] = [
    [0.5628, 0.1948, 0.0433], [0.5844, 0, -0.1082], [0.5844, -0.1948, 0.0649],
  ]

  /// Begins with weak random waves.
  init(side: Int, chance: inout SplitMix64, threads: Int) {
    self.side = side
    transform = HartleyTransform(side: side, threads: threads)
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
    colors = [Float](repeating: 0, count: planes.count)
    for place in 0..<places {
      for (color, mixture) in Self.independent.enumerated() {
        let sum =
          mixture[0] * planes[place] + mixture[1] * planes[places + place]
          + mixture[2] * planes[2 * places + place]
        colors[color * places + place] = 1 / (1 + exp(-sum))
      }
    }
  }

  /// Moves the waves along `gradient`, the target's gradient with respect to `colors`.
  func climb(_ gradient: [Float]) {
    let places = side * side
    var planes = [Float](repeating: 0, count: gradient.count)
    for place in 0..<places {
      for (color, mixture) in Self.independent.enumerated() {
        let index = color * places + place
        let change = gradient[index] * colors[index] * (1 - colors[index])
        for plane in 0..<3 { planes[plane * places + place] += mixture[plane] * change }
      }
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

  /// The picture in 8 bits.
  var pixels: Pixels {
    let places = side * side
    var bytes = [UInt8](repeating: 0, count: 3 * places)
    for place in 0..<places {
      for color in 0..<3 {
        bytes[3 * place + color] = UInt8((255 * colors[color * places + place]).rounded())
      }
    }
    return Pixels(width: side, height: side, bytes: bytes)
  }
}
