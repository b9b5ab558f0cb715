// One level of Strassen's product, in Winograd's form (seven products of halves in place of eight),
// beside the plain one, both with the engine's kernel, on the widest pointwise layers.
//
//     clang -O2 -mavx512f -I Sources/Engine/CKernels/include Tests/Benchmarks/strassen.c \
//       Sources/Engine/CKernels/avx512.c -lm -o /tmp/strassen && /tmp/strassen
//
// Prints the shortest time of each on one thread, and the largest error of either as a part of the
// largest output, against sums of doubles.

#include "CKernels.h"

#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 32 };

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static float *floats(long count) {
  const size_t bytes = ((size_t)count * sizeof(float) + 63) / 64 * 64;
  float *memory = aligned_alloc(64, bytes);
  memset(memory, 0, bytes);
  return memory;
}

static float chance(void) {
  static unsigned state = 1;
  state = state * 1664525u + 1013904223u;
  return (float)(state >> 8) / 8388608.0f - 1;
}

// Panels of a matrix with a row for each output; no biases where there are none.
static float *packed(const float *weights, const float *biases, int outputs, int depth) {
  float *panels = floats((long)outputs * (depth + 1)), *line = panels;
  for (int first = 0; first < outputs; first += COLUMNS) {
    for (int c = 0; c < COLUMNS; c++) line[c] = biases ? biases[first + c] : 0;
    line += COLUMNS;
    for (int k = 0; k < depth; k++, line += COLUMNS)
      for (int c = 0; c < COLUMNS; c++) line[c] = weights[(long)(first + c) * depth + k];
  }
  return panels;
}

static void product(const float *input, long stride, int rows, int depth, const float *panels,
                    int outputs, float *output, float floor) {
  for (int first = 0; first < outputs; first += COLUMNS) {
    const CKProduct part = {
      .input = input, .inputStride = stride, .rows = rows, .segments = 1, .depth = depth,
      .panel = panels + (long)first * (depth + 1), .output = output + first,
      .outputStride = outputs, .columns = COLUMNS, .floor = floor, .ceiling = INFINITY};
    CKProductAVX512(&part);
  }
}

// What the products read: the sums of the quarters of the input.
static void before(const float *input, int rows, int depth, float *const sums[4]) {
  for (int r = 0; r < rows; r++) {
    const float *upper = input + (long)r * 2 * depth, *lower = upper + (long)rows * 2 * depth;
    for (int k = 0; k < depth; k += 16) {
      const __m512 a11 = _mm512_loadu_ps(upper + k), a12 = _mm512_loadu_ps(upper + depth + k);
      const __m512 a21 = _mm512_loadu_ps(lower + k), a22 = _mm512_loadu_ps(lower + depth + k);
      const __m512 first = _mm512_add_ps(a21, a22), second = _mm512_sub_ps(first, a11);
      const long place = (long)r * depth + k;
      _mm512_storeu_ps(sums[0] + place, first);
      _mm512_storeu_ps(sums[1] + place, second);
      _mm512_storeu_ps(sums[2] + place, _mm512_sub_ps(a11, a21));
      _mm512_storeu_ps(sums[3] + place, _mm512_sub_ps(a12, second));
    }
  }
}

static void finish(float *output, __m512 sum, const float *biases) {
  const __m512 value = _mm512_add_ps(sum, _mm512_loadu_ps(biases));
  _mm512_storeu_ps(output, _mm512_max_ps(_mm512_setzero_ps(), value));
}

// The quarters of the output, with bias and ReLU.
static void after(float *const products[7], const float *biases, int rows, int outputs,
                  float *output) {
  for (int r = 0; r < rows; r++) {
    float *upper = output + (long)r * 2 * outputs, *lower = upper + (long)rows * 2 * outputs;
    for (int c = 0; c < outputs; c += 16) {
      __m512 p[7];
      for (int i = 0; i < 7; i++) p[i] = _mm512_loadu_ps(products[i] + (long)r * outputs + c);
      const __m512 second = _mm512_add_ps(p[0], p[5]), third = _mm512_add_ps(second, p[6]);
      const __m512 fourth = _mm512_add_ps(second, p[4]);
      finish(upper + c, _mm512_add_ps(p[0], p[1]), biases + c);
      finish(upper + outputs + c, _mm512_add_ps(fourth, p[2]), biases + outputs + c);
      finish(lower + c, _mm512_sub_ps(third, p[3]), biases + c);
      finish(lower + outputs + c, _mm512_add_ps(third, p[4]), biases + outputs + c);
    }
  }
}

