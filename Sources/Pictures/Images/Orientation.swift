/// The orientation of a picture in its file: the values of Exif's tag 0x0112.
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored
  case upsideDown
  case upsideDownMirrored
  case transposed
  case turnedLeft
  case turnedLeftMirrored
  case turnedRight

  /// Whether rows of the file are columns of the picture.
  var swapsAxes: Bool { rawValue >= 5 }
  /// Whether the file's order is the picture's from right to left.
  var reversesX: Bool { [2, 3, 6, 7].contains(rawValue) }
  /// Whether the file's order is the picture's from bottom to top.
  var reversesY: Bool { [3, 4, 7, 8].contains(rawValue) }

  /// Turns and mirrors the file's picture, so that up is up.
  func upright(_ pixels: Pixels) -> Pixels {
    if self == .upright { return pixels }
    let (width, height) =
      swapsAxes ? (pixels.height, pixels.width) : (pixels.width, pixels.height)
    // The distances in the file from one pixel of the picture to the next.
    let stepX = (reversesX ? -3 : 3) * (swapsAxes ? pixels.width : 1)
    let stepY = (reversesY ? -3 : 3) * (swapsAxes ? 1 : pixels.width)
    let start = (reversesX ? -stepX * (width - 1) : 0) + (reversesY ? -stepY * (height - 1) : 0)
    let bytes = [UInt8](unsafeUninitializedCapacity: pixels.bytes.count) { target, count in
      pixels.bytes.withUnsafeBufferPointer { source in
        // Works in tiles, so that the pixels of a column are still in the cache for the next
        // column.
        let tile = 32
        for tileY in stride(from: 0, to: height, by: tile) {
          for tileX in stride(from: 0, to: width, by: tile) {
            for y in tileY..<min(tileY + tile, height) {
              var from = start + y * stepY + tileX * stepX
              var to = 3 * (y * width + tileX)
              for _ in tileX..<min(tileX + tile, width) {
                target[to] = source[from]
                target[to + 1] = source[from + 1]
                target[to + 2] = source[from + 2]
                from += stepX
                to += 3
              }
            }
          }
        }
      }
      count = pixels.bytes.count
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }
}
