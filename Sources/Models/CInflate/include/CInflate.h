#ifndef CINFLATE_H
#define CINFLATE_H

#include <stddef.h>
#include <stdint.h>

/// How deflated bytes are wrapped.
typedef enum {
  /// Not at all, as in a ZIP archive.
  CINFLATE_RAW,
  /// With zlib's header and checksum, as in HDF5.
  CINFLATE_ZLIB,
} CInflateWrapping;

/// Inflates `source` into `target`, which has to be filled to its last byte exactly.
///
/// Returns whether it was; false for damaged input, and for one that is shorter or longer.
int cinflate(const uint8_t *source, size_t source_count, uint8_t *target, size_t target_count,
             CInflateWrapping wrapping);

/// The CRC-32 of `count` bytes, as ZIP archives have it.
uint32_t cinflate_checksum(const void *bytes, size_t count);

#endif
