#include <zlib.h>

#include "CImageCodecs.h"

size_t codec_inflate(const uint8_t *bytes, size_t count, uint8_t *target, size_t capacity) {
  z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)count};
  if (count > UINT32_MAX || capacity > UINT32_MAX || inflateInit(&stream) != Z_OK) return 0;
  stream.next_out = target;
  stream.avail_out = (uInt)capacity;
  int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  // Data that do not fit, or behind damage, are cut off.
  return status == Z_STREAM_END || status == Z_BUF_ERROR ? capacity - stream.avail_out : 0;
}
