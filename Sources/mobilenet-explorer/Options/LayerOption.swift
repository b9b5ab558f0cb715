import MobileNet

/// A layer named on the command line.
enum LayerOption {
  /// The position of the layer called `name`, counted from 0; the failure suggests the nearest.
  ///
  /// `option` is what the person wrote it after.
  static func position(
    of name: String, in layers: [Layer], option: String = "--layer"
  ) throws -> Int {
    if let position = layers.firstIndex(where: { $0.name == name }) { return position }
    if let index = Int(name), 1...layers.count ~= index { return index - 1 }
    // What is near a number is another number, of which nobody knows whether it was meant.
    let nearest = Int(name) == nil ? layers.map(\.name).nearest(to: name) : nil
    let hint = nearest.map { "; did you mean \($0)?" } ?? ""
    throw Failure(
      .usage,
      "\(option) \(name): no such layer\(hint) (expected a name, or a number from 1 to \(layers.count))"
    )
  }

  /// The channels in `text`: numbers with commas between them.
  static func channels(in text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let number = Int($0) else {
        throw Failure(.usage, "--channel \(text): expected numbers with commas between them")
      }
      return number
    }
  }

  /// Throws unless `layer` has a channel `channel`, which stands behind `option`.
  static func check(channel: Int, of layer: Layer, option: String = "--channel") throws {
    guard 0..<layer.output.channels ~= channel else {
      throw Failure(
        .usage,
        "\(option) \(channel): \(layer.name) has channels 0 to \(layer.output.channels - 1)")
    }
  }
}
