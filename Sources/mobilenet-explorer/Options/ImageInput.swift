import Explorer
import Images
import MobileNet

/// An image named on the command line: a file, or standard input.
struct ImageInput {
  private let path: String

  /// Names the image at `path`; `-` is standard input.
  init(_ path: String) {
    self.path = path
  }

  /// Reads the image and makes of it what `checkpoint` wants at `side` × `side`.
  func photo(for checkpoint: Checkpoint, side: Int) throws -> Photo {
    let preprocessing = checkpoint.preprocessing
    do {
      let image = try DecodedImage(
        contentsOf: path, forSide: path == "-" ? nil : preprocessing.shorterSide(for: side))
      for warning in image.warnings { Console.note("\(image.name): \(warning)") }
      return Photo(
        image, preprocessing: preprocessing, side: side, keepsImage: path == "-")
    } catch {
      throw Failure(error)
    }
  }
}
