import Files
import MobileNet

extension Checkpoint {
  /// Returns the SHA-256, as hexadecimal digits, of everything that determines the network's
  /// output: layers, conventions, preprocessing and weights.
  ///
  /// Two files of the same network have the same digest, whatever their format; labels, provenance
  /// and calibration do not count.
  public func digest() -> String {
    var hash = SHA256()
    func add(_ text: String) { hash.update(Array((text + "\n").utf8)) }
    let pixels = preprocessing
    add("\(architecture.padding.rawValue) \(architecture.activation.rawValue)")
    add("\(pixels.channelOrder.rawValue) \(pixels.scale) \(pixels.offset) \(pixels.cropFraction)")
    for layer in architecture.layers(resolution: 224) {
      add("\(layer.name) \(layer.kind.rawValue) \(layer.stride) \(layer.input) \(layer.output)")
      guard let weights = uncalibrated.weights(of: layer) else { continue }
      for numbers in [weights.weights, weights.biases] {
        hash.update(numbers.withUnsafeBytes { [UInt8]($0) })
      }
    }
    return hash.digits()
  }
}
