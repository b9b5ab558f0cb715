import MobileNet

/// A layer named on the command line.
enum LayerOption {
  /// The position of the layer called `name`, counted from 0; the failure suggests the nearest.
  static func position(of name: String, in layers: [Layer]) throws -> Int {
    if let position = layers.firstIndex(where: { $0.name == name }) { return position }
    if let index = Int(name), 1...layers.count ~= index { return index - 1 }
    let nearest = layers.min { $0.name.distance(to: name) < $1.name.distance(to: name) }
    let hint = nearest.map { "; did you mean \($0.name)?" } ?? ""
    throw Failure(
      .usage,
      "--layer \(name): no such layer\(hint) (a name, or a number from 1 to \(layers.count))")
  }

  /// Throws unless `layer` has a channel `channel`.
  static func check(channel: Int, of layer: Layer) throws {
    guard 0..<layer.output.channels ~= channel else {
      throw Failure(
        .usage,
        "--channel \(channel): \(layer.name) has channels 0 to \(layer.output.channels - 1)")
    }
  }
}

extension String {
  /// How many letters must be inserted, removed or replaced to get `other` (Levenshtein, 1966).
  func distance(to other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (i, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, second) in other.enumerated() {
        let above = row[j + 1]
        row[j + 1] = Swift.min(above + 1, row[j] + 1, diagonal + (letter == second ? 0 : 1))
        diagonal = above
      }
    }
    return row[other.count]
  }
}
