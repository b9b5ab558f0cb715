#include "CKernels.h"

#include <math.h>
#include <string.h>

// Some rows of an output, and the arrays of the channels' summaries.
typedef struct {
  const float *values;
  ptrdiff_t row, rows, width, channels;
  float *maxima;
  int32_t *places;
  double *sums, *squares;
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

// The number of channels of a row that are read together.
#define BLOCK 128

// Goes row by row, in the order of memory: one cache line of channels at a time, and the remaining
// channels one by one.
static inline __attribute__((always_inline)) void summarize(const Summary *summary) {
  for (ptrdiff_t first = 0; first < summary->channels; first += BLOCK) {
    const ptrdiff_t left = summary->channels - first, end = first + (left < BLOCK ? left : BLOCK);
    for (ptrdiff_t row = 0; row < summary->rows; row++) {
      ptrdiff_t channel = first;
      for (; channel + 16 <= end; channel += 16) summarizeSixteen(summary, row, channel);
      for (; channel < end; channel++) summarizeOne(summary, row, channel);
    }
  }
}

// Added to a number below 2⁵¹, this leaves the nearest integer, ties to even, in the lowest bits.
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
#define COMPILED_FOR(name, features)                                                               \
  __attribute__((target(features))) static void summarize##name(const Summary *summary) {          \
    summarize(summary);                                                                            \
  }                                                                                                \
  __attribute__((target(features))) static void addFixedPoint##name(                               \
      const float *values, int64_t *whole, int64_t *rest, ptrdiff_t count) {                       \
    addFixedPoint(values, whole, rest, count);                                                     \
  }                                                                                                \
  __attribute__((target(features))) static void addUnits##name(                                    \
      const float *values, double unit, int64_t *sums, ptrdiff_t count) {                          \
    addUnits(values, unit, sums, count);                                                           \
  }
COMPILED_FOR(AVX2, "avx2")
COMPILED_FOR(AVX512, "avx512f")
#define CALL(function, ...)                                                                        \
  if (CKHasAVX512()) return function##AVX512(__VA_ARGS__);                                         \
  if (CKHasAVX2()) return function##AVX2(__VA_ARGS__);                                             \
  function(__VA_ARGS__)
#else
#define CALL(function, ...) function(__VA_ARGS__)
#endif

void CKSummarize(const float *values, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t width,
                 ptrdiff_t channels, ptrdiff_t first, float *maxima, int32_t *places, double *sums,
                 double *squares, int32_t *zeros) {
  const Summary summary = {values + row * width * channels, row, rows, width, channels,
                           maxima + first, places + first, sums + first, squares + first,
                           zeros + first};
  CALL(summarize, &summary);
}

void CKAddFixedPoint(const float *values, int64_t *whole, int64_t *rest, ptrdiff_t count) {
  CALL(addFixedPoint, values, whole, rest, count);
}

void CKAddUnits(const float *values, double unit, int64_t *sums, ptrdiff_t first,
                ptrdiff_t count) {
  CALL(addUnits, values, unit, sums + first, count);
}

// The number of rows to prefetch ahead, because every row lies in a page of its own.
#define AHEAD 32

void CKCount(const int32_t *places, ptrdiff_t count, ptrdiff_t width, uint32_t *rows) {
  for (ptrdiff_t row = 0; row < count; row++) {
    const ptrdiff_t later = row + AHEAD < count ? row + AHEAD : row;
    __builtin_prefetch(rows + later * width + places[later], 1, 3);
    rows[row * width + places[row]]++;
  }
}
