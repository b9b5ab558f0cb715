import Images
import MobileNet
import Research
import Synchronization

/// Whether the image on standard input was read, which can be done once.
private let wasRead = Atomic(false)

/// An image named on the command line: a file, or standard input.
struct ImageInput {
  /// The path that stands for standard input.
  static let standardInput = "-"

  private let path: String

  /// Returns the image's path, or words for standard input.
  static func name(of path: String) -> String {
    path == standardInput ? "standard input" : path
  }

  /// Makes an input of the image at `path`, which may be standard input.
  init(_ path: String) {
    self.path = path
  }

  /// Reads the image and prepares it as `checkpoint` needs it at `resolution`.
  func photo(for checkpoint: Checkpoint, resolution: Resolution) throws -> Photo {
    let image = try image(forSide: checkpoint.preprocessing.shorterSide(for: resolution))
    return Photo(
      image, preprocessing: checkpoint.preprocessing, resolution: resolution,
      keepsImage: path == Self.standardInput)
  }

  /// Reads the image, to be resized to a shorter side of `side` pixels or less.
  ///
  /// A large JPEG file is decoded at a reduced size.
  func image(forSide side: Int?) throws -> DecodedImage {
    let isStandardInput = path == Self.standardInput
    if isStandardInput, wasRead.exchange(true, ordering: .relaxed) {
      throw Failure(.usage, "-: standard input holds one image, and it was read already")
    }
    do {
      let image = try DecodedImage(contentsOf: path, forSide: isStandardInput ? nil : side)
      for warning in image.warnings { Console.note("\(image.name): \(warning)") }
      return image
    } catch {
      throw Failure(error)
    }
  }
}
