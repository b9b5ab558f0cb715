/// The checkpoints that have a name.
public struct ChoicesQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk

  /// Asks for them.
  public init() {}

  /// Asks the library.
  public func answer(
    _ researcher: Researcher, report: ([WeightsChoice]) throws -> Void
  ) -> [WeightsChoice] {
    researcher.library.choices
  }
}

/// What a checkpoint is.
public struct FactsQuestion: Question {
  /// What is known about a checkpoint.
  public enum Answer: Equatable, Sendable {
    /// What it is and where that is from, one thing after another.
    case known([WeightsFact])
    /// A line on why it can't be used.
    case problem(String)
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// Its name, or its path.
  public let name: String

  /// Asks about the checkpoint called `name`.
  public init(_ name: String) { self.name = name }

  /// Asks the library for the outline, which is read without the weights.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) -> Answer {
    do {
      return .known(try researcher.library.facts(of: name))
    } catch {
      return .problem("\(error)")
    }
  }
}
