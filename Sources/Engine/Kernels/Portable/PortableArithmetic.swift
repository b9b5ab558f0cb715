/// a + b · c, by the fastest instructions that every machine of the architecture has.
///
/// On x86-64 a fused multiply-add may be absent, and `addingProduct` would then call a library
/// function for each lane; on arm64 it always is there.
@inline(__always)
func sum<V: SIMD>(_ a: V, _ b: V, times c: V) -> V where V.Scalar == Float {
  #if arch(arm64)
    a.addingProduct(b, c)
  #else
    a + b * c
  #endif
}

/// `values` from `floor` to `ceiling`.
///
/// A mask, because `clamped` and `pointwiseMax` compile to a loop over the lanes.
@inline(__always)
func clamp<V: SIMD>(_ values: V, _ floor: Float, _ ceiling: Float) -> V where V.Scalar == Float {
  let floored = values.replacing(with: floor, where: values .< floor)
  return floored.replacing(with: ceiling, where: floored .> ceiling)
}
