#include "description.h"

// Before term.h, whose macros are words such as `columns`.
#include "CTerminal.h"

#include <curses.h>
#include <stdlib.h>
#include <term.h>

static const char *string(const char *name) {
  const char *value = tigetstr((NCURSES_CONST char *)name);
  return value == (char *)-1 ? NULL : value;
}

int mbx_read_description(const char *terminal, int output) {
  int problem = 0;
  if (!terminal || setupterm(terminal, output, &problem) != OK) return MBX_UNKNOWN_TERMINAL;
  return string("cup") ? MBX_OPENED : MBX_POOR_TERMINAL;
}

static struct {
  uint8_t *buffer;
  size_t count, capacity;
} collected;

static int collect(int byte) {
  if (collected.count < collected.capacity) collected.buffer[collected.count] = (uint8_t)byte;
  collected.count += 1;
  return byte;
}

size_t mbx_terminal_sequence(
    int32_t what, int32_t first, int32_t second, uint8_t *buffer, size_t capacity) {
  static const char *const names[] = {
      [MBX_CLEAR] = "clear", [MBX_PLAIN] = "sgr0", [MBX_BOLD] = "bold", [MBX_DIM] = "dim",
      [MBX_UNDERLINE] = "smul", [MBX_REVERSE] = "rev", [MBX_FOREGROUND] = "setaf",
      [MBX_BACKGROUND] = "setab", [MBX_MOVE] = "cup",
  };
  const char *value = string(names[what]);
  if (!value) return 0;
  collected.buffer = buffer;
  collected.count = 0;
  collected.capacity = capacity;
  tputs(tparm((NCURSES_CONST char *)value, first, second, 0, 0, 0, 0, 0, 0, 0), 1, collect);
  return collected.count <= capacity ? collected.count : 0;
}

int32_t mbx_terminal_colors(void) {
  const int count = tigetnum((NCURSES_CONST char *)"colors");
  return count > 0 && string("setaf") && string("setab") ? count : 0;
}

int mbx_terminal_scrolls_at_the_end(void) {
  return tigetflag((NCURSES_CONST char *)"am") > 0 && tigetflag((NCURSES_CONST char *)"xenl") <= 0;
}
