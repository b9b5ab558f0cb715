// Products of floats on the tiles of AMX, beside the engine's kernel, on pointwise layers.
//
// Each float is the sum of three bfloat16, to the last bit. Of the nine products of their parts the six
// largest are added up, in single precision; the other three are below what a float can hold.
//
//     clang -O2 -mavx512f -I Sources/Engine/CKernels/include Tests/Benchmarks/tiles.c \
//       Sources/Engine/CKernels/avx512.c -lm -o /tmp/tiles && /tmp/tiles
//
// Prints the shortest time of each on one thread, and the largest error of either as a part of the
// largest output, against sums of doubles. Needs Linux and a processor with AMX.

#define _GNU_SOURCE
#include "CKernels.h"

#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bf16,amx-tile,amx-bf16"))), apply_to = function)

enum { COLUMNS = 32, PARTS = 3, STEP = 32, TILE = 16 * STEP };

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void *memory(long bytes) {
  const size_t whole = ((size_t)bytes + 63) / 64 * 64;
  void *made = aligned_alloc(64, whole);
  if (!made) exit(1);
  memset(made, 0, whole);
  return made;
}

static float chance(void) {
  static unsigned state = 1;
  state = state * 1664525u + 1013904223u;
  return (float)(state >> 8) / 8388608.0f - 1;
}

// The three parts of `count` floats, a multiple of 16.
static void split(const float *values, long count, uint16_t *const parts[PARTS]) {
  for (long i = 0; i < count; i += 16) {
    __m512 rest = _mm512_loadu_ps(values + i);
    for (int p = 0; p < PARTS; p++) {
      const __m256i part = (__m256i)_mm512_cvtneps_pbh(rest);
      _mm256_storeu_si256((__m256i *)(parts[p] + i), part);
      const __m512i bits = _mm512_slli_epi32(_mm512_cvtepu16_epi32(part), 16);
      rest = _mm512_sub_ps(rest, _mm512_castsi512_ps(bits));
    }
  }
}

// Weights as tiles read them: panels of 32 columns, for each 32 inputs three parts of two tiles, whose
// rows hold pairs of inputs.
static uint16_t *packed(const float *weights, int outputs, int depth) {
  uint16_t *tiles = memory(2L * PARTS * outputs * depth), *parts[PARTS];
  for (int p = 0; p < PARTS; p++) parts[p] = memory(2L * outputs * depth);
  split(weights, (long)outputs * depth, parts);
  for (int output = 0; output < outputs; output++) {
    for (int k = 0; k < depth; k++) {
      const long step = (long)(output / COLUMNS) * (depth / STEP) + k / STEP;
      const int half = output % COLUMNS / 16, place = k % STEP / 2 * STEP + output % 16 * 2 + k % 2;
      for (int p = 0; p < PARTS; p++)
        tiles[((step * PARTS + p) * 2 + half) * TILE + place] = parts[p][(long)output * depth + k];
    }
  }
  for (int p = 0; p < PARTS; p++) free(parts[p]);
  return tiles;
}

// Two tiles of rows times a panel: 0 to 3 are sums, 4 and 5 input, 6 and 7 weights.
static void configure(int upper, int lower) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
  } tiles = {.palette = 1};
  const int rows[8] = {upper, upper, lower, lower, upper, lower, 16, 16};
  for (int i = 0; i < 8; i++) {
    tiles.bytes[i] = 64;
    tiles.rows[i] = (uint8_t)rows[i];
  }
  _tile_loadconfig(&tiles);
}

#define INPUT(p)                                                                                   \
  _tile_loadd(4, input[p] + k, stride);                                                            \
  _tile_loadd(5, input[p] + (long)upper * depth + k, stride)
#define WEIGHTS(p)                                                                                 \
  _tile_loadd(6, tiles + 2 * (p) * TILE, 64);                                                      \
  _tile_loadd(7, tiles + (2 * (p) + 1) * TILE, 64)
#define ADD                                                                                        \
  _tile_dpbf16ps(0, 4, 6);                                                                         \
  _tile_dpbf16ps(1, 4, 7);                                                                         \
  _tile_dpbf16ps(2, 5, 6);                                                                         \
  _tile_dpbf16ps(3, 5, 7)

static void panel(const uint16_t *const input[PARTS], int depth, int upper, const uint16_t *tiles,
                  float *output, long outputStride) {
  const long stride = 2L * depth, line = 4 * outputStride;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (int k = 0; k < depth; k += STEP, tiles += 2 * PARTS * TILE) {
    INPUT(0); WEIGHTS(2); ADD;
    WEIGHTS(1); ADD;
    INPUT(1); ADD;
    WEIGHTS(0); ADD;
    INPUT(2); ADD;
    INPUT(0); ADD;
  }
  float *below = output + upper * outputStride;
  _tile_stored(0, output, line);
  _tile_stored(1, output + 16, line);
  _tile_stored(2, below, line);
  _tile_stored(3, below + 16, line);
}

