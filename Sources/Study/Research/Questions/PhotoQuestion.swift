import MobileNet

/// A photo, prepared as a network's input.
public struct PhotoQuestion: Question {
  /// The work decodes and scales a picture.
  public static let lane = Lane.compute
  /// The path of the photo.
  public let path: String
  /// The network.
  public let model: Numbered<Model>
  /// The photo as prepared for another network, if it cannot be read again; nil to read the file.
  public let present: Numbered<Photo>?

  /// Asks for the photo at `path`.
  public init(_ path: String, for model: Numbered<Model>, present: Numbered<Photo>? = nil) {
    self.path = path
    self.model = model
    self.present = present
  }

  /// Prepares the photo, and reads its file if necessary; throws an `ImageError`.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Photo>) throws -> Void
  ) throws -> Numbered<Photo> {
    researcher.number(
      try present?.value.prepared(for: model.value) ?? Photo(path: path, for: model.value))
  }
}
