// Keys that terminals spell in other ways than their descriptions say, and pasted text.
#ifndef MBX_KEYS_H
#define MBX_KEYS_H

#include <curses.h>

// What ncurses answers where pasted text begins and ends; its own codes are smaller.
enum { MBX_CODE_PASTE_BEGINS = 0x1000, MBX_CODE_PASTE_ENDS = 0x1001 };

// Teaches ncurses the spellings; it must have been started.
void mbx_keys_define(void);

// What asks the terminal to bracket pasted text, or not to any more (xterm's mode 2004); empty for
// terminals that are not xterm's kind. setupterm must have been called.
const char *mbx_keys_bracket_paste(int is_on);

// After an Esc that was read with `keys`: takes the rest of a sequence that nobody knows and answers
// 1; 0 for the key Esc.
int mbx_keys_swallow_sequence(WINDOW *keys);

#endif