static void onTiles(const uint16_t *const input[PARTS], int rows, int depth, const uint16_t *tiles,
                    int outputs, float *output) {
  const int pairs = (rows + 31) / 32;
  int configured = 0;
  for (int i = 0; i < pairs; i++) {
    const int first = rows * i / pairs, count = rows * (i + 1) / pairs - first, upper = (count + 1) / 2;
    if (configured != count) configure(upper, count - upper);
    configured = count;
    const uint16_t *const at[PARTS] = {
      input[0] + (long)first * depth, input[1] + (long)first * depth, input[2] + (long)first * depth};
    for (int column = 0; column < outputs; column += COLUMNS)
      panel(at, depth, upper, tiles + (long)column * depth * PARTS, output + (long)first * outputs + column,
            outputs);
  }
  _tile_release();
}

// The engine's panels, without biases.
static float *panels(const float *weights, int outputs, int depth) {
  float *made = memory(4L * outputs * (depth + 1)), *line = made;
  for (int first = 0; first < outputs; first += COLUMNS) {
    line += COLUMNS;
    for (int k = 0; k < depth; k++, line += COLUMNS)
      for (int c = 0; c < COLUMNS; c++) line[c] = weights[(long)(first + c) * depth + k];
  }
  return made;
}

static void plain(const float *input, int rows, int depth, const float *panels, int outputs,
                  float *output) {
  for (int first = 0; first < outputs; first += COLUMNS) {
    const CKProduct part = {
      .input = input, .inputStride = depth, .rows = rows, .segments = 1, .depth = depth,
      .panel = panels + (long)first * (depth + 1), .output = output + first,
      .outputStride = outputs, .columns = COLUMNS, .floor = -INFINITY, .ceiling = INFINITY};
    CKProductAVX512(&part);
  }
}

static void measure(int rows, int depth, int outputs) {
  float *input = memory(4L * rows * depth), *weights = memory(4L * outputs * depth);
  float *found[2] = {memory(4L * rows * outputs), memory(4L * rows * outputs)};
  uint16_t *parts[PARTS];
  for (int p = 0; p < PARTS; p++) parts[p] = memory(2L * rows * depth);
  // As after ReLU.
  for (long i = 0; i < (long)rows * depth; i++) input[i] = fmaxf(0, chance());
  for (long i = 0; i < (long)outputs * depth; i++) weights[i] = chance() / sqrtf((float)depth);
  uint16_t *tiles = packed(weights, outputs, depth);
  float *made = panels(weights, outputs, depth);
  double shortest[3] = {INFINITY, INFINITY, INFINITY};
  for (int turn = 0; turn < 300; turn++) {
    const double start = milliseconds();
    plain(input, rows, depth, made, outputs, found[0]);
    const double done = milliseconds();
    split(input, (long)rows * depth, parts);
    const double isSplit = milliseconds();
    onTiles((const uint16_t *const *)parts, rows, depth, tiles, outputs, found[1]);
    const double end = milliseconds();
    shortest[0] = fmin(shortest[0], done - start);
    shortest[1] = fmin(shortest[1], isSplit - done);
    shortest[2] = fmin(shortest[2], end - isSplit);
  }
  double error[2] = {0, 0}, largest = 0;
  for (int r = 0; r < rows; r++) {
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int k = 0; k < depth; k++)
        sum += (double)input[(long)r * depth + k] * weights[(long)o * depth + k];
      largest = fmax(largest, fabs(sum));
      for (int i = 0; i < 2; i++)
        error[i] = fmax(error[i], fabs(found[i][(long)r * outputs + o] - sum));
    }
  }
  printf("%5d × %4d × %4d: plain %.3f ms, split %.3f and tiles %.3f, %.2f; error plain %.1e, tiles %.1e\n",
         rows, depth, outputs, shortest[0], shortest[1], shortest[2],
         (shortest[1] + shortest[2]) / shortest[0], error[0] / largest, error[1] / largest);
  for (int p = 0; p < PARTS; p++) free(parts[p]);
  free(input);
  free(weights);
  free(found[0]);
  free(found[1]);
  free(tiles);
  free(made);
}

int main(void) {
  // Asks the system for the registers of tiles: ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA.
  if (syscall(SYS_arch_prctl, 0x1023, 18)) {
    puts("no AMX here");
    return 1;
  }
  measure(56 * 56, 128, 128);
  measure(28 * 28, 256, 256);
  measure(14 * 14, 256, 512);
  measure(14 * 14, 512, 512);
  measure(7 * 7, 1024, 1024);
  return 0;
}

#pragma clang attribute pop
