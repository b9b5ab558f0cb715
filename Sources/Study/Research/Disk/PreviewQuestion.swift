import Images

/// A preview of a file: a small picture of an image, or the facts of a checkpoint.
public struct PreviewQuestion: Question {
  /// A preview, or the reason why there is none.
  public enum Answer: Equatable, Sendable {
    /// The picture, scaled down, with the columns and rows of the file's picture.
    case picture(Pixels, width: Int, height: Int)
    /// The facts of a checkpoint.
    case weights([WeightsFact])
    /// One line on the problem with the file.
    case problem(String)
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The path of the file.
  public let path: String
  /// The kind of the file.
  public let kind: FileKind

  /// The longer side of the picture, larger than any preview.
  private static let side = 160

  /// Asks for a preview of the file at `path`.
  public init(_ path: String, _ kind: FileKind) {
    self.path = path
    self.kind = kind
  }

  /// Reads the file, a picture at a reduced size.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) -> Answer {
    do {
      switch kind {
      case .checkpoints: return .weights(try researcher.library.facts(of: path, at: nil))
      case .images: return try picture
      }
    } catch {
      return .problem("\(error)")
    }
  }

  /// Returns the size of the preview of a picture.
  static func size(of picture: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let scale = min(1, Double(side) / Double(max(picture.width, picture.height)))
    return (
      max(1, Int(Double(picture.width) * scale)), max(1, Int(Double(picture.height) * scale))
    )
  }

  private var picture: Answer {
    get throws(ImageError) {
      let image = try DecodedImage(contentsOf: path, forSide: Self.side)
      let size = Self.size(of: (image.pixels.width, image.pixels.height))
      let pixels = image.resized(width: size.width, height: size.height)
      return .picture(pixels, width: image.width, height: image.height)
    }
  }
}

/// The images that were opened last and still exist, the latest first.
public struct RecentQuestion: Question {
  /// The work reads the disk.
  public static let lane = Lane.disk

  /// Asks for the recent images.
  public init() {}

  /// Reads the list of recent images.
  public func answer(
    _ researcher: Researcher, report: ([FolderEntry]) throws -> Void
  ) -> [FolderEntry] {
    RecentImages.entries
  }
}
