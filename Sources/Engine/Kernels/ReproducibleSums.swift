import CKernels

/// Fixed-point sums and counts that are the same for any order of additions.
public enum ReproducibleSums {
  /// Adds one to an element of each row of `rows`, of `width` elements each: in row i, to that at
  /// `places[i]`.
  public static func count(_ places: [Int32], in rows: inout [UInt32], width: Int) {
    precondition(rows.count == places.count * width && places.allSatisfy { 0..<width ~= Int($0) })
    CKCount(places, places.count, width, &rows)
  }

  /// Adds the integer part of each value to `whole`, and the fraction to `rest` in units of 2⁻⁴⁰;
  /// every value is finite and below 2⁴⁰.
  public static func add(_ values: [Float], to whole: inout [Int64], _ rest: inout [Int64]) {
    precondition(values.count == whole.count && values.count == rest.count)
    CKAddFixedPoint(values, &whole, &rest, values.count)
  }

  /// Adds each value, in units of 1/`perUnit`, to `sums` from index `first` on; each is less than
  /// 2⁵⁰ units.
  public static func add(
    _ values: [Float], times perUnit: Double, to sums: inout [Int64], at first: Int
  ) {
    precondition(0...sums.count - values.count ~= first)
    CKAddUnits(values, perUnit, &sums, first, values.count)
  }
}
