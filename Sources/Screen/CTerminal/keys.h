// Keys whose sequences the terminal's description does not list, and pasted text.
#ifndef MBX_KEYS_H
#define MBX_KEYS_H

#include <curses.h>

// The key codes for the beginning and the end of pasted text; ncurses' own codes are smaller.
enum { MBX_CODE_PASTE_BEGINS = 0x1000, MBX_CODE_PASTE_ENDS = 0x1001 };

// Defines the additional sequences; ncurses must have been started.
void mbx_keys_define(void);

// The sequence that turns bracketed paste (xterm's mode 2004) on or off; empty for terminals that
// are not xterm's kind. setupterm must have been called.
const char *mbx_keys_bracket_paste(int is_on);

// After an Esc that was read with `keys`: reads the rest of an unknown sequence and returns 1;
// returns 0 for the Esc key alone.
int mbx_keys_swallow_sequence(WINDOW *keys);

#endif
