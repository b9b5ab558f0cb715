/// How often whatever is compared is run: as often as everything else, because of more runs the
/// shortest one is shorter.
enum Repetition {
  /// The number of runs.
  static let count = 10

  /// The shortest of the times that `run` takes.
  static func shortest(_ run: () -> Double) -> Double {
    (0..<count).reduce(.infinity) { shortest, _ in min(shortest, run()) }
  }
}
