#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))),         \
                             apply_to = function)

#define INTEGER_PRODUCT CKIntegerProductAVX512VNNI
#define INTEGER_SPAN CKIntegerSpanAVX512VNNI
#define LANES 16
// 14 rows of two registers take 28 sums; with two registers of weights and one of input these fit
// into 32.
#define MOST_ROWS 14
#define STEP 4
typedef uint8_t value;
typedef __m512i sums;
typedef __m512i words;
typedef __m512i bytes;

#define INLINE static inline __attribute__((always_inline))
INLINE sums load(const void *p) { return _mm512_loadu_si512(p); }
INLINE void store(int32_t *p, sums v) { _mm512_storeu_si512(p, v); }
INLINE sums splat(int32_t v) { return _mm512_set1_epi32(v); }
INLINE sums add(sums a, sums b) { return _mm512_add_epi32(a, b); }
INLINE sums splatStep(const value *p) {
  int32_t step;
  memcpy(&step, p, sizeof step);
  return splat(step);
}
INLINE sums addProducts(sums sum, sums values, sums weights) {
  return _mm512_dpbusd_epi32(sum, values, weights);
}
INLINE bytes loadBytes(const uint8_t *p) { return _mm512_loadu_si512(p); }
INLINE void storeBytes(uint8_t *p, bytes v) { _mm512_storeu_si512(p, v); }
INLINE bytes lowBytes(bytes a, bytes b) { return _mm512_unpacklo_epi8(a, b); }
INLINE bytes highBytes(bytes a, bytes b) { return _mm512_unpackhi_epi8(a, b); }
INLINE sums lowPairs(bytes a, bytes b) { return _mm512_unpacklo_epi16(a, b); }
INLINE sums highPairs(bytes a, bytes b) { return _mm512_unpackhi_epi16(a, b); }
INLINE sums oneByteOn(sums v) { return _mm512_slli_epi32(v, 8); }
INLINE bytes packBytes(words a, words b) { return _mm512_packus_epi16(a, b); }
INLINE words loadWords(const int16_t *p) { return _mm512_loadu_si512(p); }
INLINE words packWords(sums a, sums b) { return _mm512_packs_epi32(a, b); }
INLINE words withinBytes(words v, CKByteRange range) {
  const words moved = _mm512_adds_epi16(v, _mm512_set1_epi16((int16_t)range.zero));
  return _mm512_min_epi16(moved, _mm512_set1_epi16((int16_t)range.ceiling));
}
INLINE void storeNarrow(uint8_t *p, words v) {
  _mm256_storeu_si256((__m256i *)p, _mm512_cvtusepi16_epi8(v));
}
INLINE sums scaledRectified(sums sum, const int32_t *scaling) {
  const sums kept = _mm512_max_epi32(sum, _mm512_setzero_si512());
  const sums factor = load(scaling + LANES);
  const sums even = _mm512_mul_epu32(kept, factor);
  const sums odd = _mm512_mul_epu32(_mm512_srli_epi64(kept, 32), _mm512_srli_epi64(factor, 32));
  const sums evenShifted = _mm512_srlv_epi64(
    _mm512_add_epi64(even, load(scaling + 3 * LANES)), load(scaling + 5 * LANES));
  const sums oddShifted = _mm512_srlv_epi64(
    _mm512_add_epi64(odd, load(scaling + 4 * LANES)), load(scaling + 6 * LANES));
  return _mm512_mask_mov_epi32(evenShifted, 0xAAAA, oddShifted);
}

#include "scaling.inc"
#include "product.inc"
#include "depthwise-bytes.inc"

#pragma clang attribute pop
#endif
