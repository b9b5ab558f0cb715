import Images
import MobileNet
import Research

/// An image named on the command line: a file, or standard input.
struct ImageInput {
  private let path: String

  /// Names the image at `path`; `-` is standard input.
  init(_ path: String) {
    self.path = path
  }

  /// Reads the image and makes of it what `checkpoint` wants at `side` × `side`.
  func photo(for checkpoint: Checkpoint, resolution: Resolution) throws -> Photo {
    let image = try image(forSide: checkpoint.preprocessing.shorterSide(for: resolution))
    return Photo(
      image, preprocessing: checkpoint.preprocessing, resolution: resolution,
      keepsImage: path == "-")
  }

  /// Reads the image, whose shorter side will be made `side` pixels long or less.
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
