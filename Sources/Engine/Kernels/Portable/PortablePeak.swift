/// Does nothing but multiply-adds: twelve registers of four floats, which makes 48 a round.
@Sendable func portablePeak(rounds: Int) -> Float {
  var a = SIMD16<Float>(repeating: 0.25)
  var b = SIMD16<Float>(repeating: 0.5)
  var c = SIMD16<Float>(repeating: 0.75)
  let factor = SIMD16<Float>(repeating: 0.5)
  let term = SIMD16<Float>(repeating: 1)
  for lane in 0..<16 {
    a[lane] += Float(lane)
    b[lane] += Float(lane)
    c[lane] += Float(lane)
  }
  for _ in 0..<rounds {
    a = sum(term, a, times: factor)
    b = sum(term, b, times: factor)
    c = sum(term, c, times: factor)
  }
  return (a + b + c).sum()
}
