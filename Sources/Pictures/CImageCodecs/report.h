// The reporting of errors and warnings, for both decoders.
#ifndef CIMAGECODECS_REPORT_H
#define CIMAGECODECS_REPORT_H

#include "CImageCodecs.h"

// Keeps the library's message for the error, in place of a warning's.
static inline void report_failure(codec_report *report, codec_status status, const char *words) {
  report->status = status;
  size_t i = 0;
  for (; words[i] != 0 && i + 1 < sizeof report->message; i++) report->message[i] = words[i];
  report->message[i] = 0;
}

// Counts a warning and keeps the message of the first.
static inline void report_warning(codec_report *report, const char *words) {
  if (report->warnings == 0) report_failure(report, report->status, words);
  if (report->warnings < INT32_MAX) report->warnings++;
}

#endif
