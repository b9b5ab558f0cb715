/// Returns a + b · c, by the fastest instructions that every machine of the architecture has.
///
/// x86-64 machines may lack fused multiply-adds, and `addingProduct` would then call a library
/// function for each lane; every arm64 machine has them.
@inline(__always)
func sum<V: SIMD>(_ a: V, _ b: V, times c: V) -> V where V.Scalar == Float {
  #if arch(arm64)
    a.addingProduct(b, c)
  #else
    a + b * c
  #endif
}

/// Clamps `values` to `floor`…`ceiling`.
///
/// Uses masks, because `clamped` and `pointwiseMax` compile to a loop over the lanes.
@inline(__always)
func clamp<V: SIMD>(_ values: V, _ floor: Float, _ ceiling: Float) -> V where V.Scalar == Float {
  let floored = values.replacing(with: floor, where: values .< floor)
  return floored.replacing(with: ceiling, where: floored .> ceiling)
}
