import Cells
import Images
import MobileNet

/// The photo that is looked at, and what the network gets of it.
public struct Photo: Sendable {
  /// The file's name without its folders.
  public let name: String
  /// Columns and rows of the file's picture.
  public let size: Size
  /// The picture for the screen; smaller than the file's when that is large.
  public let pixels: Pixels
  /// The crop, the pixels after resizing and the tensor.
  public let prepared: PreparedInput

  /// The image itself, for photos that can't be read again from a file.
  private let image: DecodedImage?

  /// More pixels on a side than any terminal shows.
  private static let largestSide = 1024

  /// Makes of `image` what `preprocessing` wants at `side` × `side`.
  ///
  /// A photo that came through a pipe keeps its image, for other weights to look at.
  public init(
    _ image: DecodedImage, preprocessing: Preprocessing, side: Int, keepsImage: Bool = false
  ) {
    self.image = keepsImage ? image : nil
    name = String(image.name.split(separator: "/").last ?? "?")
    size = Size(width: image.width, height: image.height)
    let longest = max(image.pixels.width, image.pixels.height)
    if longest > Self.largestSide {
      pixels = image.pixels.resized(
        width: max(1, image.pixels.width * Self.largestSide / longest),
        height: max(1, image.pixels.height * Self.largestSide / longest))
    } else {
      pixels = image.pixels
    }
    prepared = PreparedInput(image, preprocessing: preprocessing, side: side)
  }

  /// The same photo as other weights want it; nil if it must be read again.
  public func prepared(for model: Model) -> Photo? {
    image.map {
      Photo(
        $0, preprocessing: model.checkpoint.preprocessing, side: model.resolution,
        keepsImage: true)
    }
  }

  /// The columns and rows of `pixels` that the network looks at.
  var crop: (columns: Range<Int>, rows: Range<Int>) {
    let scale = Double(pixels.width) / Double(size.width)
    func range(_ from: Double, _ to: Double, _ count: Int) -> Range<Int> {
      let first = min(max(Int(from * scale), 0), count - 1)
      return first..<max(first + 1, min(Int((to * scale).rounded(.up)), count))
    }
    let box = prepared.crop
    return (range(box.left, box.right, pixels.width), range(box.top, box.bottom, pixels.height))
  }
}
