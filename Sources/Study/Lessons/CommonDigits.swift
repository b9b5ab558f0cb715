import Reports

/// Compares two computations of the same number.
enum CommonDigits {
  /// Returns the number of decimals that `first` and `second` share when both are rounded, up to
  /// about five significant digits; nil if they differ by more than rounding explains.
  ///
  /// A float holds seven digits, and adding thousands of numbers may cost two of them. `size` is
  /// the sum of the magnitudes that were added.
  static func count(_ first: Double, _ second: Double, size: Double) -> Int? {
    guard (first - second).magnitude <= 2e-5 * max(size, 1e-30) else { return nil }
    return (0...most(first)).last {
      NumberText.fixed(first, $0) == NumberText.fixed(second, $0)
    }
  }

  private static func most(_ number: Double) -> Int {
    var digits = 4
    var magnitude = number.magnitude
    while magnitude > 0, magnitude < 0.1, digits < 12 {
      magnitude *= 10
      digits += 1
    }
    return digits
  }
}
