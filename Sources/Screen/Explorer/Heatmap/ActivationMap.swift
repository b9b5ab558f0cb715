import Cells
import Images
import Reports
import Tensors

/// The values of a layer's output that its picture shows.
///
/// If the output has rows and columns, these are the values of one channel. Behind the pooling
/// layer there is a single place, and the picture shows all channels, one cell each, in the rows of
/// a square.
public struct ActivationMap: Equatable, Sendable {
  /// The values; NaN in the unused cells of the square's last row.
  public let plane: Plane
  /// The shown channel, or if all are shown the one pointed at.
  public let channel: Int
  /// Whether each cell is a channel of its own.
  public let showsAllChannels: Bool
  /// The values without the unused cells.
  public let values: [Float]

  /// Takes `channel` of `output`, or all channels if it has a single place.
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

  /// Returns the rows and columns of the picture of an output with shape `output`.
  public static func shape(of output: Shape) -> Shape {
    guard output.places == 1 else {
      return Shape(height: output.height, width: output.width, channels: 1)
    }
    var width = 1
    while width * width < output.channels { width += 1 }
    let height = (output.channels + width - 1) / width
    return Shape(height: height, width: width, channels: 1)
  }

  /// The cell of the selected channel, if each cell is a channel.
  var channelCell: (rows: Range<Int>, columns: Range<Int>)? {
    guard showsAllChannels else { return nil }
    let (y, x) = (channel / plane.width, channel % plane.width)
    return (y..<y + 1, x..<x + 1)
  }

  /// Returns the rank by size of the value in row `y` and column `x`, from 1.
  public func rank(y: Int, x: Int) -> Int {
    let value = plane[y, x]
    return plane.values.count { $0 > value } + 1
  }
}

extension Core {
  /// The selected channel in colours, one pixel per value; nil before the network has run.
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

  /// The cursor's position and the value there; nil if each cell is a channel.
  var valueUnderCursor: String? {
    guard let map, !map.showsAllChannels else { return nil }
    return "row \(cursor.y), column \(cursor.x): \(NumberText.value(map.plane[cursor.y, cursor.x]))"
  }

  /// The rows and columns of the selected layer's picture.
  var planeShape: Shape { ActivationMap.shape(of: layer.output) }

  /// The picture of the selected layer, once the network has run.
  var map: ActivationMap? { output.map { ActivationMap($0, channel: channel) } }
}
