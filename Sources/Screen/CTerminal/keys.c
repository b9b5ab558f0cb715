#include "keys.h"

// Before term.h, whose macros are words such as `columns`.
#include "CTerminal.h"

#include <string.h>
#include <term.h>
#include <wchar.h>

void mbx_keys_define(void) {
  // Home and End as xterm, the VT220, the Linux console, rxvt and PuTTY send them, with and without
  // the keypad's mode; a description knows at most one of these spellings.
  static const struct { const char *sequence; int key; } spellings[] = {
      {"\033[1~", KEY_HOME}, {"\033[7~", KEY_HOME}, {"\033[H", KEY_HOME}, {"\033OH", KEY_HOME},
      {"\033[4~", KEY_END}, {"\033[8~", KEY_END}, {"\033[F", KEY_END}, {"\033OF", KEY_END},
      {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[2~", KEY_IC}, {"\033[3~", KEY_DC},
      {"\033[A", KEY_UP}, {"\033OA", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033OB", KEY_DOWN},
      {"\033[C", KEY_RIGHT}, {"\033OC", KEY_RIGHT}, {"\033[D", KEY_LEFT}, {"\033OD", KEY_LEFT},
      {"\033[Z", KEY_BTAB}, {"\033OM", KEY_ENTER},
      {"\033[200~", MBX_CODE_PASTE_BEGINS}, {"\033[201~", MBX_CODE_PASTE_ENDS},
  };
  for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
    // A sequence that the terminal's description defines keeps its meaning.
    if (key_defined(spellings[i].sequence) <= 0) {
      define_key(spellings[i].sequence, spellings[i].key);
    }
  }
}

const char *mbx_keys_bracket_paste(int is_on) {
  const char *mouse = tigetstr("kmous");
  if (!mouse || mouse == (char *)-1) return "";
  return is_on ? "\033[?2004h" : "\033[?2004l";
}

// The terminal's last reply (a sequence that is no key), without the escape character before it.
static struct {
  char text[MBX_REPLY_LENGTH];
  size_t count;
} reply;

static void collect(wint_t character) {
  if (character < 0x80 && reply.count < sizeof reply.text) {
    reply.text[reply.count++] = (char)character;
  }
}

size_t mbx_terminal_reply(char *buffer, size_t capacity) {
  const size_t count = reply.count < capacity ? reply.count : capacity;
  memcpy(buffer, reply.text, count);
  return count;
}

// ECMA-48's strings (OSC, DCS, APC, PM, SOS), in which terminals answer. They end with ST, or in
// xterm with BEL. A string without an end is given up, and what follows is read as keys.
static int swallow_string(WINDOW *keys, wchar_t introducer) {
  enum { longest = 4096 };
  wint_t next = 0;
  wtimeout(keys, 10);
  int code = wget_wch(keys, &next);
  // No character followed at once, so this is Alt and a letter.
  if (code == ERR) unget_wch(introducer);
  const int is_string = code != ERR;
  wtimeout(keys, 50);
  for (int count = 0; code != ERR && count < longest; count++) {
    if (code == KEY_CODE_YES && next != KEY_RESIZE) {
      ungetch((int)next);
      break;
    }
    if (code == OK && next == 0x07) break;
    const int may_end = code == OK && next == 0x1B;
    if (!may_end && code == OK) collect(next);
    code = wget_wch(keys, &next);
    if (may_end && code == OK && next == L'\\') break;
  }
  nodelay(keys, TRUE);
  return is_string;
}

int mbx_keys_swallow_sequence(WINDOW *keys) {
  wint_t next = 0;
  const int result = wget_wch(keys, &next);
  reply.count = 0;
  if (result == ERR) return 0;
  collect(next);
  if (result == OK && next < 0x80 && strchr("]P_^X", (int)next)) {
    return swallow_string(keys, (wchar_t)next);
  }
  if (result != OK || (next != L'[' && next != L'O')) {
    if (result == KEY_CODE_YES) ungetch((int)next); else unget_wch((wchar_t)next);
    return 0;
  }
  // ECMA-48: parameters and intermediate bytes, then a final byte. The function keys of the Linux
  // console have a second bracket in place of parameters.
  const int is_control = next == L'[';
  wtimeout(keys, 10);
  int code = wget_wch(keys, &next);
  if (is_control && code == OK && next == L'[') code = wget_wch(keys, &next);
  while (code == OK && next >= 0x20 && next < 0x40) {
    collect(next);
    code = wget_wch(keys, &next);
  }
  if (code == OK) collect(next);
  nodelay(keys, TRUE);
  if (code == KEY_CODE_YES) ungetch((int)next);
  return 1;
}
