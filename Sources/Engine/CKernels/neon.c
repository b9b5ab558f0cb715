#include "CKernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>

#define PRODUCT CKProductNEON
#define DEPTHWISE_ROW CKDepthwiseRowNEON
#define PEAK CKPeakNEON
#define MASK CKMaskNEON
// Eight rows of two registers take 16 sums, of 32 registers.
#define MOST_ROWS 8
#define GROUPS 1
#define MOST_PLACES 7
// Enough to hide the latency of a multiply-add.
#define PEAK_SUMS 24
// An operand of an assembler statement that is read and written in a register.
#define PIN(v) "+w"(v)
#define LANES 4

typedef float32x4_t vector;
typedef ptrdiff_t part;

#define INLINE static inline __attribute__((always_inline))
INLINE part first(ptrdiff_t lanes) { return lanes; }
INLINE vector load(const float *p) { return vld1q_f32(p); }
INLINE vector loadPart(const float *p, part used) {
  float lanes[4] = {0};
  for (part i = 0; i < used; i++) lanes[i] = p[i];
  return vld1q_f32(lanes);
}
INLINE void store(float *p, vector v) { vst1q_f32(p, v); }
INLINE void storePart(float *p, vector v, part used) {
  float lanes[4];
  vst1q_f32(lanes, v);
  for (part i = 0; i < used; i++) p[i] = lanes[i];
}
INLINE vector splat(float value) { return vdupq_n_f32(value); }
INLINE vector multiplyAdd(vector a, vector b, vector sum) { return vfmaq_f32(sum, a, b); }
INLINE vector within(vector v, float floor, float ceiling) {
  return vminq_f32(vmaxq_f32(v, vdupq_n_f32(floor)), vdupq_n_f32(ceiling));
}

#include "product.inc"
#include "depthwise.inc"
#include "peak.inc"
#include "mask.inc"

#endif
