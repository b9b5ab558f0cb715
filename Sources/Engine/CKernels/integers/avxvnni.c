#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,avxvnni"))), apply_to = function)

#define INTEGER_PRODUCT CKIntegerProductAVXVNNI
#define INTEGER_SPAN CKIntegerSpanAVXVNNI
#define STEP 4
typedef uint8_t value;

#include "registers256.inc"

INLINE sums splatStep(const value *p) {
  int32_t step;
  memcpy(&step, p, sizeof step);
  return splat(step);
}
INLINE sums addProducts(sums sum, sums values, sums weights) {
  return _mm256_dpbusd_avx_epi32(sum, values, weights);
}
INLINE bytes loadBytes(const uint8_t *p) { return _mm256_loadu_si256((const bytes *)p); }
INLINE void storeBytes(uint8_t *p, bytes v) { _mm256_storeu_si256((bytes *)p, v); }
INLINE bytes lowBytes(bytes a, bytes b) { return _mm256_unpacklo_epi8(a, b); }
INLINE bytes highBytes(bytes a, bytes b) { return _mm256_unpackhi_epi8(a, b); }
INLINE sums lowPairs(bytes a, bytes b) { return _mm256_unpacklo_epi16(a, b); }
INLINE sums highPairs(bytes a, bytes b) { return _mm256_unpackhi_epi16(a, b); }
INLINE sums oneByteOn(sums v) { return _mm256_slli_epi32(v, 8); }
INLINE bytes packBytes(words a, words b) { return _mm256_packus_epi16(a, b); }

#include "scaling.inc"
#include "product.inc"
#include "depthwise-bytes.inc"

#pragma clang attribute pop
#endif
