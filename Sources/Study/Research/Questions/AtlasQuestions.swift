import Files
import Foundation
import Images
import MobileNet

/// What a network's channels did over many images.
public struct AtlasQuestion: Question {
  /// What was found.
  public struct Answer: Sendable {
    /// The atlas; nil where there is none.
    public let atlas: ChannelAtlas?

    /// States what was found.
    public init(_ atlas: ChannelAtlas?) { self.atlas = atlas }
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The network.
  public let model: Numbered<Model>
  /// The atlas that somebody named; nil for none.
  public let path: String?

  /// Asks for the atlas of `model`: the one at `path` if that is of this network, or one that lies
  /// beside the weights or comes with the program.
  public init(_ model: Numbered<Model>, path: String?) {
    self.model = model
    self.path = path
  }

  /// Reads it.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    Answer(try researcher.library.atlas(of: model.value, path: path))
  }
}

/// An atlas of the images in a folder, which is made.
public struct AtlasMakingQuestion: Question {
  /// How far it is.
  public struct Answer: Equatable, Sendable {
    /// The images that are done.
    public let done: Int
    /// All images.
    public let total: Int
    /// Where the atlas is, once it is made.
    public let path: String?

    /// States how far it is.
    public init(done: Int, total: Int, path: String? = nil) {
      self.done = done
      self.total = total
      self.path = path
    }
  }

  /// The work is many runs.
  public static let lane = Lane.measure
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The network.
  public let model: Numbered<Model>
  /// The folder.
  public let folder: String

  /// Asks for an atlas of `model` over the images in `folder`.
  public init(_ model: Numbered<Model>, folder: String) {
    self.model = model
    self.folder = folder
  }

  /// Makes it, or goes on where it was given up.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    var last = (done: 0, total: 0)
    let path = try researcher.library.makeAtlas(
      of: model.value, folder: folder, threads: researcher.threads
    ) { done, total in
      last = (done, total)
      try report(Answer(done: done, total: total))
    }
    return Answer(done: last.total, total: last.total, path: path)
  }
}

/// Where the images of an atlas are, which has only their paths from its folder on.
public struct AtlasFolderQuestion: Question {
  /// What was found.
  public struct Answer: Equatable, Sendable {
    /// The folder; nil where the image is nowhere.
    public let folder: String?

    /// States what was found.
    public init(_ folder: String?) { self.folder = folder }
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// One of the images.
  private let image: String
  /// The atlas' file.
  private let atlas: String
  /// A folder that is open.
  private let open: String

  /// Asks for the folder in which `image`, of the atlas at a path, is: it may be the folder of that,
  /// the one that is open, or one that this lies in.
  public init(of image: String, atlas: String, open: String) {
    self.image = image
    self.atlas = atlas
    self.open = open
  }

  /// Looks for the image.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) -> Answer {
    var folders = [".", URL(fileURLWithPath: atlas).deletingLastPathComponent().path]
    var folder = URL(fileURLWithPath: open)
    for _ in 0..<4 {
      folders.append(folder.path)
      folder.deleteLastPathComponent()
    }
    return Answer(
      folders.first { FileName.kind(at: $0 + "/" + image) != nil })
  }
}

/// The part of an image that a place of a layer sees.
public struct ExampleQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// Where the image is.
  public let path: String
  private let model: Numbered<Model>
  private let resolution: Resolution
  private let layer: Int
  private let row: Int
  private let column: Int

  /// Asks what the value at `row` and `column` of the layer at a position sees of the image at `path`
  /// at the input side `side`.
  public init(
    _ path: String, _ model: Numbered<Model>, resolution: Resolution, layer: Int, row: Int,
    column: Int
  ) {
    self.path = path
    self.model = model
    self.resolution = resolution
    self.layer = layer
    self.row = row
    self.column = column
  }

  /// Cuts it out of what the network gets; throws an `ImageError`.
  public func answer(_ researcher: Researcher, report: (Pixels) throws -> Void) throws -> Pixels {
    let model =
      resolution == model.resolution
      ? model.value
      : Model(checkpoint: model.checkpoint, source: model.source, resolution: resolution)
    let pixels = try Photo(path: path, for: model).prepared.pixels
    let field = model.fields[layer]
    let rows = field.rows(row).clamped(to: 0..<pixels.height)
    let columns = field.columns(column).clamped(to: 0..<pixels.width)
    guard !rows.isEmpty, !columns.isEmpty else { return pixels }
    var bytes: [UInt8] = []
    for y in rows {
      let start = 3 * (y * pixels.width + columns.lowerBound)
      bytes += pixels.bytes[start..<start + 3 * columns.count]
    }
    return Pixels(width: columns.count, height: rows.count, bytes: bytes)
  }
}
