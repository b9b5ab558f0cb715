import Images

/// Puts pictures of the same size side by side.
public enum PictureSheet {
  /// Returns a sheet that is about square, with a black line between the pictures.
  public static func pixels(_ pictures: [Pixels]) -> Pixels {
    guard let first = pictures.first, pictures.count > 1 else {
      return pictures.first ?? Pixels(width: 1, height: 1, bytes: [0, 0, 0])
    }
    let columns = Int(Double(pictures.count).squareRoot().rounded(.up))
    let rows = (pictures.count + columns - 1) / columns
    let (width, height) = (columns * (first.width + 1) - 1, rows * (first.height + 1) - 1)
    var bytes = [UInt8](repeating: 0, count: 3 * width * height)
    for (index, picture) in pictures.enumerated() {
      let left = index % columns * (first.width + 1)
      let top = index / columns * (first.height + 1)
      for row in 0..<picture.height {
        let line = 3 * row * picture.width..<3 * (row + 1) * picture.width
        let start = 3 * ((top + row) * width + left)
        bytes.replaceSubrange(start..<start + line.count, with: picture.bytes[line])
      }
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }
}
