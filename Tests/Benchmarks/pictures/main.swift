// How near pictures made of signs come to what they show, and what they cost:
//
//     picture-benchmark CHECKPOINT PHOTO…
//
// Each photo is drawn into 60 × 30 cells with every set of signs, some of its feature maps into 36 × 18,
// and compared with themselves in 8 × 24 pixels a cell: 10·log10 of 255² by the mean squared error, in dB.
// Then each photo fills 160 × 50 cells, and the milliseconds of a frame are printed.

import Cells
import Checkpoints
import Explorer
import Foundation
import Images
import MobileNet
import Tensors

/// The message for arguments that are not a checkpoint and photos.
struct Usage: Error, CustomStringConvertible {
  let description = "usage: picture-benchmark CHECKPOINT PHOTO…"
}

let sets: [GlyphSet] = [.half, .quadrants, .sextants, .octants]
let room = Rect(x: 0, y: 0, width: 60, height: 30)
/// As large as a thumbnail in a grid.
let mapRoom = Rect(x: 0, y: 0, width: 36, height: 18)

/// The error in dB of what `cells` show in `area` beside `wanted`, which is told places from 0 to 1
/// and answers nil beyond the picture.
func decibels(
  _ cells: CellBuffer, _ area: Rect, _ wanted: (_ x: Double, _ y: Double) -> Color?
) -> Double {
  var (sum, count) = (0.0, 0.0)
  for row in 0..<24 * area.height {
    for column in 0..<8 * area.width {
      let x = (Double(column) + 0.5) / Double(8 * area.width)
      let y = (Double(row) + 0.5) / Double(24 * area.height)
      guard let color = wanted(x, y) else { continue }
      let shown = cells.color(column: 4 * area.x + column / 2, row: 12 * area.y + row / 2)
      for part in [\Color.red, \.green, \.blue] {
        let difference =
          Double((shown ?? Color(0, 0, 0))[keyPath: part])
          - Double(color[keyPath: part])
        sum += difference * difference
        count += 1
      }
    }
  }
  return 10 * log10(255 * 255 * count / max(sum, 1))
}

func screen(_ set: GlyphSet, _ size: Size) -> CellBuffer {
  var cells = CellBuffer(size: size)
  cells.capabilities.glyphs = set
  return cells
}

/// The photo between its pixels, as a screen shows it.
func color(_ pixels: Pixels, _ bytes: [UInt8], _ x: Double, _ y: Double) -> Color {
  func place(_ position: Double, _ count: Int) -> (Int, Int, Double) {
    let exact = min(max(position * Double(count) - 0.5, 0), Double(count - 1))
    return (Int(exact), min(Int(exact) + 1, count - 1), exact - exact.rounded(.down))
  }
  func pixel(_ x: Int, _ y: Int) -> Color {
    let first = 3 * (y * pixels.width + x)
    return Color(bytes[first], bytes[first + 1], bytes[first + 2])
  }
  let (left, right, across) = place(x, pixels.width)
  let (top, bottom, down) = place(y, pixels.height)
  return pixel(left, top).mixed(with: pixel(right, top), across)
    .mixed(with: pixel(left, bottom).mixed(with: pixel(right, bottom), across), down)
}

func photoErrors(_ pixels: Pixels) -> [Double] {
  let bytes = pixels.bytes
  return sets.map { set in
    var cells = screen(set, Size(width: room.width, height: room.height))
    let grid = PhotoView(pixels).draw(in: room, of: &cells)
    return decibels(cells, grid.area) { color(pixels, bytes, $0, $1) }
  }
}

func mapErrors(_ map: ActivationMap) -> [Double] {
  let scale = HeatScale(ViewSettings(), shown: map.values, layer: 0...1)
  return sets.map { set in
    var cells = screen(set, Size(width: mapRoom.width, height: mapRoom.height))
    let heatmap = HeatmapView(map, in: mapRoom, density: cells.capabilities.density)
    heatmap.draw(scale, of: &cells)
    let grid = heatmap.grid
    return decibels(cells, grid.area) { x, y in
      let column = x * Double(grid.area.width * grid.density.width) / Double(grid.width)
      let row = y * Double(grid.area.height * grid.density.height) / Double(grid.height)
      guard column < 1, row < 1 else { return nil }
      return scale.color(
        of: map.plane[Int(row * Double(map.plane.height)), Int(column * Double(map.plane.width))])
    }
  }
}

func milliseconds(_ pixels: Pixels) -> [Double] {
  sets.map { set in
    (0..<5).map { _ in
      var cells = screen(set, Size(width: 160, height: 50))
      // The processor's time: other programs run as well.
      let start = clock()
      PhotoView(pixels).draw(in: Rect(x: 0, y: 0, width: 160, height: 50), of: &cells)
      return Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC)
    }.min() ?? 0
  }
}

func line(_ name: String, _ numbers: [Double], gains: Bool = true) -> String {
  let texts = numbers.map { String(format: "%8.2f", $0) }.joined()
  let over = numbers.dropFirst().map { String(format: "%+8.2f", $0 - numbers[0]) }.joined()
  return name.padding(toLength: 26, withPad: " ", startingAt: 0) + texts
    + (gains ? "  " + over : "")
}

func means(_ table: [[Double]]) -> [Double] {
  sets.indices.map { column in
    table.reduce(0) { $0 + $1[column] } / Double(max(1, table.count))
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else { throw Usage() }
let checkpoint = try CheckpointReader.read(path: arguments[0])
let network = try Network(checkpoint, resolution: 224, threads: 2)
var (photos, maps, times): ([[Double]], [[Double]], [[Double]]) = ([], [], [])
print(
  "dB".padding(toLength: 26, withPad: " ", startingAt: 0)
    + sets.map { " " + $0.rawValue.prefix(7).padding(toLength: 7, withPad: " ", startingAt: 0) }
    .joined() + "  over half blocks")
for path in arguments.dropFirst() {
  let image = try DecodedImage(
    contentsOf: path, forSide: checkpoint.preprocessing.shorterSide(for: 224))
  let prepared = PreparedInput(image, preprocessing: checkpoint.preprocessing, resolution: 224)
  photos.append(photoErrors(prepared.pixels))
  times.append(milliseconds(prepared.pixels))
  let trace = network.run(prepared.tensor)
  // Maps with fewer values than a cell has pixels are exact with every set.
  for layer in [0, 2, 4, 6] {
    let output = trace.output(at: layer)
    let best = ChannelStatistics(output).mostCoherent
    for channel in [best, 1, output.shape.channels / 2] {
      let map = ActivationMap(output, channel: channel)
      if Set(map.values).count > 1 { maps.append(mapErrors(map)) }
    }
  }
  let name = path.split(separator: "/").last.map(String.init) ?? path
  print(line(name, photos[photos.count - 1]))
}
print(line("all photos", means(photos)))
print(line("\(maps.count) feature maps", means(maps)))
print(line("ms, a photo at 160×50", means(times), gains: false))
