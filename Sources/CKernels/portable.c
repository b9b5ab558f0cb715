#include "CKernels.h"

#include <string.h>

// For any machine: registers of four floats, which compilers make of plain arithmetic on vectors.

#define PRODUCT CKProductPortable
#define DEPTHWISE_ROW CKDepthwiseRowPortable
#define PEAK CKPeakPortable
// The instructions that every x86-64 has multiply and add apart and overwrite what they read: of
// the 16 registers some have to be left for that.
#define MOST_ROWS 5
#define GROUPS 2
#define MOST_PLACES 3
// As many as hide the time that an addition takes to be ready.
#define PEAK_SUMS 12
#if defined(__x86_64__)
#define KEEP(v) __asm__("" : "+x"(v))
#elif defined(__aarch64__)
#define KEEP(v) __asm__("" : "+w"(v))
#else
#define KEEP(v)
#endif
#define LANES 4

typedef float vector __attribute__((vector_size(16)));
typedef int32_t mask __attribute__((vector_size(16)));
typedef ptrdiff_t part;

#define INLINE static inline __attribute__((always_inline))
INLINE part first(ptrdiff_t lanes) { return lanes; }
INLINE vector load(const float *p) {
  vector v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE vector loadPart(const float *p, part used) {
  vector v = {0};
  for (part i = 0; i < used; i++) v[i] = p[i];
  return v;
}
INLINE void store(float *p, vector v) { memcpy(p, &v, sizeof v); }
INLINE void storePart(float *p, vector v, part used) {
  for (part i = 0; i < used; i++) p[i] = v[i];
}
INLINE vector splat(float value) { return (vector){value, value, value, value}; }
INLINE vector multiplyAdd(vector a, vector b, vector sum) { return a * b + sum; }
INLINE vector chosen(mask where, vector yes, vector no) {
  return (vector)((where & (mask)yes) | (~where & (mask)no));
}
INLINE vector within(vector v, float floor, float ceiling) {
  const vector least = splat(floor), most = splat(ceiling);
  v = chosen(v > least, v, least);
  return chosen(v < most, v, most);
}

#include "product.inc"
#include "depthwise.inc"
#include "peak.inc"
