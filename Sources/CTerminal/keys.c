#include "keys.h"

#include <term.h>
#include <wchar.h>

void mbx_keys_define(void) {
  // Home and End as xterm, the VT220, the Linux console, rxvt, and PuTTY send them, with the
  // keypad's mode and without; a description knows one of them at most.
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
    // What a description says of a sequence is left as it is.
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

int mbx_keys_swallow_sequence(WINDOW *keys) {
  wint_t next = 0;
  const int result = wget_wch(keys, &next);
  if (result == ERR) return 0;
  if (result != OK || (next != L'[' && next != L'O')) {
    if (result == KEY_CODE_YES) ungetch((int)next); else unget_wch((wchar_t)next);
    return 0;
  }
  // ECMA-48: parameters and intermediate bytes, then a final one. The Linux console's function
  // keys have a second bracket instead of parameters.
  const int is_control = next == L'[';
  wtimeout(keys, 10);
  int code = wget_wch(keys, &next);
  if (is_control && code == OK && next == L'[') code = wget_wch(keys, &next);
  while (code == OK && next >= 0x20 && next < 0x40) code = wget_wch(keys, &next);
  nodelay(keys, TRUE);
  if (code == KEY_CODE_YES) ungetch((int)next);
  return 1;
}
