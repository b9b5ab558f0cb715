#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,prfchw"))), apply_to = function)

#define PRODUCT CKProductAVX512
#define DEPTHWISE_ROW CKDepthwiseRowAVX512
#define PEAK CKPeakAVX512
#define MASK CKMaskAVX512
// 14 rows of two registers take 28 sums; with two registers of weights and one of input these fit
// into 32. 14 divides the number of places of every layer at 224, except the smallest.
#define MOST_ROWS 14
#define GROUPS 1
#define MOST_PLACES 7
// Enough to hide the latency of a multiply-add.
#define PEAK_SUMS 16
// An operand of an assembler statement that is read and written in a register.
#define PIN(v) "+v"(v)
#define LANES 16

typedef __m512 vector;
typedef __mmask16 part;

#define INLINE static inline __attribute__((always_inline))
INLINE part first(ptrdiff_t lanes) { return (part)((1u << lanes) - 1); }
INLINE vector load(const float *p) { return _mm512_loadu_ps(p); }
INLINE vector loadPart(const float *p, part used) { return _mm512_maskz_loadu_ps(used, p); }
INLINE void store(float *p, vector v) { _mm512_storeu_ps(p, v); }
INLINE void storePart(float *p, vector v, part used) { _mm512_mask_storeu_ps(p, used, v); }
INLINE vector splat(float value) { return _mm512_set1_ps(value); }
INLINE vector multiplyAdd(vector a, vector b, vector sum) { return _mm512_fmadd_ps(a, b, sum); }
INLINE vector within(vector v, float floor, float ceiling) {
  // MIN and MAX return their second operand if either is NaN, so a NaN in `v` stays.
  return _mm512_min_ps(_mm512_set1_ps(ceiling), _mm512_max_ps(_mm512_set1_ps(floor), v));
}

#include "product.inc"
#include "depthwise.inc"
#include "peak.inc"
#include "mask.inc"

#pragma clang attribute pop
#endif
