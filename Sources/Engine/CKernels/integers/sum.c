#include "CKernels.h"

void CKSumRows(const CKRowSums *p) {
  for (ptrdiff_t row = 0; row < p->rows; row++) {
    int32_t sum = 0;
    for (ptrdiff_t segment = 0; segment < p->segments; segment++) {
      const uint8_t *values = p->input + row * p->inputStride + segment * p->segmentStride;
      for (ptrdiff_t k = 0; k < p->depth; k++) sum += values[k];
    }
    p->output[row] = sum * p->factor;
  }
}
