import MobileNet

/// A checkpoint at an input side.
public struct ModelQuestion: Question {
  /// Reads a file, and folds what can be folded.
  public static let lane = Lane.compute
  /// Its name, or its path.
  public let name: String
  /// What the person says of it.
  public let said: Said
  /// The input side; nil for the checkpoint's own.
  public let resolution: Resolution?

  /// Asks for the checkpoint called `name`, read as the person says.
  public init(_ name: String, said: Said = [:], resolution: Resolution?) {
    self.name = name
    self.said = said
    self.resolution = resolution
  }

  /// Reads the checkpoint; throws as the library does.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Model>) throws -> Void
  ) throws -> Numbered<Model> {
    let checkpoint = try researcher.library.checkpoint(name, said: said)
    return researcher.number(
      Model(
        checkpoint: checkpoint, source: name, said: said,
        resolution: resolution ?? checkpoint.resolution))
  }
}
