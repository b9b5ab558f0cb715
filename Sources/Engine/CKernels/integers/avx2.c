#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

#define INTEGER_PRODUCT CKIntegerProductAVX2
#define INTEGER_SPAN CKIntegerSpanAVX2
#define STEP 2
typedef int16_t value;

#include "registers256.inc"

INLINE sums splatStep(const value *p) {
  int32_t step;
  memcpy(&step, p, sizeof step);
  return splat(step);
}
// VPMADDWD: sums of products of 9-bit weights and 8-bit inputs are far below 32 bits.
INLINE sums addProducts(sums sum, sums values, sums weights) {
  sum = add(sum, _mm256_madd_epi16(values, weights));
  // Keeps the compiler from adding several products before it adds them to the sum, which would
  // leave no registers for the sums.
  __asm__("" : "+x"(sum));
  return sum;
}
INLINE sums lowWords(words a, words b) { return _mm256_unpacklo_epi16(a, b); }
INLINE sums highWords(words a, words b) { return _mm256_unpackhi_epi16(a, b); }

#include "scaling.inc"
#include "product.inc"
#include "depthwise-words.inc"

#pragma clang attribute pop
#endif
