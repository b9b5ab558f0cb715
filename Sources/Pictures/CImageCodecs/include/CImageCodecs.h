// libpng and libjpeg-turbo as plain functions: bytes in, pixels out, and a report of how it went.
//
// Both libraries report errors by longjmp, which must not cross Swift: it stays in here.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  CODEC_OK = 0,
  // The bytes end before the picture does.
  CODEC_TRUNCATED,
  // The bytes are not what the format allows, or ask for what the library does not know.
  CODEC_CORRUPT,
} codec_status;

typedef struct {
  codec_status status;
  // Rows of the picture that are complete.
  int64_t rows;
  // Bytes that had been taken in.
  int64_t offset;
  // The scan of a picture that comes in several, from 1; 0 for one that comes row by row.
  int32_t scan;
  int32_t warnings;
  // The library's own words for the error, or without one for the first warning.
  char message[200];
} codec_report;

typedef struct {
  uint32_t width;
  uint32_t height;
  // Whether the decoder keeps all of the picture, whatever it is scaled down to: a JPEG in several scans.
  bool is_buffered;
} codec_size;

// The size that the header claims. Nothing is allocated for the picture.
codec_report codec_png_size(const uint8_t *bytes, size_t count, codec_size *size);
codec_report codec_jpeg_size(const uint8_t *bytes, size_t count, codec_size *size);

// Decodes to RGB, 8 bits each, rows without gaps. `size` is what the function above answered, for a
// JPEG divided by `denominator` (1, 2, 4 or 8) and rounded up; `pixels` has room for just that.
// A PNG is laid on white where it is transparent.
codec_report codec_png_decode(
    const uint8_t *bytes, size_t count, codec_size size, uint8_t *pixels);
codec_report codec_jpeg_decode(
    const uint8_t *bytes, size_t count, codec_size size, int denominator, uint8_t *pixels);

// Inflates what zlib deflated into `target`; answers how many bytes, and no more than `capacity`.
size_t codec_inflate(const uint8_t *bytes, size_t count, uint8_t *target, size_t capacity);

// The most bytes that codec_png_encode can write.
size_t codec_png_bound(codec_size size, int channels);

// Encodes rows without gaps of 1 (grey) or 3 (RGB) channels of 8 bits; `written` says how many bytes.
codec_report codec_png_encode(
    const uint8_t *pixels, codec_size size, int channels, uint8_t *bytes, size_t capacity,
    size_t *written);

#endif
