#include "CInflate.h"

#include <limits.h>
#include <zlib.h>

int cinflate(const uint8_t *source, size_t source_count, uint8_t *target, size_t target_count,
             CInflateWrapping wrapping) {
  if (source_count > UINT_MAX || target_count > UINT_MAX) return 0;
  z_stream stream = {
      .next_in = (Bytef *)source,
      .avail_in = (uInt)source_count,
      .next_out = target,
      .avail_out = (uInt)target_count,
  };
  // Negative window bits mean that there is no header.
  if (inflateInit2(&stream, wrapping == CINFLATE_RAW ? -MAX_WBITS : MAX_WBITS) != Z_OK) return 0;
  int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return result == Z_STREAM_END && stream.avail_out == 0;
}

uint32_t cinflate_checksum(const void *bytes, size_t count) {
  return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, count);
}
