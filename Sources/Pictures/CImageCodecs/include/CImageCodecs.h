// libpng and libjpeg-turbo as plain functions: bytes in, pixels out, and a report of errors and
// warnings.
//
// Both libraries report errors by longjmp, which must not cross Swift, so it stays in these
// functions.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  CODEC_OK = 0,
  // The bytes end before the picture does.
  CODEC_TRUNCATED,
  // The bytes break the format's rules, or need a feature that the library lacks.
  CODEC_CORRUPT,
} codec_status;

typedef struct {
  codec_status status;
  // The number of complete rows of the picture.
  int64_t rows;
  // The number of bytes consumed.
  int64_t offset;
  // The scan of a picture in several scans, from 1; 0 for one that comes row by row.
  int32_t scan;
  int32_t warnings;
  // The library's message for the error, or for the first warning if there is no error.
  char message[200];
} codec_report;

typedef struct {
  uint32_t width;
  uint32_t height;
  // Whether the decoder buffers the whole picture at any scale, as for a JPEG in several scans.
  bool is_buffered;
} codec_size;

// Reads the size in the header. Allocates no memory for the picture.
codec_report codec_png_size(const uint8_t *bytes, size_t count, codec_size *size);
codec_report codec_jpeg_size(const uint8_t *bytes, size_t count, codec_size *size);

// Decodes to RGB, 8 bits each, rows without gaps. `size` is the result of the function above, for a
// JPEG divided by `denominator` (1, 2, 4 or 8) and rounded up; `pixels` has room for exactly that.
// Transparent pixels of a PNG are blended with white.
codec_report codec_png_decode(
    const uint8_t *bytes, size_t count, codec_size size, uint8_t *pixels);
codec_report codec_jpeg_decode(
    const uint8_t *bytes, size_t count, codec_size size, int denominator, uint8_t *pixels);

// Inflates zlib data into `target`; returns the number of bytes, at most `capacity`.
size_t codec_inflate(const uint8_t *bytes, size_t count, uint8_t *target, size_t capacity);

// Returns the most bytes that codec_png_encode can write.
size_t codec_png_bound(codec_size size, int channels);

// Encodes rows without gaps of 1 (grey) or 3 (RGB) channels of 8 bits; sets `written` to the number
// of bytes.
codec_report codec_png_encode(
    const uint8_t *pixels, codec_size size, int channels, uint8_t *bytes, size_t capacity,
    size_t *written);

#endif
