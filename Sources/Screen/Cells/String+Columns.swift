extension String {
  /// The columns that it takes on a screen.
  public var columns: Int { reduce(0) { $0 + Int(Glyph($1).width) } }

  /// As much of the beginning as `width` columns have room for, before an ellipsis; all, if it fits.
  public func beginning(columns width: Int) -> String {
    columns > width ? String(fitting(columns: width - 1)) + "…" : self
  }

  /// As much of the end as `width` columns have room for, behind an ellipsis; all, if it fits.
  public func ending(columns width: Int) -> String {
    columns > width ? "…" + String(reversed().fitting(columns: width - 1).reversed()) : self
  }
}

extension Collection<Character> {
  /// The first characters, as many as `width` columns have room for.
  fileprivate func fitting(columns width: Int) -> SubSequence {
    var left = width
    return prefix { character in
      left -= Int(Glyph(character).width)
      return left >= 0
    }
  }
}
