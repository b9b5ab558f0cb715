import Files
import Foundation
import Images
import MobileNet

/// The atlas of a network: the responses of its channels to many images.
public struct AtlasQuestion: Question {
  /// The atlas, if there is one.
  public struct Answer: Sendable {
    /// The atlas; nil where there is none.
    public let atlas: ChannelAtlas?

    /// Creates the answer.
    public init(_ atlas: ChannelAtlas?) { self.atlas = atlas }
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The network.
  public let model: Numbered<Model>
  /// The path of the atlas that a person chose; nil for none.
  public let path: String?

  /// Asks for the atlas of `model`: the one at `path` if it is of this network, else one beside the
  /// weights or one that comes with the program.
  public init(_ model: Numbered<Model>, path: String?) {
    self.model = model
    self.path = path
  }

  /// Reads the atlas.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    Answer(try researcher.library.atlas(of: model.value, path: path))
  }
}

/// A new atlas of the images in a folder.
public struct AtlasMakingQuestion: Question {
  /// The progress of the atlas.
  public struct Answer: Equatable, Sendable {
    /// The number of images done.
    public let done: Int
    /// The number of all images.
    public let total: Int
    /// The path of the atlas, once it is made.
    public let path: String?

    /// Creates an answer.
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
  /// The folder of the images.
  public let folder: String

  /// Asks for an atlas of `model` over the images in `folder`.
  public init(_ model: Numbered<Model>, folder: String) {
    self.model = model
    self.folder = folder
  }

  /// Makes the atlas, or continues one that was not finished.
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

/// The folder of an atlas's images, of which the atlas has only the paths relative to that folder.
public struct AtlasFolderQuestion: Question {
  /// The folder, if there is one.
  public struct Answer: Equatable, Sendable {
    /// The folder; nil if the image was not found.
    public let folder: String?

    /// Creates the answer.
    public init(_ folder: String?) { self.folder = folder }
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The path of one of the images, as the atlas has it.
  private let image: String
  /// The path of the atlas.
  private let atlas: String
  /// The folder that is open.
  private let open: String

  /// Asks for the folder that has `image`, of the atlas at a path: the current folder, that of the
  /// atlas, the `open` one, or one of the three above that.
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
  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The path of the image.
  public let path: String
  private let model: Numbered<Model>
  private let resolution: Resolution
  private let layer: Int
  private let row: Int
  private let column: Int

  /// Asks for the part of the image at `path` that the value at `row` and `column` of the layer at
  /// position `layer` sees, at `resolution`.
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

  /// The number of the network.
  public var modelNumber: Int? { model.number }

  /// Cuts the part out of the network's input, at most as large as a preview; throws an
  /// `ImageError`.
  public func answer(_ researcher: Researcher, report: (Pixels) throws -> Void) throws -> Pixels {
    let model =
      resolution == model.resolution
      ? model.value
      : Model(checkpoint: model.checkpoint, source: model.source, resolution: resolution)
    let pixels = try Photo(path: path, for: model).prepared.pixels
    let field = model.fields[layer]
    let rows = field.rows(row).clamped(to: 0..<pixels.height)
    let columns = field.columns(column).clamped(to: 0..<pixels.width)
    let part =
      rows.isEmpty || columns.isEmpty ? (0..<pixels.height, 0..<pixels.width) : (rows, columns)
    let size = PreviewQuestion.size(of: (part.1.count, part.0.count))
    return pixels.resized(
      width: size.width, height: size.height,
      box: Box(
        left: Double(part.1.lowerBound), top: Double(part.0.lowerBound),
        right: Double(part.1.upperBound), bottom: Double(part.0.upperBound)))
  }
}
