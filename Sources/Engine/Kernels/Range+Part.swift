extension Range<Int> {
  /// One of `count` parts of nearly the same length, counted from 0.
  func part(_ index: Int, of count: Int) -> Range {
    lowerBound + self.count * index / count..<lowerBound + self.count * (index + 1) / count
  }

  /// The floats of these lines, each of `count`.
  func of(_ count: Int) -> Range { lowerBound * count..<upperBound * count }
}
