/// How often whatever is compared is run: as often as everything else, because of more runs the
/// shortest one is shorter.
enum Repetition {
  /// The number of runs.
  static let count = 10

  /// The shortest of the times that `run` takes; `goesOn` throws before a run that nobody wants any
  /// more.
  static func shortest(
    goesOn: () throws -> Void, _ run: () -> Double
  ) rethrows -> Double {
    try (0..<count).reduce(.infinity) { shortest, _ in
      try goesOn()
      return min(shortest, run())
    }
  }
}
