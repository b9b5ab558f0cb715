/// Multiply-adds and nothing else: eight registers of four floats, which is 32 a round.
@Sendable func portablePeak(rounds: Int) -> Float {
  let start = SIMD4<Float>(0, 1, 2, 3)
  var (a, b, c, d) = (start, start + 4, start + 8, start + 12)
  var (e, f, g, h) = (start + 16, start + 20, start + 24, start + 28)
  let factor = SIMD4<Float>(repeating: 0.5)
  let term = SIMD4<Float>(repeating: 1)
  for _ in 0..<rounds {
    a = sum(term, a, times: factor)
    b = sum(term, b, times: factor)
    c = sum(term, c, times: factor)
    d = sum(term, d, times: factor)
    e = sum(term, e, times: factor)
    f = sum(term, f, times: factor)
    g = sum(term, g, times: factor)
    h = sum(term, h, times: factor)
  }
  return (a + b + c + d + e + f + g + h).sum()
}
