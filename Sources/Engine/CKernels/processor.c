#include "CKernels.h"

#if defined(__x86_64__)
bool CKHasAVX2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool CKHasAVX512(void) { return __builtin_cpu_supports("avx512f"); }
#endif
