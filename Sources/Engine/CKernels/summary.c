#include "CKernels.h"

#include <math.h>
#include <string.h>

// Where it is written what each channel of an output did, and the output.
typedef struct {
  const float *values;
  ptrdiff_t height, width, channels;
  float *maxima;
  int32_t *places;
  float *means, *squares;
  int32_t *zeros;
} Summary;

#define FLOATS Floats16
#define INTEGERS Integers16
#define DOUBLES Doubles16
#define LANES 16
#define NAME summarizeSixteen
#include "summary.inc"

#define FLOATS Floats1
#define INTEGERS Integers1
#define DOUBLES Doubles1
#define LANES 1
#define NAME summarizeOne
#include "summary.inc"

// A cache line of channels at a time, and what is left one by one.
static inline __attribute__((always_inline)) void summarize(const Summary *summary) {
  ptrdiff_t channel = 0;
  for (; channel + 16 <= summary->channels; channel += 16) summarizeSixteen(summary, channel);
  for (; channel < summary->channels; channel++) summarizeOne(summary, channel);
}

// Added to a number below 2⁵¹, it leaves the nearest whole number, ties to even, in the last bits.
static const double rounder = 0x1.8p52;

static inline __attribute__((always_inline)) int64_t wholeBits(double rounded) {
  int64_t bits, base;
  memcpy(&bits, &rounded, sizeof bits);
  memcpy(&base, &rounder, sizeof base);
  return bits - base;
}

static inline __attribute__((always_inline)) void addFixedPoint(
    const float *restrict values, int64_t *restrict whole, int64_t *restrict rest,
    ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const double value = values[i];
    const double nearest = (value + rounder) - rounder;
    const double floor = nearest - (nearest > value ? 1 : 0);
    whole[i] += wholeBits(floor + rounder);
    rest[i] += wholeBits((value - floor) * 0x1p40 + rounder);
  }
}

static inline __attribute__((always_inline)) void addUnits(
    const float *restrict values, double unit, int64_t *restrict sums, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += wholeBits(values[i] * unit + rounder);
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))
AVX2 static void summarizeAVX2(const Summary *summary) { summarize(summary); }
AVX2 static void addFixedPointAVX2(const float *values, int64_t *whole, int64_t *rest,
                                   ptrdiff_t count) {
  addFixedPoint(values, whole, rest, count);
}
AVX2 static void addUnitsAVX2(const float *values, double unit, int64_t *sums, ptrdiff_t count) {
  addUnits(values, unit, sums, count);
}
#define CALL(function, ...) \
  if (CKHasAVX2()) return function##AVX2(__VA_ARGS__); \
  function(__VA_ARGS__)
#else
#define CALL(function, ...) function(__VA_ARGS__)
#endif

void CKSummarize(const float *values, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels,
                 ptrdiff_t first, float *maxima, int32_t *places, float *means, float *squares,
                 int32_t *zeros) {
  const Summary summary = {values,         height,        width,           channels,     maxima + first,
                           places + first, means + first, squares + first, zeros + first};
  CALL(summarize, &summary);
}

void CKAddFixedPoint(const float *values, int64_t *whole, int64_t *rest, ptrdiff_t count) {
  CALL(addFixedPoint, values, whole, rest, count);
}

void CKAddUnits(const float *values, double unit, int64_t *sums, ptrdiff_t first,
                ptrdiff_t count) {
  CALL(addUnits, values, unit, sums + first, count);
}
