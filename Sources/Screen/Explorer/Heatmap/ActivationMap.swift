import Cells
import Images
import Reports
import Tensors

/// The part of a layer's output that fits a picture.
///
/// That is one channel where the output has rows and columns. Behind the pooling layer there is a
/// single place, and the picture shows all its values, one cell each, in rows of a square.
public struct ActivationMap: Equatable, Sendable {
  /// The values; NaN where the square's last row has no value any more.
  public let plane: Plane
  /// The channel that is shown, or that is pointed at among all.
  public let channel: Int
  /// Whether each cell is a channel of its own.
  public let showsAllChannels: Bool
  /// The values that are there: the square's last row may have fewer.
  public let values: [Float]

  /// Takes channel `channel`, or every channel of a single place, out of `output`.
  public init(_ output: Tensor, channel: Int) {
    self.channel = channel
    showsAllChannels = output.shape.places == 1
    if showsAllChannels {
      let shape = Self.shape(of: output.shape)
      let blanks = shape.places - output.shape.channels
      values = output.values
      plane = Plane(
        height: shape.height, width: shape.width,
        values: values + [Float](repeating: .nan, count: blanks))
    } else {
      plane = output.plane(channel)
      values = plane.values
    }
  }

  /// The rows and columns of the picture of an output of shape `output`.
  public static func shape(of output: Shape) -> Shape {
    guard output.places == 1 else {
      return Shape(height: output.height, width: output.width, channels: 1)
    }
    var width = 1
    while width * width < output.channels { width += 1 }
    let height = (output.channels + width - 1) / width
    return Shape(height: height, width: width, channels: 1)
  }

  /// The rows and columns of the cell that stands for the channel, where each cell is a channel.
  var channelCell: (rows: Range<Int>, columns: Range<Int>)? {
    guard showsAllChannels else { return nil }
    let (y, x) = (channel / plane.width, channel % plane.width)
    return (y..<y + 1, x..<x + 1)
  }

  /// How many values of the picture are larger than the one in row `y` and column `x`, plus one.
  public func rank(y: Int, x: Int) -> Int {
    let value = plane[y, x]
    return plane.values.count { $0 > value } + 1
  }
}

extension Core {
  /// The selected channel in its colours, a pixel per value; nil before the network has run.
  public var heatmapPixels: Pixels? {
    guard let map, let statistics else { return nil }
    let scale = HeatScale(heatView, shown: map.values, layer: statistics.spread)
    var bytes: [UInt8] = []
    for value in map.plane.values {
      let color = scale.color(of: value) ?? Color(0, 0, 0)
      bytes += [color.red, color.green, color.blue]
    }
    return Pixels(width: map.plane.width, height: map.plane.height, bytes: bytes)
  }

  /// The place of the cursor and the value there, where a map has rows and columns.
  var valueUnderCursor: String? {
    guard let map, !map.showsAllChannels else { return nil }
    return "row \(cursor.y), column \(cursor.x): \(NumberText.value(map.plane[cursor.y, cursor.x]))"
  }

  /// The rows and columns of the selected layer's picture.
  var planeShape: Shape { ActivationMap.shape(of: layer.output) }

  /// The picture of the selected layer, once the network has run.
  var map: ActivationMap? { output.map { ActivationMap($0, channel: channel) } }
}
