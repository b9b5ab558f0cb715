#ifndef CINTEGERKERNELS_H
#define CINTEGERKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The inner loops of an integer network. Sums have 32 bits and are exact; each then becomes a byte
// by a fixed-point factor: Jacob et al., "Quantization and Training of Neural Networks for
// Efficient Integer-Arithmetic-Only Inference", 2018, section 2.
//
// An instruction set reads either bytes, and adds their products with four 8-bit weights in one
// step, or 16-bit words, and adds their products with two 16-bit weights.
//
// The scaling of a register of L lanes is the table that turns its sums into bytes: L biases, L
// factors and L shifts of 32 bits, then, of 64 bits each, the summands for the products of the even
// lanes and of the odd lanes, and the shifts of the even and of the odd lanes. Lane j of register q
// of a block of V registers belongs to channel 4·V·(j / 4) + 4·q + j mod 4 of the block: narrowing
// two registers at a time puts the channels in order.

/// The range of an output byte.
typedef struct {
  /// The byte that stands for zero.
  int32_t zero;
  /// The smallest byte.
  int32_t floor;
  /// The largest byte.
  int32_t ceiling;
  /// Whether `floor` equals `zero` and all shifts go right: then negative sums become `zero`, and
  /// the 64-bit part of the scaling suffices.
  bool isRectified;
  /// Whether the product and the shift are rounded together, halves up, not one after the other.
  bool roundsOnce;
} CKByteRange;

/// Some rows of a matrix product of integers with one panel of weights.
typedef struct {
  /// The first input value of the first row.
  const void *_Nonnull input;
  /// The distance between rows of input, in values.
  ptrdiff_t inputStride;
  /// The number of rows, at least 1.
  ptrdiff_t rows;
  /// The number of segments of an input row.
  ptrdiff_t segments;
  /// The distance between segments, in values.
  ptrdiff_t segmentStride;
  /// The number of steps of a segment, each of four bytes or two words; the kernel reads values
  /// behind its end too, with weights of zero.
  ptrdiff_t steps;
  /// For each step, the weights of each column side by side.
  const void *_Nonnull panel;
  /// The scaling of two registers.
  const int32_t *_Nonnull scaling;
  /// The summand for all sums of each row; null for none.
  const int32_t *_Nullable offsets;
  /// The first output byte.
  uint8_t *_Nonnull output;
  /// The distance between rows of output, in bytes.
  ptrdiff_t outputStride;
  /// The number of columns to write, at most those of a panel.
  ptrdiff_t columns;
  /// The range of the output bytes.
  CKByteRange range;
} CKIntegerProduct;

/// Neighbouring values of one row, or two, of a depthwise 3×3 layer of integers.
typedef struct {
  /// Four rows of input, at the first row and column of the first window. Where a window moves on
  /// by one place, a row of places with all their channels is contiguous.
  const void *_Nonnull rows[4];
  /// The distance between places, in values: the number of channels.
  ptrdiff_t channels;
  /// The number of values to compute.
  ptrdiff_t count;
  /// For each block of channels, each of `terms` and each of three columns, the weights of the four
  /// rows: bytes w₀ w₁ w₂ 0 per channel, or the words w₀ w₁, w₂ 0, 0 w₀ and w₁ w₂.
  const void *_Nonnull weights;
  /// The scaling of each block's registers.
  const int32_t *_Nonnull scaling;
  /// The number of blocks of channels before weights and scaling repeat.
  ptrdiff_t blocks;
  /// The number of bytes whose sum is a weight; 1 for words.
  ptrdiff_t terms;
  /// The first and the second row of output, as bytes; null for no such output.
  uint8_t *_Nullable bytes[2];
  /// The first and the second row of output as words, for instruction sets that read words.
  int16_t *_Nullable words[2];
  /// Whether to compute the second row.
  bool isPair;
  /// The range of the output bytes.
  CKByteRange range;
} CKIntegerSpan;

/// A sum over each of some rows of bytes.
typedef struct {
  /// The first byte of the first row.
  const uint8_t *_Nonnull input;
  /// The distance between rows, in bytes.
  ptrdiff_t inputStride;
  /// The number of rows.
  ptrdiff_t rows;
  /// The number of segments of a row.
  ptrdiff_t segments;
  /// The distance between segments, in bytes.
  ptrdiff_t segmentStride;
  /// The number of bytes of a segment.
  ptrdiff_t depth;
  /// The factor for each sum.
  int32_t factor;
  /// The products of the sums and the factor, one for each row.
  int32_t *_Nonnull output;
} CKRowSums;

/// Sums the bytes of each row.
void CKSumRows(const CKRowSums *_Nonnull sums);

#if defined(__x86_64__)
/// Whether this processor has AVX-512's VNNI with byte and word operations.
bool CKHasAVX512VNNI(void);
/// Whether this processor has AVX-VNNI.
bool CKHasAVXVNNI(void);
/// Reads words; panels of 16 columns.
void CKIntegerProductAVX2(const CKIntegerProduct *_Nonnull product);
/// Reads words; blocks of 16 channels.
void CKIntegerSpanAVX2(const CKIntegerSpan *_Nonnull span);
/// Reads bytes; panels of 16 columns.
void CKIntegerProductAVXVNNI(const CKIntegerProduct *_Nonnull product);
/// Reads bytes; blocks of 32 channels.
void CKIntegerSpanAVXVNNI(const CKIntegerSpan *_Nonnull span);
/// Reads bytes; panels of 32 columns.
void CKIntegerProductAVX512VNNI(const CKIntegerProduct *_Nonnull product);
/// Reads bytes; blocks of 64 channels.
void CKIntegerSpanAVX512VNNI(const CKIntegerSpan *_Nonnull span);
#endif

#if defined(__aarch64__)
/// Whether this processor has the dot product of bytes, SDOT.
bool CKHasDotProduct(void);
/// Reads bytes and subtracts 128 from each; panels of 8 columns.
void CKIntegerProductNEON(const CKIntegerProduct *_Nonnull product);
/// Reads bytes and subtracts 128 from each; blocks of 16 channels.
void CKIntegerSpanNEON(const CKIntegerSpan *_Nonnull span);
#endif

#endif
