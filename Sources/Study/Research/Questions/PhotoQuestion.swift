import MobileNet

/// A photo as a network wants it.
public struct PhotoQuestion: Question {
  /// Decodes and scales a picture.
  public static let lane = Lane.compute
  /// Where it is.
  public let path: String
  /// The network.
  public let model: Numbered<Model>
  /// The photo as another network had it, for one that can't be read again; nil to read the file.
  public let present: Numbered<Photo>?

  /// Asks for the photo at `path`.
  public init(_ path: String, for model: Numbered<Model>, present: Numbered<Photo>? = nil) {
    self.path = path
    self.model = model
    self.present = present
  }

  /// Prepares the photo, and reads its file where need be; throws an `ImageError`.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Photo>) throws -> Void
  ) throws -> Numbered<Photo> {
    researcher.number(
      try present?.value.prepared(for: model.value) ?? Photo(path: path, for: model.value))
  }
}
