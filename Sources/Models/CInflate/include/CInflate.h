#ifndef CINFLATE_H
#define CINFLATE_H

#include <stddef.h>
#include <stdint.h>

/// The wrapping of deflated bytes.
typedef enum {
  /// No wrapping, as in a ZIP archive.
  CINFLATE_RAW,
  /// zlib's header and checksum, as in HDF5.
  CINFLATE_ZLIB,
} CInflateWrapping;

/// Inflates `source` into `target`, whose size must be that of the inflated bytes.
///
/// Returns true on success, and false for damaged input and any other size.
int cinflate(const uint8_t *source, size_t source_count, uint8_t *target, size_t target_count,
             CInflateWrapping wrapping);

/// Returns the CRC-32 of `count` bytes, as in ZIP archives.
uint32_t cinflate_checksum(const void *bytes, size_t count);

#endif
