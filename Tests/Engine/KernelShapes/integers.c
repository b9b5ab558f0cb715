// Every integer kernel of the processor that this is compiled for, against sums written down as the
// formulas have them.

#include "CKernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *name;
  int lanes, step, registers, isBytes, inputOffset;
  void (*product)(const CKIntegerProduct *);
  void (*span)(const CKIntegerSpan *);
} Kernels;

static uint32_t state = 1;
static int between(int low, int high) {
  state = state * 1664525 + 1013904223;
  return low + (int)((uint64_t)(state >> 8) * (uint64_t)(high - low + 1) >> 24);
}

static int byteOf(int64_t sum, int32_t factor, int shift, CKByteRange range) {
  const int32_t moved = shift < 0 ? (int32_t)((uint32_t)sum << -shift) : (int32_t)sum;
  const int64_t high = ((int64_t)moved * factor + (1 << 30)) >> 31;
  const int64_t magnitude = high < 0 ? -high : high;
  const int64_t rounded = shift > 0 ? (magnitude + ((int64_t)1 << (shift - 1))) >> shift : magnitude;
  const int64_t byte = (high < 0 ? -rounded : rounded) + range.zero;
  return (int)(byte < range.floor ? range.floor : byte > range.ceiling ? range.ceiling : byte);
}

/// Writes what becomes of `channels` sums, as IntegerScaling.swift has it.
static void packScaling(int32_t *scaling, const Kernels *k, int registers, int channels,
                        const int32_t *biases, const int32_t *factors, const int *shifts) {
  const int size = k->lanes * registers, blocks = (channels + size - 1) / size;
  memset(scaling, 0, (size_t)(blocks * 7 * size) * 4);
  for (int place = 0; place < blocks * size; place++) {
    const int index = place % size, q = index / 4 % registers;
    const int lane = index / (4 * registers) * 4 + index % 4;
    int32_t *own = scaling + place / size * 7 * size + q * 7 * k->lanes;
    const int has = place < channels, right = has && shifts[place] > 0 ? shifts[place] : 1;
    own[lane] = has ? biases[place] : 0;
    own[k->lanes + lane] = has ? factors[place] : 0;
    own[2 * k->lanes + lane] = has ? shifts[place] : 0;
    uint64_t *wide = (uint64_t *)(own + 3 * k->lanes);
    wide[lane % 2 * k->lanes / 2 + lane / 2] = (1ull << 30) + (1ull << (30 + right));
    wide[k->lanes + lane % 2 * k->lanes / 2 + lane / 2] =
      (uint64_t)(lane % 2 ? right - 1 : 31 + right);
  }
}

enum { MOST = 400, SIZE = 1 << 20 };
static int32_t biases[MOST], factors[MOST];
static int shifts[MOST], weights[MOST * MOST];
static _Alignas(64) uint8_t bytes[SIZE], packed[SIZE], made[SIZE], second[SIZE];
static _Alignas(64) int16_t words[SIZE];
static _Alignas(64) int32_t scaling[SIZE];

static CKByteRange prepare(int channels, int isRectified) {
  for (int c = 0; c < channels; c++) {
    biases[c] = between(-3000, 3000);
    factors[c] = between(1 << 30, 0x7FFFFFFF);
    shifts[c] = isRectified ? between(1, 14) : between(-2, 14);
  }
  for (int i = 0; i < SIZE; i++) words[i] = bytes[i] = (uint8_t)between(0, 255);
  const int zero = between(0, 200);
  return (CKByteRange){.zero = zero, .floor = isRectified ? zero : between(0, zero),
                       .ceiling = between(201, 255), .isRectified = isRectified};
}

static int testProduct(const Kernels *k) {
  const int columns = between(1, 2 * k->lanes), rows = between(1, 40), depth = between(1, 90);
  const CKByteRange range = prepare(columns, between(0, 1));
  const int steps = (depth + k->step - 1) / k->step;
  memset(packed, 0, (size_t)(steps * k->step * 2 * k->lanes) * 2);
  int32_t starts[64] = {0};
  for (int c = 0; c < columns; c++) {
    const int place = c / 4 % 2 * k->lanes + c / 8 * 4 + c % 4;
    starts[c] = biases[c];
    for (int d = 0; d < depth; d++) {
      const int weight = between(k->isBytes ? -128 : -255, k->isBytes ? 127 : 255);
      const int index = (d / k->step * 2 * k->lanes + place) * k->step + d % k->step;
      weights[c * depth + d] = weight;
      starts[c] += k->inputOffset * weight;
      if (k->isBytes) packed[index] = (uint8_t)weight;
      else ((int16_t *)packed)[index] = (int16_t)weight;
    }
  }
  packScaling(scaling, k, 2, columns, starts, factors, shifts);
  int32_t offsets[40];
  for (int r = 0; r < rows; r++) offsets[r] = between(-500, 500);
  const CKIntegerProduct product = {
    .input = k->isBytes ? (const void *)bytes : words, .inputStride = depth, .rows = rows,
    .segments = 1, .segmentStride = 0, .steps = steps, .panel = packed, .scaling = scaling,
    .offsets = offsets, .output = made, .outputStride = columns + 3, .columns = columns,
    .range = range};
  memset(made, 77, SIZE);
  k->product(&product);
  for (int r = 0; r < rows; r++) {
    for (int c = 0; c < columns; c++) {
      int64_t sum = biases[c] + offsets[r];
      for (int d = 0; d < depth; d++) sum += bytes[r * depth + d] * weights[c * depth + d];
      if (made[r * (columns + 3) + c] != byteOf(sum, factors[c], shifts[c], range)) return 1;
    }
    for (int c = columns; c < columns + 3; c++)
      if (made[r * (columns + 3) + c] != 77) return 1;
  }
  return 0;
}

