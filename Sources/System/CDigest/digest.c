#include "CDigest.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

bool CDHasSHA256(void) {
  unsigned a, b, c, d;
  bool hasShuffles = __get_cpuid(1, &a, &b, &c, &d) && (c >> 9 & 1) && (c >> 19 & 1);
  return hasShuffles && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}

__attribute__((target("sha,ssse3,sse4.1"))) void CDAddBlocks(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  // The words of a block are big-endian.
  const __m128i swap = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
  // The instructions take (a, b, e, f) and (c, d, g, h), each with the last word in the lowest
  // lane.
  __m128i abcd = _mm_loadu_si128((const __m128i *)state);
  __m128i efgh = _mm_loadu_si128((const __m128i *)(state + 4));
  abcd = _mm_shuffle_epi32(abcd, 0xB1);
  efgh = _mm_shuffle_epi32(efgh, 0x1B);
  __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
  for (size_t block = 0; block < count; block++) {
    const __m128i *source = (const __m128i *)(blocks + 64 * block);
    const __m128i firstABEF = abef, firstCDGH = cdgh;
    __m128i words[4];
#pragma GCC unroll 16
    for (int group = 0; group < 16; group++) {
      __m128i *word = words + group % 4;
      if (group < 4) {
        *word = _mm_shuffle_epi8(_mm_loadu_si128(source + group), swap);
      } else {
        const __m128i before = words[(group + 3) % 4];
        const __m128i sum =
            _mm_add_epi32(_mm_sha256msg1_epu32(*word, words[(group + 1) % 4]),
                          _mm_alignr_epi8(before, words[(group + 2) % 4], 4));
        *word = _mm_sha256msg2_epu32(sum, before);
      }
      const __m128i added =
          _mm_add_epi32(*word, _mm_loadu_si128((const __m128i *)(constants + 4 * group)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0E));
    }
    abef = _mm_add_epi32(abef, firstABEF);
    cdgh = _mm_add_epi32(cdgh, firstCDGH);
  }
  abcd = _mm_shuffle_epi32(abef, 0x1B);
  efgh = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(abcd, efgh, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(efgh, abcd, 8));
}

#else

bool CDHasSHA256(void) { return false; }

void CDAddBlocks(uint32_t state[8], const uint8_t *blocks, size_t count,
                 const uint32_t constants[64]) {
  (void)state, (void)blocks, (void)count, (void)constants;
}

#endif
