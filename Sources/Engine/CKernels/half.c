#include "CKernels.h"

#include <string.h>

// Converts IEEE 754 binary16 to binary32; exact, as every half is a float.
static float floatOfHalf(uint16_t half) {
  const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
  const uint32_t magnitude = (uint32_t)(half & 0x7FFF) << 13;
  uint32_t bits;
  float value;
  if (magnitude >= 0x0F800000) {
    // Infinity or NaN.
    bits = sign | 0x70000000 | magnitude;
    memcpy(&value, &bits, sizeof value);
    return value;
  }
  // Read as a float, the exponent is 112 too small; the multiplication corrects that, for subnormal
  // numbers too.
  bits = sign | magnitude;
  memcpy(&value, &bits, sizeof value);
  return value * 0x1p112f;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("f16c"))) static size_t convertEights(const unsigned char *halves,
                                                            float *floats, size_t count) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m128i eight = _mm_loadu_si128((const __m128i *)(halves + 2 * i));
    _mm256_storeu_ps(floats + i, _mm256_cvtph_ps(eight));
  }
  return i;
}
#endif

void CKFloatsOfHalves(const void *halves, float *floats, size_t count) {
  const unsigned char *bytes = halves;
  size_t i = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("f16c")) i = convertEights(bytes, floats, count);
#endif
  for (; i < count; i++)
    floats[i] = floatOfHalf((uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8));
}

// Rounds to the nearest half, ties to even; to infinity from 65,520 on, which would round past the
// largest half.
static uint16_t halfOfFloat(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  const uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
  bits &= 0x7FFFFFFF;
  if (bits > 0x7F800000) return sign | 0x7E00;
  if (bits >= 0x477FF000) return sign | 0x7C00;
  if (bits < 113u << 23) {
    // The smallest half is one unit in the last place of a float from 0.5 to 1, so adding 0.5
    // rounds to halves.
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    magnitude += 0.5f;
    memcpy(&bits, &magnitude, sizeof bits);
    return sign | (uint16_t)(bits - 0x3F000000);
  }
  bits += 0xFFF + (bits >> 13 & 1);
  return sign | (uint16_t)((bits >> 13) - (112 << 10));
}

#if defined(__x86_64__)
__attribute__((target("f16c"))) static size_t roundEights(const float *floats,
                                                          unsigned char *halves, size_t count) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m128i eight = _mm256_cvtps_ph(_mm256_loadu_ps(floats + i), _MM_FROUND_TO_NEAREST_INT);
    _mm_storeu_si128((__m128i *)(halves + 2 * i), eight);
  }
  return i;
}
#endif

void CKHalvesOfFloats(const float *floats, void *halves, size_t count) {
  unsigned char *bytes = halves;
  size_t i = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("f16c")) i = roundEights(floats, bytes, count);
#endif
  for (; i < count; i++) {
    const uint16_t half = halfOfFloat(floats[i]);
    bytes[2 * i] = (unsigned char)half;
    bytes[2 * i + 1] = (unsigned char)(half >> 8);
  }
}
