#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define PRODUCT CKProductAVX2
#define DEPTHWISE_ROW CKDepthwiseRowAVX2
#define PEAK CKPeakAVX2
#define MASK CKMaskAVX2
// Six rows of two registers take 12 sums, of 16 registers.
#define MOST_ROWS 6
// A cache line holds two groups: both are computed while the line is in the cache, for four places
// at a time, which takes 15 of the 16 registers.
#define GROUPS 2
#define MOST_PLACES 4
// Enough to hide the latency of a multiply-add.
#define PEAK_SUMS 12
// An operand of an assembler statement that is read and written in a register.
#define PIN(v) "+x"(v)
#define LANES 8

typedef __m256 vector;
typedef __m256i part;

#define INLINE static inline __attribute__((always_inline))
INLINE part first(ptrdiff_t lanes) {
  const __m256i order = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)lanes), order);
}
INLINE vector load(const float *p) { return _mm256_loadu_ps(p); }
INLINE vector loadPart(const float *p, part used) { return _mm256_maskload_ps(p, used); }
INLINE void store(float *p, vector v) { _mm256_storeu_ps(p, v); }
INLINE void storePart(float *p, vector v, part used) { _mm256_maskstore_ps(p, used, v); }
INLINE vector splat(float value) { return _mm256_set1_ps(value); }
INLINE vector multiplyAdd(vector a, vector b, vector sum) { return _mm256_fmadd_ps(a, b, sum); }
INLINE vector within(vector v, float floor, float ceiling) {
  // MIN and MAX return their second operand if either is NaN, so a NaN in `v` stays.
  return _mm256_min_ps(_mm256_set1_ps(ceiling), _mm256_max_ps(_mm256_set1_ps(floor), v));
}

#include "product.inc"
#include "depthwise.inc"
#include "peak.inc"
#include "mask.inc"

#pragma clang attribute pop
#endif
