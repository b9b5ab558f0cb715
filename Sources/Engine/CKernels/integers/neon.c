#include "CKernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

#define INTEGER_PRODUCT CKIntegerProductNEON
#define INTEGER_SPAN CKIntegerSpanNEON
#define LANES 4
// Eight rows of two registers take 16 sums, of 32 registers.
#define MOST_ROWS 8
#define STEP 4
typedef uint8_t value;
typedef int32x4_t sums;
typedef int16x8_t words;
typedef uint8x16_t bytes;

#define INLINE static inline __attribute__((always_inline))
INLINE sums load(const void *p) { return vreinterpretq_s32_u8(vld1q_u8(p)); }
INLINE void store(int32_t *p, sums v) { vst1q_s32(p, v); }
INLINE sums splat(int32_t v) { return vdupq_n_s32(v); }
INLINE sums add(sums a, sums b) { return vaddq_s32(a, b); }
// SDOT multiplies signed bytes, so 128 is subtracted from the unsigned ones.
INLINE sums splatStep(const value *p) {
  int32_t step;
  memcpy(&step, p, sizeof step);
  return splat(step ^ (int32_t)0x80808080);
}
INLINE sums addProducts(sums sum, sums values, sums weights) {
  return vdotq_s32(sum, vreinterpretq_s8_s32(values), vreinterpretq_s8_s32(weights));
}
INLINE bytes loadBytes(const uint8_t *p) { return veorq_u8(vld1q_u8(p), vdupq_n_u8(0x80)); }
INLINE void storeBytes(uint8_t *p, bytes v) { vst1q_u8(p, v); }
INLINE bytes lowBytes(bytes a, bytes b) { return vzip1q_u8(a, b); }
INLINE bytes highBytes(bytes a, bytes b) { return vzip2q_u8(a, b); }
INLINE sums lowPairs(bytes a, bytes b) {
  return vreinterpretq_s32_u16(vzip1q_u16(vreinterpretq_u16_u8(a), vreinterpretq_u16_u8(b)));
}
INLINE sums highPairs(bytes a, bytes b) {
  return vreinterpretq_s32_u16(vzip2q_u16(vreinterpretq_u16_u8(a), vreinterpretq_u16_u8(b)));
}
INLINE sums oneByteOn(sums v) { return vshlq_n_s32(v, 8); }
INLINE bytes packBytes(words a, words b) { return vqmovun_high_s16(vqmovun_s16(a), b); }
INLINE words loadWords(const int16_t *p) { return vld1q_s16(p); }
INLINE words packWords(sums a, sums b) { return vqmovn_high_s32(vqmovn_s32(a), b); }
INLINE words withinBytes(words v, CKByteRange range) {
  const words moved = vqaddq_s16(v, vdupq_n_s16((int16_t)range.zero));
  return vminq_s16(moved, vdupq_n_s16((int16_t)range.ceiling));
}
INLINE void storeNarrow(uint8_t *p, words v) { vst1_u8(p, vqmovun_s16(v)); }
// SQRDMULH and SRSHL round as the reference kernels do for numbers that are not negative.
INLINE sums scaledRectified(sums sum, const int32_t *scaling) {
  const sums kept = vmaxq_s32(sum, vdupq_n_s32(0));
  const sums high = vqrdmulhq_s32(kept, load(scaling + LANES));
  return vrshlq_s32(high, vnegq_s32(load(scaling + 2 * LANES)));
}

#include "scaling.inc"
#include "product.inc"
#include "depthwise-bytes.inc"

#pragma clang attribute pop
#endif
