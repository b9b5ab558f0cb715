extension String {
  /// The number of columns of the text on a screen.
  public var columns: Int { reduce(0) { $0 + Int(Glyph($1).width) } }

  /// Returns as much of the beginning as fits into `width` columns with an ellipsis; all of the
  /// text if that fits.
  public func beginning(columns width: Int) -> String {
    columns > width ? String(fitting(columns: width - 1)) + "…" : self
  }

  /// Returns as much of the end as fits into `width` columns behind an ellipsis; all of the text if
  /// that fits.
  public func ending(columns width: Int) -> String {
    columns > width ? "…" + String(reversed().fitting(columns: width - 1).reversed()) : self
  }
}

extension [String] {
  /// Returns the first text that fits into `width` columns; if none does, the last.
  public func fitting(columns width: Int) -> String {
    first { $0.columns <= width } ?? last ?? ""
  }
}

extension Collection<Character> {
  /// Returns the first characters that fit into `width` columns.
  fileprivate func fitting(columns width: Int) -> SubSequence {
    var left = width
    return prefix { character in
      left -= Int(Glyph(character).width)
      return left >= 0
    }
  }
}
