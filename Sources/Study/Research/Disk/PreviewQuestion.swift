import Images

/// What a file has: a small picture of an image, or what a checkpoint is.
public struct PreviewQuestion: Question {
  /// What a file has, or why it cannot be shown.
  public enum Answer: Equatable, Sendable {
    /// The picture made small, and the columns and rows of the file's.
    case picture(Pixels, width: Int, height: Int)
    /// What a checkpoint is.
    case weights([WeightsFact])
    /// A line on what is wrong with the file.
    case problem(String)
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// Small, and slow to find.
  public static let isKept = true
  /// It is about no frame.
  public static let holdsFrame = false
  /// Where the file is.
  public let path: String
  /// What it is.
  public let kind: FileKind

  /// More pixels on a side than a preview has.
  private static let side = 160

  /// Asks for a preview of the file at `path`.
  public init(_ path: String, _ kind: FileKind) {
    self.path = path
    self.kind = kind
  }

  /// Reads the file, a picture no larger than it is shown.
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

  private var picture: Answer {
    get throws(ImageError) {
      let image = try DecodedImage(contentsOf: path, forSide: Self.side)
      let longest = max(image.pixels.width, image.pixels.height)
      let scale = min(1, Double(Self.side) / Double(longest))
      let pixels = image.resized(
        width: max(1, Int(Double(image.pixels.width) * scale)),
        height: max(1, Int(Double(image.pixels.height) * scale)))
      return .picture(pixels, width: image.width, height: image.height)
    }
  }
}

/// The images that were opened last and are still there, the latest first.
public struct RecentQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk

  /// Asks for them.
  public init() {}

  /// Reads the list that is kept from one time to the next.
  public func answer(
    _ researcher: Researcher, report: ([FolderEntry]) throws -> Void
  ) -> [FolderEntry] {
    RecentImages.entries
  }
}
