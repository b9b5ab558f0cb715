import Lessons
import MobileNet

/// A layer named on the command line.
enum LayerOption {
  /// Returns the position, from 0, of the layer with the name `name` or that number, counted from
  /// 1.
  ///
  /// The failure suggests the nearest name. `option` is the option that the person wrote the name
  /// after.
  static func position(
    of name: String, in layers: [Layer], option: String = "--layer"
  ) throws -> Int {
    if let position = layers.firstIndex(where: { $0.name == name }) { return position }
    if let index = Int(name), 1...layers.count ~= index { return index - 1 }
    // For a number no nearest one is suggested: every number is near to others.
    let nearest = Int(name) == nil ? layers.map(\.name).nearest(to: name) : nil
    let hint = nearest.map { "; did you mean \($0)?" } ?? ""
    throw Failure(
      .usage,
      "\(option) \(name): no such layer\(hint) (expected a name, or a number from 1 to \(layers.count))"
    )
  }

  /// Returns the channels in `text`: numbers separated by commas.
  static func channels(in text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let number = Int($0) else {
        throw Failure(.usage, "--channel \(text): expected numbers with commas between them")
      }
      return number
    }
  }

  /// Returns the cell of `layer` that `text` names; `option` is the option that it was given with.
  static func cell(
    _ text: String, of layer: Layer, option: String = "--place"
  ) throws -> Playlist.Cell {
    let shape = layer.output
    guard let cell = Playlist.Cell(text), 0..<shape.height ~= cell.row,
      0..<shape.width ~= cell.column
    else {
      throw Failure(
        .usage,
        "\(option) \(text): expected ROW,COLUMN from 0,0 to \(shape.height - 1),\(shape.width - 1), "
          + "as \(layer.name) has them")
    }
    return cell
  }

  /// Throws unless `layer` has `channel`; `option` is the option that the channel was given with.
  static func check(channel: Int, of layer: Layer, option: String = "--channel") throws {
    guard 0..<layer.output.channels ~= channel else {
      throw Failure(
        .usage,
        "\(option) \(channel): \(layer.name) has channels 0 to \(layer.output.channels - 1)")
    }
  }
}