static int testSpan(const Kernels *k) {
  const int channels = between(1, 150), isPair = between(0, 1);
  const CKByteRange range = prepare(channels, between(0, 1));
  const int size = k->lanes * k->registers, blocks = (channels + size - 1) / size;
  memset(packed, 0, (size_t)(blocks * 3 * size * 16));
  int32_t starts[MOST];
  for (int c = 0; c < channels; c++) {
    starts[c] = biases[c];
    for (int tap = 0; tap < 9; tap++) {
      weights[c * 9 + tap] = between(k->isBytes ? -128 : -255, k->isBytes ? 127 : 255);
      starts[c] += k->inputOffset * weights[c * 9 + tap];
    }
    const int index = c % size, q = index / 4 % k->registers;
    const int lane = index / (4 * k->registers) * 4 + index % 4;
    for (int x = 0; x < 3; x++) {
      const int w0 = weights[c * 9 + x], w1 = weights[c * 9 + 3 + x], w2 = weights[c * 9 + 6 + x];
      if (k->isBytes) {
        uint8_t *p = packed + c / size * 12 * size + 4 * ((x * k->registers + q) * k->lanes + lane);
        p[0] = (uint8_t)w0, p[1] = (uint8_t)w1, p[2] = (uint8_t)w2;
      } else {
        const int pairs[4][2] = {{w0, w1}, {w2, 0}, {0, w0}, {w1, w2}};
        for (int i = 0; i < 4; i++) {
          int16_t *p = (int16_t *)(packed + c / size * 48 * size) +
                       2 * (((x * k->registers + q) * 4 + i) * k->lanes + lane);
          p[0] = (int16_t)pairs[i][0], p[1] = (int16_t)pairs[i][1];
        }
      }
    }
  }
  packScaling(scaling, k, k->registers, channels, starts, factors, shifts);
  CKIntegerSpan span = {
    .channels = channels, .count = channels, .weights = packed, .scaling = scaling,
    .blocks = blocks, .terms = 1, .bytes = {made, second}, .words = {NULL, NULL},
    .isPair = isPair, .range = range};
  for (int row = 0; row < 4; row++)
    span.rows[row] = k->isBytes ? (const void *)(bytes + row * 5000) : words + row * 5000;
  memset(made, 77, SIZE);
  k->span(&span);
  for (int output = 0; output <= isPair; output++) {
    const uint8_t *result = output ? second : made;
    for (int c = 0; c < channels; c++) {
      int64_t sum = biases[c];
      for (int tap = 0; tap < 9; tap++)
        sum += bytes[(output + tap / 3) * 5000 + tap % 3 * channels + c] * weights[c * 9 + tap];
      if (result[c] != byteOf(sum, factors[c], shifts[c], range)) return 1;
    }
  }
  return made[channels] != 77;
}

static int test(const Kernels *k) {
  int wrong = 0;
  for (int i = 0; i < 300; i++) wrong += testProduct(k) + testSpan(k);
  printf("%s: %d of 600 layers differ\n", k->name, wrong);
  return wrong > 0;
}

int main(void) {
  int failed = 0;
#if defined(__x86_64__)
  const Kernels avx2 = {"AVX2", 8, 2, 2, 0, 0, CKIntegerProductAVX2, CKIntegerSpanAVX2};
  const Kernels vnni = {"AVX-VNNI", 8, 4, 4, 1, 0, CKIntegerProductAVXVNNI, CKIntegerSpanAVXVNNI};
  const Kernels wide = {
    "AVX-512 VNNI", 16, 4, 4, 1, 0, CKIntegerProductAVX512VNNI, CKIntegerSpanAVX512VNNI};
  if (CKHasAVX2()) failed |= test(&avx2);
  if (CKHasAVX512VNNI()) failed |= test(&wide);
#if defined(EVEX)
  // Compiled for the same instruction of AVX-512 with registers of 256 bits.
  if (CKHasAVX512VNNI()) failed |= test(&vnni);
#else
  if (CKHasAVXVNNI()) failed |= test(&vnni);
#endif
#else
  const Kernels neon = {"NEON", 4, 4, 4, 1, 128, CKIntegerProductNEON, CKIntegerSpanNEON};
  if (CKHasDotProduct()) failed |= test(&neon);
#endif
  return failed;
}
