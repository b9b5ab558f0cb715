// Which number of ncurses' stands for which two colours.
//
// A picture that moves needs thousands of pairs a second. ncurses' own alloc_pair takes the oldest
// pair when there is no new one, and walks over the whole screen for each that it takes. So pairs
// are numbered here, one after another, and all of them are forgotten when numbers run out.
#include "pairs.h"

#include <curses.h>
#include <stdint.h>
#include <string.h>

enum { slots = 1 << 17, most = 1 << 16 };

// Open addressing; a slot without a number is free.
static struct {
  uint64_t colors;
  int number;
} table[slots];
static int used;

static int limit(void) { return COLOR_PAIRS < most ? COLOR_PAIRS - 1 : most - 1; }

int mbx_pair(int foreground, int background) {
  const uint64_t colors = (uint64_t)(uint32_t)foreground << 32 | (uint32_t)background;
  // Fibonacci hashing: the upper bits of the product depend on all of the colours'.
  size_t slot = colors * 0x9E3779B97F4A7C15u >> 47;
  while (table[slot].number && table[slot].colors != colors) slot = (slot + 1) % slots;
  if (table[slot].number) return table[slot].number;
  if (used >= limit() || init_extended_pair(used + 1, foreground, background) != OK) return 0;
  used += 1;
  table[slot].colors = colors;
  table[slot].number = used;
  return used;
}

int mbx_pairs_make_room(int count) {
  // A screen of more cells than there are pairs seldom needs so many: it gets what is left.
  const int needed = count <= limit() ? count : 1;
  if (used + needed <= limit()) return 0;
  reset_color_pairs();
  mbx_pairs_forget();
  return 1;
}

void mbx_pairs_forget(void) {
  memset(table, 0, sizeof table);
  used = 0;
}
