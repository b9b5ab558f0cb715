#include <setjmp.h>
#include <stdio.h>
// jpeglib.h needs the declaration of FILE.
#include <jerror.h>
#include <jpeglib.h>

#include "report.h"

// A progressive JPEG may have any number of scans, each of which takes a pass over the whole
// picture. Encoders write about ten.
enum { MOST_SCANS = 100 };

typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  size_t count;
  codec_report *report;
  // Whether the header was read.
  bool decoding;
  // Whether the bytes ran out and libjpeg got an end marker that is not in the file.
  bool ended;
} decoder;

static void fail(decoder *d, codec_status status, const char *words) {
  struct jpeg_decompress_struct *jpeg = &d->jpeg;
  report_failure(d->report, status, words);
  d->report->rows = jpeg->output_scanline;
  bool in_scans = jpeg->progressive_mode || jpeg->comps_in_scan < jpeg->num_components;
  d->report->scan = in_scans ? jpeg->input_scan_number : 0;
  d->report->offset = (int64_t)d->count;
  // When the bytes have run out, the source points to an end marker of libjpeg's own.
  if (status != CODEC_TRUNCATED && jpeg->src != NULL) {
    d->report->offset -= (int64_t)jpeg->src->bytes_in_buffer;
  }
  longjmp(d->failed, 1);
}

static void error_exit(j_common_ptr jpeg) {
  char words[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, words);
  decoder *d = jpeg->client_data;
  fail(d, d->ended ? CODEC_TRUNCATED : CODEC_CORRUPT, words);
}

static void emit_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;  // A trace, not a warning.
  decoder *d = jpeg->client_data;
  char words[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, words);
  // libjpeg would go on and invent the rest of the picture.
  if (jpeg->err->msg_code == JWRN_HIT_MARKER && d->ended) fail(d, CODEC_TRUNCATED, words);
  report_warning(d->report, words);
}

static void output_message(j_common_ptr jpeg) { (void)jpeg; }

static void watch_scans(j_common_ptr common) {
  decoder *d = common->client_data;
  if (d->jpeg.input_scan_number > MOST_SCANS) fail(d, CODEC_CORRUPT, "too many scans");
}

// Gives libjpeg an end marker where the bytes end without one, because all pixels may be present.
// libjpeg warns when it needs more than the marker.
static boolean supply_end(j_decompress_ptr jpeg) {
  static const JOCTET marker[2] = {0xFF, JPEG_EOI};
  decoder *d = jpeg->client_data;
  // Arithmetic decoding treats a marker as zeros, without a warning.
  if (!d->decoding || d->ended || jpeg->arith_code) fail(d, CODEC_TRUNCATED, "the bytes end");
  d->ended = true;
  jpeg->src->next_input_byte = marker;
  jpeg->src->bytes_in_buffer = sizeof marker;
  return TRUE;
}

// Returns whether all scans of a picture in several scans are present.
static bool has_all_scans(const struct jpeg_decompress_struct *jpeg) {
  if (!jpeg->progressive_mode) {
    return jpeg->comps_in_scan == jpeg->num_components
        || jpeg->input_scan_number >= jpeg->num_components;
  }
  for (int c = 0; c < jpeg->num_components; c++) {
    // The number of missing bits of each coefficient.
    for (int i = 0; i < DCTSIZE2; i++) if (jpeg->coef_bits[c][i] != 0) return false;
  }
  return true;
}

// Reads up to the first scan. The caller has to set `failed`.
static void begin(decoder *d, const uint8_t *bytes) {
  d->progress.progress_monitor = watch_scans;
  jpeg_create_decompress(&d->jpeg);
  d->jpeg.progress = &d->progress;
  jpeg_mem_src(&d->jpeg, bytes, d->count);
  d->jpeg.src->fill_input_buffer = supply_end;
  jpeg_read_header(&d->jpeg, TRUE);
  d->decoding = true;
}

static void prepare(decoder *d, size_t count, codec_report *report) {
  // The error manager must be in place first, because creating the decompressor can fail.
  d->jpeg.err = jpeg_std_error(&d->errors);
  d->jpeg.client_data = d;
  d->errors.error_exit = error_exit;
  d->errors.emit_message = emit_message;
  d->errors.output_message = output_message;
  d->count = count;
  d->report = report;
}

codec_report codec_jpeg_size(const uint8_t *bytes, size_t count, codec_size *size) {
  codec_report report = {0};
  decoder d = {0};
  prepare(&d, count, &report);
  if (setjmp(d.failed) == 0) {
    begin(&d, bytes);
    size->width = d.jpeg.image_width;
    size->height = d.jpeg.image_height;
    // A picture in several scans is kept until its last one, also if it is not progressive.
    size->is_buffered = jpeg_has_multiple_scans(&d.jpeg);
  }
  jpeg_destroy_decompress(&d.jpeg);
  return report;
}

// Converts cyan, magenta, yellow and black to RGB. Files hold the light that each ink leaves, 255
// for no ink: Adobe's convention, which other writers follow, so readers apply it to every file.
static void rgb_from_inks(const uint8_t *inks, uint32_t width, uint8_t *rgb) {
  for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)((inks[c] * inks[3] + 127) / 255);
  }
}

codec_report codec_jpeg_decode(
    const uint8_t *bytes, size_t count, codec_size size, int denominator, uint8_t *pixels) {
  codec_report report = {0};
  decoder d = {0};
  struct jpeg_decompress_struct *jpeg = &d.jpeg;
  prepare(&d, count, &report);
  if (setjmp(d.failed) == 0) {
    begin(&d, bytes);
    bool inks = jpeg->num_components == 4;
    jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg->scale_num = 1;
    jpeg->scale_denom = (unsigned)denominator;
    jpeg_start_decompress(jpeg);
    if (jpeg->output_width != size.width || jpeg->output_height != size.height) {
      fail(&d, CODEC_CORRUPT, "the size changed");
    }
    JSAMPARRAY row = inks
        ? jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, size.width * 4, 1) : NULL;
    while (jpeg->output_scanline < size.height) {
      uint8_t *target = pixels + (size_t)jpeg->output_scanline * size.width * 3;
      jpeg_read_scanlines(jpeg, inks ? row : &target, 1);
      if (inks) rgb_from_inks(row[0], size.width, target);
    }
    if (d.ended && !has_all_scans(jpeg)) fail(&d, CODEC_TRUNCATED, "scans are missing");
    report.rows = size.height;
  }
  jpeg_destroy_decompress(jpeg);
  return report;
}
