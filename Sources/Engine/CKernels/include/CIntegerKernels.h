#ifndef CINTEGERKERNELS_H
#define CINTEGERKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The inner loops of a network of bytes. Sums have 32 bits and are exact; each then becomes a byte
// by a fixed-point factor: Jacob et al., "Quantization and Training of Neural Networks for Efficient
// Integer-Arithmetic-Only Inference", 2018, section 2.
//
// An instruction set reads bytes, whose products with four 8-bit weights are added in one step, or
// 16-bit words, whose products with two 16-bit weights are.
//
// Scaling: what becomes of a register of sums. For L lanes it holds L biases, L factors and L
// shifts of 32 bits, then, of 64 bits each, what is added to the products of the even lanes, to
// those of the odd ones, and how far to shift either. Lane j of register q of a block of V registers
// belongs to channel 4·V·(j / 4) + 4·q + j mod 4 of the block: narrowing two registers at a time
// puts them in order.

/// What a byte of output may be.
typedef struct {
  /// The byte that stands for zero.
  int32_t zero;
  /// What smaller bytes become.
  int32_t floor;
  /// What larger bytes become.
  int32_t ceiling;
  /// Whether the floor is the byte of zero and all shifts go right: then negative sums are zero, and
  /// the 64-bit numbers of the scaling say all.
  bool isRectified;
  /// Whether product and shift are rounded together, halves up, not one after the other.
  bool roundsOnce;
} CKByteRange;

/// Some rows of a matrix product of integers with one panel of weights.
typedef struct {
  /// The first input value of the first row.
  const void *_Nonnull input;
  /// The values from one row of input to the next.
  ptrdiff_t inputStride;
  /// The rows, at least 1.
  ptrdiff_t rows;
  /// The pieces that a row of input consists of.
  ptrdiff_t segments;
  /// The values from one piece to the next.
  ptrdiff_t segmentStride;
  /// The steps of a piece, each of four bytes or two words; what lies behind its end is read too,
  /// and has weights of zero.
  ptrdiff_t steps;
  /// For each step the weights of each column side by side.
  const void *_Nonnull panel;
  /// Two registers of scaling.
  const int32_t *_Nonnull scaling;
  /// What is added to all sums of a row; null for nothing.
  const int32_t *_Nullable offsets;
  /// Where the first byte of output goes.
  uint8_t *_Nonnull output;
  /// The bytes from one row of output to the next.
  ptrdiff_t outputStride;
  /// The columns to write, no more than a panel has.
  ptrdiff_t columns;
  /// What the bytes may be.
  CKByteRange range;
} CKIntegerProduct;

/// Neighbouring values of one row, or two, of a depthwise 3×3 layer of integers.
typedef struct {
  /// Four rows of input, the first of them above the first window's first value. Where a window moves
  /// on by one value these are a whole row of places, all channels of each.
  const void *_Nonnull rows[4];
  /// The values from one place to the next: the channels.
  ptrdiff_t channels;
  /// The values to compute.
  ptrdiff_t count;
  /// For each block of channels, and each of `terms`, and each of three columns, what the four rows
  /// are multiplied with: bytes w₀ w₁ w₂ 0 a channel, or the words w₀ w₁, w₂ 0, 0 w₀ and w₁ w₂.
  const void *_Nonnull weights;
  /// The registers of scaling of each block.
  const int32_t *_Nonnull scaling;
  /// The blocks of channels after which weights and scaling repeat.
  ptrdiff_t blocks;
  /// The bytes that a weight is the sum of; 1 for words.
  ptrdiff_t terms;
  /// Where the first row's values go, and the second's, as bytes; null for nowhere.
  uint8_t *_Nullable bytes[2];
  /// The same as words, where the instruction set reads words.
  int16_t *_Nullable words[2];
  /// Whether the second row is wanted.
  bool isPair;
  /// What the bytes may be.
  CKByteRange range;
} CKIntegerSpan;

/// Rows of bytes that are added up.
typedef struct {
  /// The first byte of the first row.
  const uint8_t *_Nonnull input;
  /// The bytes from one row to the next.
  ptrdiff_t inputStride;
  /// The rows.
  ptrdiff_t rows;
  /// The pieces that a row consists of.
  ptrdiff_t segments;
  /// The bytes from one piece to the next.
  ptrdiff_t segmentStride;
  /// The bytes of a piece.
  ptrdiff_t depth;
  /// What each sum is multiplied with.
  int32_t factor;
  /// Where the first row's product goes.
  int32_t *_Nonnull output;
} CKRowSums;

/// The bytes of some rows added up.
void CKSumRows(const CKRowSums *_Nonnull sums);

#if defined(__x86_64__)
/// Whether this processor has AVX-512's VNNI with byte and word operations.
bool CKHasAVX512VNNI(void);
/// Whether this processor has AVX-VNNI.
bool CKHasAVXVNNI(void);
/// Words; panels of 16 columns.
void CKIntegerProductAVX2(const CKIntegerProduct *_Nonnull product);
/// Words; blocks of 16 channels.
void CKIntegerSpanAVX2(const CKIntegerSpan *_Nonnull span);
/// Bytes; panels of 16 columns.
void CKIntegerProductAVXVNNI(const CKIntegerProduct *_Nonnull product);
/// Bytes; blocks of 32 channels.
void CKIntegerSpanAVXVNNI(const CKIntegerSpan *_Nonnull span);
/// Bytes; panels of 32 columns.
void CKIntegerProductAVX512VNNI(const CKIntegerProduct *_Nonnull product);
/// Bytes; blocks of 64 channels.
void CKIntegerSpanAVX512VNNI(const CKIntegerSpan *_Nonnull span);
#endif

#if defined(__aarch64__)
/// Whether this processor has the dot product of bytes, SDOT.
bool CKHasDotProduct(void);
/// Bytes, of which 128 is taken off; panels of 8 columns.
void CKIntegerProductNEON(const CKIntegerProduct *_Nonnull product);
/// Bytes, of which 128 is taken off; blocks of 16 channels.
void CKIntegerSpanNEON(const CKIntegerSpan *_Nonnull span);
#endif

#endif