// The seven matrices that take the place of the four quarters of the weights.
static void packQuarters(const float *weights, int outputs, int depth, float *panels[7]) {
  float *made = floats((long)outputs * depth);
  for (int i = 0; i < 7; i++) {
    for (int o = 0; o < outputs; o++) {
      const float *left = weights + (long)o * 2 * depth, *right = left + (long)outputs * 2 * depth;
      for (int k = 0; k < depth; k++) {
        const float b11 = left[k], b12 = right[k], b21 = left[depth + k], b22 = right[depth + k];
        const float difference = b12 - b11;
        const float matrices[7] = {
          b11, b21, b22, b22 - difference - b21, difference, b22 - difference, b22 - b12};
        made[(long)o * depth + k] = matrices[i];
      }
    }
    panels[i] = packed(made, NULL, outputs, depth);
  }
  free(made);
}

static void compare(int rows, int depth, int outputs) {
  float *input = floats((long)rows * depth), *weights = floats((long)outputs * depth);
  float *biases = floats(outputs), *plain = floats((long)rows * outputs);
  float *found = floats((long)rows * outputs);
  for (long i = 0; i < (long)rows * depth; i++) input[i] = fmaxf(0, chance());
  for (long i = 0; i < (long)outputs * depth; i++)
    weights[i] = chance() * sqrtf(6.0f / (float)depth);
  for (int i = 0; i < outputs; i++) biases[i] = chance() / 10;
  const int half[3] = {rows / 2, depth / 2, outputs / 2};
  float *panels = packed(weights, biases, outputs, depth), *quarters[7], *products[7], *sums[4];
  packQuarters(weights, half[2], half[1], quarters);
  for (int i = 0; i < 7; i++) products[i] = floats((long)half[0] * half[2]);
  for (int i = 0; i < 4; i++) sums[i] = floats((long)half[0] * half[1]);
  const float *lower = input + (long)half[0] * depth;
  // Of the input itself, or of its sums.
  const float *read[7] = {
    input, input + half[1], sums[3], lower + half[1], sums[0], sums[1], sums[2]};
  double shortest[2] = {INFINITY, INFINITY};
  for (int round = 0; round < 2000; round++) {
    double start = milliseconds();
    product(input, depth, rows, depth, panels, outputs, plain, 0);
    shortest[0] = fmin(shortest[0], milliseconds() - start);
    start = milliseconds();
    before(input, half[0], half[1], sums);
    for (int i = 0; i < 7; i++) {
      const long stride = i < 2 || i == 3 ? depth : half[1];
      product(read[i], stride, half[0], half[1], quarters[i], half[2], products[i], -INFINITY);
    }
    after(products, biases, half[0], half[2], found);
    shortest[1] = fmin(shortest[1], milliseconds() - start);
  }
  double largest = 0, errors[2] = {0, 0};
  for (int r = 0; r < rows; r += 7) {
    for (int o = 0; o < outputs; o += 3) {
      double exact = biases[o];
      for (int k = 0; k < depth; k++)
        exact += (double)input[(long)r * depth + k] * weights[(long)o * depth + k];
      exact = fmax(0, exact);
      largest = fmax(largest, exact);
      errors[0] = fmax(errors[0], fabs(plain[(long)r * outputs + o] - exact));
      errors[1] = fmax(errors[1], fabs(found[(long)r * outputs + o] - exact));
    }
  }
  printf("%4d places, %4d to %4d channels: plain %.3f ms, Strassen %.3f ms (%.2f); "
         "errors %.1e, %.1e\n", rows, depth, outputs, shortest[0], shortest[1],
         shortest[1] / shortest[0], errors[0] / largest, errors[1] / largest);
}

int main(void) {
  compare(14 * 14, 512, 512);
  compare(14 * 14, 256, 512);
  compare(28 * 28, 256, 256);
  compare(56 * 56, 128, 128);
  // Of the 49 places, what can be halved.
  compare(48, 1024, 1024);
}
