// What both decoders do with a message.
#ifndef CIMAGECODECS_REPORT_H
#define CIMAGECODECS_REPORT_H

#include "CImageCodecs.h"

// Keeps the library's words for the error; a warning's words go.
static inline void report_failure(codec_report *report, codec_status status, const char *words) {
  report->status = status;
  size_t i = 0;
  for (; words[i] != 0 && i + 1 < sizeof report->message; i++) report->message[i] = words[i];
  report->message[i] = 0;
}

// Counts a warning and keeps the words of the first.
static inline void report_warning(codec_report *report, const char *words) {
  if (report->warnings == 0) report_failure(report, report->status, words);
  if (report->warnings < INT32_MAX) report->warnings++;
}

#endif
