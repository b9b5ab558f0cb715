#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>

bool CKHasAVX2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool CKHasAVX512(void) { return __builtin_cpu_supports("avx512f"); }

bool CKHasAVX512VNNI(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
}

bool CKHasAVXVNNI(void) {
  // The compiler has no name for AVX-VNNI: bit 4 of EAX of leaf 7, subleaf 1. CKHasAVX2 checks that
  // the system saves the registers.
  unsigned a, b, c, d;
  return CKHasAVX2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#elif defined(__aarch64__)
#if defined(__APPLE__)
// Every Mac with an M1 or later has the dot product.
bool CKHasDotProduct(void) { return true; }
#else
#include <sys/auxv.h>

bool CKHasDotProduct(void) {
  // HWCAP_ASIMDDP
  return getauxval(AT_HWCAP) >> 20 & 1;
}
#endif
#endif
