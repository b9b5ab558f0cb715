#include <png.h>

#include "report.h"

static png_image description(codec_size size, int channels) {
  png_image image = {.version = PNG_IMAGE_VERSION, .width = size.width, .height = size.height};
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  return image;
}

size_t codec_png_bound(codec_size size, int channels) {
  png_image image = description(size, channels);
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

codec_report codec_png_encode(
    const uint8_t *pixels, codec_size size, int channels, uint8_t *bytes, size_t capacity,
    size_t *written) {
  codec_report report = {0};
  png_image image = description(size, channels);
  png_alloc_size_t length = capacity;
  if (png_image_write_to_memory(&image, bytes, &length, 0, pixels, 0, NULL) == 0) {
    report_failure(&report, CODEC_CORRUPT, image.message);
    length = 0;
  }
  *written = length;
  return report;
}
