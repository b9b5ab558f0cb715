import MobileNet

/// A checkpoint at a resolution.
public struct ModelQuestion: Question {
  /// The work reads a file, and folds batch norm.
  public static let lane = Lane.compute
  /// The name or the path of the checkpoint.
  public let name: String
  /// The person's statements about the checkpoint.
  public let said: Said
  /// The rows and columns of the input; nil for the checkpoint's own.
  public let resolution: Resolution?

  /// Asks for the checkpoint called `name`, read as `said` states.
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
