import CKernels

/// Sums in fixed point, and counts, which come out the same in whatever order they are added.
public enum ReproducibleSums {
  /// Adds one to a number of each row of `rows`, each of which has `width`: in row i, to that at
  /// `places[i]`.
  public static func count(_ places: [Int32], in rows: inout [UInt32], width: Int) {
    precondition(rows.count == places.count * width && places.allSatisfy { 0..<width ~= Int($0) })
    CKCount(places, places.count, width, &rows)
  }

  /// Adds to each of `whole` the whole part of a value, and to each of `rest` what is left, in units of
  /// 2⁻⁴⁰; every value is finite and below 2⁴⁰.
  public static func add(_ values: [Float], to whole: inout [Int64], _ rest: inout [Int64]) {
    precondition(values.count == whole.count && values.count == rest.count)
    CKAddFixedPoint(values, &whole, &rest, values.count)
  }

  /// Adds to each of `sums`, from the one at `first` on, a value in units of 1/`perUnit`; less than 2⁵⁰
  /// of them.
  public static func add(
    _ values: [Float], times perUnit: Double, to sums: inout [Int64], at first: Int
  ) {
    precondition(0...sums.count - values.count ~= first)
    CKAddUnits(values, perUnit, &sums, first, values.count)
  }
}
