#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CIntegerKernels.h"

// The inner loops of the network for instruction sets that Swift can't ask for. Every function
// here needs a processor with its instruction set.

/// Memory that will be wanted: it comes into the second-level cache while something else is
/// computed.
typedef struct {
  /// The first byte; whatever it is, it is not followed if there are none.
  const void *_Nullable address;
  /// How many there are.
  ptrdiff_t bytes;
} CKMemory;

/// Some rows of a matrix product with one panel of weights, bias and activation included.
///
/// A 3×3 convolution is three such products that are summed: with stride s over C channels, row r
/// of output reads, in each of three rows of the image, 3·C neighbouring floats that begin s·C
/// after those of row r − 1.
typedef struct {
  /// The first input value of the first row.
  const float *_Nonnull input;
  /// The floats from one row of input to the next.
  ptrdiff_t inputStride;
  /// The rows, at least 1.
  ptrdiff_t rows;
  /// The pieces that a row of input consists of.
  ptrdiff_t segments;
  /// The floats from one piece to the next.
  ptrdiff_t segmentStride;
  /// The floats of a piece.
  ptrdiff_t depth;
  /// One bias per column, then for each input value one weight per column.
  const float *_Nonnull panel;
  /// Where the first output value goes.
  float *_Nonnull output;
  /// The floats from one row of output to the next.
  ptrdiff_t outputStride;
  /// The columns to write, no more than a panel has.
  ptrdiff_t columns;
  /// What smaller values become.
  float floor;
  /// What larger values become.
  float ceiling;
  /// What will be read after this product.
  CKMemory readNext;
  /// What will be written after this product.
  CKMemory writtenNext;
} CKProduct;

/// One row of output of a depthwise 3×3 layer, for some groups of channels.
typedef struct {
  /// The three rows of input at their first place and channel; zeros where they lie outside.
  const float *_Nonnull rows[3];
  /// The places of a row of input.
  ptrdiff_t inputWidth;
  /// The channels of a place of input.
  ptrdiff_t channels;
  /// 1 or 2.
  ptrdiff_t stride;
  /// The columns of zeros to the left of the input.
  ptrdiff_t before;
  /// For each group of channels one bias per channel, then for each of nine places one weight per
  /// channel.
  const float *_Nonnull weights;
  /// The first group to compute.
  ptrdiff_t firstGroup;
  /// The groups to compute.
  ptrdiff_t groups;
  /// The first place and channel of the row of output.
  float *_Nonnull output;
  /// The floats from one place of output to the next.
  ptrdiff_t outputStride;
  /// The places of a row of output.
  ptrdiff_t outputWidth;
  /// What smaller values become.
  float floor;
  /// What larger values become.
  float ceiling;
} CKDepthwiseRow;

/// Converts IEEE 754 half-precision numbers, little-endian and at any address.
void CKFloatsOfHalves(const void *_Nonnull halves, float *_Nonnull floats, size_t count);

/// Rounds to the nearest IEEE 754 half-precision numbers, ties to even, little-endian and at any
/// address; what is too large becomes infinity.
void CKHalvesOfFloats(const float *_Nonnull floats, void *_Nonnull halves, size_t count);

/// Adds what each channel did in `rows` rows of an output of `width` × `channels`, from row `row` on, to
/// what it did in those before; the same on every processor.
///
/// Values are summed in single precision along a row, and rows in double. What is found of the first
/// channel is in number `first` of each array: its largest value and the first place that has it
/// (row · width + column), the sum of its values and of their squares, and how many are zero.
void CKSummarize(const float *_Nonnull values, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t width,
                 ptrdiff_t channels, ptrdiff_t first, float *_Nonnull maxima,
                 int32_t *_Nonnull places, double *_Nonnull sums, double *_Nonnull squares,
                 int32_t *_Nonnull zeros);

/// Adds the whole part of each value, and the rest in units of 2⁻⁴⁰, ties to even; their magnitude is
/// below 2⁴⁰.
void CKAddFixedPoint(const float *_Nonnull values, int64_t *_Nonnull whole,
                     int64_t *_Nonnull rest, ptrdiff_t count);

/// Adds each value times `unit`, to the nearest whole number, ties to even and less than 2⁵⁰, to the
/// sums from number `first` on.
void CKAddUnits(const float *_Nonnull values, double unit, int64_t *_Nonnull sums,
                ptrdiff_t first, ptrdiff_t count);

/// Adds one to a number of each of `count` rows of `width`: in row i, to that at `places[i]`.
void CKCount(const int32_t *_Nonnull places, ptrdiff_t count, ptrdiff_t width,
             uint32_t *_Nonnull rows);

#if defined(__x86_64__)
/// Whether this processor has AVX2 and FMA, and the system saves their registers.
bool CKHasAVX2(void);
/// Whether this processor has AVX-512, and the system saves its registers.
bool CKHasAVX512(void);
/// Panels of 16 columns.
void CKProductAVX2(const CKProduct *_Nonnull product);
/// Groups of 8 channels.
void CKDepthwiseRowAVX2(const CKDepthwiseRow *_Nonnull row);
/// 96 multiply-adds a round.
float CKPeakAVX2(ptrdiff_t rounds);
/// The gradient where output lies between floor and ceiling, zero elsewhere.
void CKMaskAVX2(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
/// Panels of 32 columns.
void CKProductAVX512(const CKProduct *_Nonnull product);
/// Groups of 16 channels.
void CKDepthwiseRowAVX512(const CKDepthwiseRow *_Nonnull row);
/// 256 multiply-adds a round.
float CKPeakAVX512(ptrdiff_t rounds);
/// The gradient where output lies between floor and ceiling, zero elsewhere.
void CKMaskAVX512(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
#endif

#if defined(__aarch64__)
/// Panels of 8 columns.
void CKProductNEON(const CKProduct *_Nonnull product);
/// Groups of 4 channels.
void CKDepthwiseRowNEON(const CKDepthwiseRow *_Nonnull row);
/// 96 multiply-adds a round.
float CKPeakNEON(ptrdiff_t rounds);
/// The gradient where output lies between floor and ceiling, zero elsewhere.
void CKMaskNEON(const float *_Nonnull gradient, const float *_Nonnull output, float floor,
              float ceiling, float *_Nonnull result, ptrdiff_t count);
#endif

#endif
