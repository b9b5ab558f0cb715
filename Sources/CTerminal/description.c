// A terminal description with direct colours, made from the one that TERM names.
//
// xterm-direct and its like are usually not installed, and would bring another terminal's keys.
// ncurses takes a compiled description from the environment (terminfo(5), "b64:"), so this
// reads all capabilities of the real terminal and writes them down again in the compiled format
// with 32-bit numbers (term(5), "Extended number format"), with three things changed: 2^24
// colours, the sequences that set them, and the flag RGB.
#include "description.h"

// Before term.h, whose macros are words such as `columns`.
#include "CTerminal.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

int mbx_read_description(const char *terminal, int output) {
  int problem = 0;
  if (!terminal || setupterm(terminal, output, &problem) != OK) return MBX_UNKNOWN_TERMINAL;
  const char *move = tigetstr("cup");
  return !move || move == (char *)-1 ? MBX_POOR_TERMINAL : MBX_OPENED;
}

// Semicolons, which more terminals read than colons.
static const char foreground_sequence[] =
    "\033[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm";
static const char background_sequence[] =
    "\033[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm";

struct bytes {
  unsigned char *start;
  size_t count;
  size_t capacity;
};

static void append(struct bytes *bytes, const void *data, size_t count) {
  if (bytes->count + count > bytes->capacity) return; // Checked by the caller's size limit.
  memcpy(bytes->start + bytes->count, data, count);
  bytes->count += count;
}

static void append_short(struct bytes *bytes, int value) {
  const unsigned char little[2] = {value & 0xFF, (value >> 8) & 0xFF};
  append(bytes, little, 2);
}

static void append_long(struct bytes *bytes, int value) {
  append_short(bytes, value & 0xFFFF);
  append_short(bytes, (value >> 16) & 0xFFFF);
}

static void align(struct bytes *bytes) {
  if (bytes->count % 2) append(bytes, "", 1);
}

static size_t length(NCURSES_CONST char *const *names) {
  size_t count = 0;
  while (names[count]) count += 1;
  return count;
}

static int number(const char *name) {
  if (!strcmp(name, "colors")) return 1 << 24;
  if (!strcmp(name, "pairs")) return 1 << 16;
  const int value = tigetnum((NCURSES_CONST char *)name);
  return value < 0 ? -1 : value;
}

static const char *string(const char *name) {
  if (!strcmp(name, "setaf")) return foreground_sequence;
  if (!strcmp(name, "setab")) return background_sequence;
  // Without numbered colours there are none to change or to set back.
  if (!strcmp(name, "initc") || !strcmp(name, "oc") || !strcmp(name, "initp")) return NULL;
  const char *value = tigetstr((NCURSES_CONST char *)name);
  return value == (char *)-1 ? NULL : value;
}

static void append_description(struct bytes *out, const char *terminal) {
  const size_t flags = length(boolnames), numbers = length(numnames), strings = length(strnames);
  static unsigned char text[16384];
  struct bytes table = {text, 0, sizeof text};
  static int offsets[1024];
  for (size_t i = 0; i < strings && i < 1024; i++) {
    const char *value = string(strnames[i]);
    offsets[i] = value ? (int)table.count : -1;
    if (value) append(&table, value, strlen(value) + 1);
  }
  append_short(out, 01036);
  append_short(out, (int)strlen(terminal) + 1);
  append_short(out, (int)flags);
  append_short(out, (int)numbers);
  append_short(out, (int)strings);
  append_short(out, (int)table.count);
  append(out, terminal, strlen(terminal) + 1);
  for (size_t i = 0; i < flags; i++) {
    const int value = strcmp(boolnames[i], "ccc") && tigetflag((NCURSES_CONST char *)boolnames[i]) > 0;
    append(out, value ? "\1" : "\0", 1);
  }
  align(out);
  for (size_t i = 0; i < numbers; i++) append_long(out, number(numnames[i]));
  for (size_t i = 0; i < strings; i++) append_short(out, offsets[i]);
  append(out, table.start, table.count);
  // The extension: one flag, no numbers, no strings, one name.
  align(out);
  append_short(out, 1);
  append_short(out, 0);
  append_short(out, 0);
  append_short(out, 1);
  append_short(out, 4);
  append(out, "\1", 2);
  append_short(out, 0);
  append(out, "RGB", 4);
}

static void base64(const struct bytes *in, char *out) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < in->count; i += 3) {
    const size_t left = in->count - i;
    const unsigned value = in->start[i] << 16 | (left > 1 ? in->start[i + 1] << 8 : 0)
                           | (left > 2 ? in->start[i + 2] : 0);
    *out++ = digits[value >> 18];
    *out++ = digits[value >> 12 & 63];
    *out++ = left > 1 ? digits[value >> 6 & 63] : '=';
    *out++ = left > 2 ? digits[value & 63] : '=';
  }
  *out = 0;
}

char *mbx_direct_color_description(const char *terminal) {
  if (strlen(terminal) > 64 || length(strnames) > 1024) return NULL;
  static unsigned char buffer[24576];
  struct bytes description = {buffer, 0, sizeof buffer};
  append_description(&description, terminal);
  // A compiled description may have 32 KiB; one that filled the buffer was cut off.
  if (description.count + 64 > description.capacity) return NULL;
  char *text = malloc(5 + (description.count + 2) / 3 * 4);
  if (!text) return NULL;
  memcpy(text, "b64:", 4);
  base64(&description, text + 4);
  return text;
}
