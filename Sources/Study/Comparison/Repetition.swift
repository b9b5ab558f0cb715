/// The number of runs behind every time that is compared: equal for all, because the shortest of
/// more runs is shorter.
enum Repetition {
  /// The number of runs.
  static let count = 10

  /// Returns the shortest of the times that `run` returns; `goesOn` is called before each run and
  /// stops the work by throwing.
  static func shortest(
    goesOn: () throws -> Void, _ run: () -> Double
  ) rethrows -> Double {
    try (0..<count).reduce(.infinity) { shortest, _ in
      try goesOn()
      return min(shortest, run())
    }
  }
}
