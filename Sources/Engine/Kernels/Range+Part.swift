extension Range<Int> {
  /// Returns one of `count` parts of nearly equal length, counted from 0.
  func part(_ index: Int, of count: Int) -> Range {
    lowerBound + self.count * index / count..<lowerBound + self.count * (index + 1) / count
  }

  /// Returns the range of floats of these lines, each of `count` floats.
  func of(_ count: Int) -> Range { lowerBound * count..<upperBound * count }
}
