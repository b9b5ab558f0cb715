#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

typedef struct {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t offset;
  // A row as libpng returns it, with or without alpha.
  uint8_t *row;
  codec_report *report;
} decoder;

static void on_error(png_structp png, png_const_charp words) {
  decoder *d = png_get_error_ptr(png);
  codec_status status = d->report->status == CODEC_OK ? CODEC_CORRUPT : d->report->status;
  report_failure(d->report, status, words);
  d->report->offset = (int64_t)d->offset;
  png_longjmp(png, 1);
}

// A chunk whose name begins with a small letter is optional: no pixel depends on it. Colour
// profiles, which this decoder ignores, are often slightly damaged.
static bool is_about_optional_chunk(const char *words) {
  return strlen(words) > 5 && words[4] == ':' && words[0] >= 'a' && words[0] <= 'z';
}

static void on_warning(png_structp png, png_const_charp words) {
  if (is_about_optional_chunk(words)) return;
  decoder *d = png_get_error_ptr(png);
  report_warning(d->report, words);
}

static void read_bytes(png_structp png, png_bytep target, size_t wanted) {
  decoder *d = png_get_io_ptr(png);
  size_t left = d->count - d->offset;
  if (wanted > left) {
    d->offset = d->count;
    d->report->status = CODEC_TRUNCATED;
    png_error(png, "the bytes end");
  }
  memcpy(target, d->bytes + d->offset, wanted);
  d->offset += wanted;
}

// Returns whether libpng could be set up.
static bool open_decoder(
    decoder *d, const uint8_t *bytes, size_t count, codec_report *report) {
  d->bytes = bytes;
  d->count = count;
  d->report = report;
  d->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, d, on_error, on_warning);
  d->info = d->png == NULL ? NULL : png_create_info_struct(d->png);
  if (d->info == NULL) report_failure(report, CODEC_CORRUPT, "out of memory");
  return d->info != NULL;
}

static void close_decoder(decoder *d) {
  png_destroy_read_struct(&d->png, &d->info, NULL);
  free(d->row);
}

// Reads up to the first image data.
static void read_header(decoder *d) {
  png_set_read_fn(d->png, d, read_bytes);
  // The caller checks the size, with its own error messages.
  png_set_user_limits(d->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  // Compressed texts and profiles can be decompression bombs too.
  png_set_chunk_malloc_max(d->png, 4 << 20);
  png_set_chunk_cache_max(d->png, 100);
  png_read_info(d->png, d->info);
}

codec_report codec_png_size(const uint8_t *bytes, size_t count, codec_size *size) {
  codec_report report = {0};
  decoder d = {0};
  if (open_decoder(&d, bytes, count, &report) && setjmp(png_jmpbuf(d.png)) == 0) {
    read_header(&d);
    size->width = png_get_image_width(d.png, d.info);
    size->height = png_get_image_height(d.png, d.info);
  }
  close_decoder(&d);
  return report;
}

// Values are taken as sRGB, which nearly every file means. If a file states another gamma, and has
// neither an sRGB chunk nor a profile that would overrule it, values are converted to sRGB's gamma;
// libpng leaves them alone when the two are within 5 %.
static void set_gamma(decoder *d) {
  png_fixed_point gamma = 0;
  bool overruled = png_get_valid(d->png, d->info, PNG_INFO_sRGB | PNG_INFO_iCCP) != 0;
  if (overruled || png_get_gAMA_fixed(d->png, d->info, &gamma) == 0) return;
  // Gammas from 0.1 to 3 are plausible; any other is a mistake.
  if (gamma < 10000 || gamma > 300000) return;
  png_set_gamma_fixed(d->png, PNG_DEFAULT_sRGB, gamma);
}

// Writes the pixels of a row to every `step`th pixel of `rgb`, blended with white where they have
// alpha.
static void place(const uint8_t *row, uint32_t count, size_t channels, uint8_t *rgb, size_t step) {
  for (uint32_t x = 0; x < count; x++, row += channels, rgb += 3 * step) {
    int alpha = channels == 4 ? row[3] : 255;
    for (int c = 0; c < 3; c++) {
      rgb[c] = (uint8_t)((row[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
}

static void read_rows(decoder *d, codec_size size, uint8_t *pixels) {
  png_structp png = d->png;
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  set_gamma(d);
  // Done without libpng's interlace handling, which would need all rows of a transparent picture.
  bool interlaced = png_get_interlace_type(png, d->info) == PNG_INTERLACE_ADAM7;
  png_read_update_info(png, d->info);

  size_t row_bytes = png_get_rowbytes(png, d->info);
  size_t channels = png_get_channels(png, d->info);
  if (png_get_image_width(png, d->info) != size.width
      || png_get_image_height(png, d->info) != size.height
      || (channels != 3 && channels != 4) || row_bytes != channels * size.width) {
    png_error(png, "the size changed");
  }
  d->row = malloc(row_bytes);
  if (d->row == NULL) png_error(png, "out of memory");
  for (int pass = 0; pass < (interlaced ? PNG_INTERLACE_ADAM7_PASSES : 1); pass++) {
    d->report->scan = interlaced ? pass + 1 : 0;
    // The pass's first column and row, the distances between its pixels, and their number in a row.
    uint32_t left = interlaced ? PNG_PASS_START_COL(pass) : 0;
    uint32_t top = interlaced ? PNG_PASS_START_ROW(pass) : 0;
    uint32_t across = interlaced ? 1u << PNG_PASS_COL_SHIFT(pass) : 1;
    uint32_t down = interlaced ? 1u << PNG_PASS_ROW_SHIFT(pass) : 1;
    uint32_t columns = interlaced ? PNG_PASS_COLS(size.width, pass) : size.width;
    if (columns == 0) continue;
    for (uint32_t y = top; y < size.height; y += down) {
      png_read_row(png, d->row, NULL);
      place(d->row, columns, channels, pixels + 3 * ((size_t)y * size.width + left), across);
      d->report->rows = y + 1;
    }
  }
}

codec_report codec_png_decode(
    const uint8_t *bytes, size_t count, codec_size size, uint8_t *pixels) {
  codec_report report = {0};
  decoder d = {0};
  if (open_decoder(&d, bytes, count, &report) && setjmp(png_jmpbuf(d.png)) == 0) {
    read_header(&d);
    read_rows(&d, size, pixels);
  }
  close_decoder(&d);
  return report;
}
