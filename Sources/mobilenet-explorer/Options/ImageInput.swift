import Images
import MobileNet
import Research

/// An image named on the command line: a file, or standard input.
struct ImageInput {
  private let path: String

  /// Makes an input of the image at `path`; `-` is standard input.
  init(_ path: String) {
    self.path = path
  }

  /// Reads the image and prepares it as `checkpoint` needs it at `resolution`.
  func photo(for checkpoint: Checkpoint, resolution: Resolution) throws -> Photo {
    let image = try image(forSide: checkpoint.preprocessing.shorterSide(for: resolution))
    return Photo(
      image, preprocessing: checkpoint.preprocessing, resolution: resolution,
      keepsImage: path == "-")
  }

  /// Reads the image, to be resized to a shorter side of `side` pixels or less.
  ///
  /// A large JPEG file is decoded at a reduced size.
  func image(forSide side: Int?) throws -> DecodedImage {
    do {
      let image = try DecodedImage(contentsOf: path, forSide: path == "-" ? nil : side)
      for warning in image.warnings { Console.note("\(image.name): \(warning)") }
      return image
    } catch {
      throw Failure(error)
    }
  }
}
