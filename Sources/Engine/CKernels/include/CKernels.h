#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CIntegerKernels.h"

// The inner loops of the network for instruction sets that Swift code cannot select. Every function
// here needs a processor with its instruction set.

/// Memory to prefetch into the second-level cache during other work.
typedef struct {
  /// The first byte; any address, if there are no bytes.
  const void *_Nullable address;
  /// The number of bytes.
  ptrdiff_t bytes;
} CKMemory;

/// Some rows of a matrix product with one panel of weights, bias and activation included.
///
/// A 3×3 convolution is the sum of three such products: with stride s over C channels, row r of
/// output reads, in each of three rows of the image, 3·C neighbouring floats that begin s·C after
/// those of row r − 1.
typedef struct {
  /// The first input value of the first row.
  const float *_Nonnull input;
  /// The distance between rows of input, in floats.
  ptrdiff_t inputStride;
  /// The number of rows, at least 1.
  ptrdiff_t rows;
  /// The number of segments of an input row.
  ptrdiff_t segments;
  /// The distance between segments, in floats.
  ptrdiff_t segmentStride;
  /// The number of floats of a segment.
  ptrdiff_t depth;
  /// One bias per column, then for each input value one weight per column.
  const float *_Nonnull panel;
  /// The first output value.
  float *_Nonnull output;
  /// The distance between rows of output, in floats.
  ptrdiff_t outputStride;
  /// The number of columns to write, at most those of a panel.
  ptrdiff_t columns;
  /// The lower bound of output values.
  float floor;
  /// The upper bound of output values.
  float ceiling;
  /// The memory that the work after this product reads.
  CKMemory readNext;
  /// The memory that the work after this product writes.
  CKMemory writtenNext;
} CKProduct;

/// One row of output of a depthwise 3×3 layer, for some groups of channels.
typedef struct {
  /// The three rows of input at their first place and channel; rows of zeros outside of the input.
  const float *_Nonnull rows[3];
  /// The number of places of an input row.
  ptrdiff_t inputWidth;
  /// The number of channels of a place.
  ptrdiff_t channels;
  /// The stride, 1 or 2.
  ptrdiff_t stride;
  /// The number of columns of zeros to the left of the input.
  ptrdiff_t before;
  /// For each group of channels, one bias per channel, then for each of nine places one weight per
  /// channel.
  const float *_Nonnull weights;
  /// The first group to compute.
  ptrdiff_t firstGroup;
  /// The number of groups to compute.
  ptrdiff_t groups;
  /// The first place and channel of the output row.
  float *_Nonnull output;
  /// The distance between places of output, in floats.
  ptrdiff_t outputStride;
  /// The number of places of an output row.
  ptrdiff_t outputWidth;
  /// The lower bound of output values.
  float floor;
  /// The upper bound of output values.
  float ceiling;
} CKDepthwiseRow;

/// Converts IEEE 754 half-precision numbers, little-endian and at any address.
void CKFloatsOfHalves(const void *_Nonnull halves, float *_Nonnull floats, size_t count);

/// Rounds to the nearest IEEE 754 half-precision numbers, ties to even, little-endian and at any
/// address; numbers that are too large become infinity.
void CKHalvesOfFloats(const float *_Nonnull floats, void *_Nonnull halves, size_t count);

/// Adds `rows` rows of an output of `width` × `channels`, from row `row` on, to each channel's
/// summary; the same on every processor.
///
/// Values are summed in single precision along a row, and rows in double. The first channel's
/// summary is element `first` of each array: its maximum and the first place that has it (row ·
/// width + column), the sum of its values and of their squares, and the number of zeros.
void CKSummarize(const float *_Nonnull values, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t width,
                 ptrdiff_t channels, ptrdiff_t first, float *_Nonnull maxima,
                 int32_t *_Nonnull places, double *_Nonnull sums, double *_Nonnull squares,
                 int32_t *_Nonnull zeros);

/// Adds the integer part of each value to `whole`, and the fraction to `rest` in units of 2⁻⁴⁰,
/// ties to even; each magnitude is below 2⁴⁰.
void CKAddFixedPoint(const float *_Nonnull values, int64_t *_Nonnull whole,
                     int64_t *_Nonnull rest, ptrdiff_t count);

/// Rounds each value times `unit` to an integer, ties to even, and adds it to the sums from element
/// `first` on; each product is below 2⁵⁰.
void CKAddUnits(const float *_Nonnull values, double unit, int64_t *_Nonnull sums,
                ptrdiff_t first, ptrdiff_t count);

/// Adds one to an element of each of `count` rows of `width` elements: in row i, to that at
/// `places[i]`.
void CKCount(const int32_t *_Nonnull places, ptrdiff_t count, ptrdiff_t width,
             uint32_t *_Nonnull rows);

#if defined(__x86_64__)
/// Whether this processor has AVX2 and FMA, and the system saves their registers.
bool CKHasAVX2(void);
/// Whether this processor has AVX-512, and the system saves its registers.
bool CKHasAVX512(void);
/// Uses panels of 16 columns.
void CKProductAVX2(const CKProduct *_Nonnull product);
/// Uses groups of 8 channels.
void CKDepthwiseRowAVX2(const CKDepthwiseRow *_Nonnull row);
/// Does 96 multiply-adds a round.
float CKPeakAVX2(ptrdiff_t rounds);
/// Copies the gradient where output lies between floor and ceiling, and writes zeros elsewhere.
void CKMaskAVX2(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
/// Uses panels of 32 columns.
void CKProductAVX512(const CKProduct *_Nonnull product);
/// Uses groups of 16 channels.
void CKDepthwiseRowAVX512(const CKDepthwiseRow *_Nonnull row);
/// Does 256 multiply-adds a round.
float CKPeakAVX512(ptrdiff_t rounds);
/// Copies the gradient where output lies between floor and ceiling, and writes zeros elsewhere.
void CKMaskAVX512(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
#endif

#if defined(__aarch64__)
/// Uses panels of 8 columns.
void CKProductNEON(const CKProduct *_Nonnull product);
/// Uses groups of 4 channels.
void CKDepthwiseRowNEON(const CKDepthwiseRow *_Nonnull row);
/// Does 96 multiply-adds a round.
float CKPeakNEON(ptrdiff_t rounds);
/// Copies the gradient where output lies between floor and ceiling, and writes zeros elsewhere.
void CKMaskNEON(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
#endif

#endif
