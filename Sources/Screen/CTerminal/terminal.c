// For strcasestr.
#define _GNU_SOURCE

#include "CTerminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "description.h"
#include "keys.h"
#include "rescue.h"

// Version 1 of ncurses' mouse interface, which macOS has, knows four buttons and reports a downward
// turn of the wheel as movement.
#ifdef BUTTON5_PRESSED
#define WHEEL_DOWN BUTTON5_PRESSED
#else
#define WHEEL_DOWN REPORT_MOUSE_POSITION
#endif

static struct {
  SCREEN *screen;
  // A pad, because ncurses redraws a window before reading from it.
  WINDOW *keys;
  FILE *input;
  int wake[2];
  // The size last reported; a change that ncurses did not see itself is reported as well.
  int columns, rows;
} terminal = {.wake = {-1, -1}};

static void make_pipe(void) {
  if (terminal.wake[0] >= 0 || pipe(terminal.wake)) return;
  for (int end = 0; end < 2; end++) {
    fcntl(terminal.wake[end], F_SETFL, O_NONBLOCK);
    fcntl(terminal.wake[end], F_SETFD, FD_CLOEXEC);
  }
}

// macOS had no C.UTF-8 for a long time.
static int use_some_unicode(void) {
  return setlocale(LC_ALL, "C.UTF-8") || setlocale(LC_ALL, "en_US.UTF-8");
}

int mbx_terminal_speaks_unicode(void) {
  if (setlocale(LC_ALL, "")) return !strcmp(nl_langinfo(CODESET), "UTF-8");
  static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (int i = 0; i < 3; i++) {
    const char *value = getenv(variables[i]);
    if (!value || !*value) continue;
    return (strcasestr(value, "utf-8") || strcasestr(value, "utf8")) && use_some_unicode();
  }
  return 0;
}

static void bracket_paste(int is_on) {
  const char *sequence = mbx_keys_bracket_paste(is_on);
  mbx_terminal_send((const uint8_t *)sequence, strlen(sequence));
}

int mbx_terminal_open(void) {
  // A locale that is named but not installed, as SSH passes on, still means UTF-8.
  if (!setlocale(LC_ALL, "")) mbx_terminal_speaks_unicode();
  if (!isatty(STDOUT_FILENO)) return MBX_NO_TERMINAL;
  // The window's own size counts; with these variables set, ncurses would use their values instead.
  // Its functions to ignore them (use_env, use_tioctl) leave it with the size in the terminal's
  // description.
  unsetenv("LINES");
  unsetenv("COLUMNS");
  // Not /dev/tty, which macOS cannot poll.
  const char *path = ttyname(STDOUT_FILENO);
  terminal.input = isatty(STDIN_FILENO) ? stdin : path ? fopen(path, "r") : NULL;
  if (!terminal.input) return MBX_NO_TERMINAL;

  const int described = mbx_read_description(getenv("TERM"), STDOUT_FILENO);
  if (described != MBX_OPENED) return described;
  mbx_rescue_arm(fileno(terminal.input), STDOUT_FILENO);

  make_pipe();
  terminal.screen = newterm(getenv("TERM"), stdout, terminal.input);
  if (!terminal.screen) return MBX_POOR_TERMINAL;
  // The milliseconds after Esc in which further bytes still belong to the same key; terminals send
  // a key's bytes together.
  set_escdelay(10);
  raw();
  noecho();
  nonl();
  terminal.keys = newpad(1, 1);
  keypad(terminal.keys, TRUE);
  mbx_keys_define();
  nodelay(terminal.keys, TRUE);
  curs_set(0);
  leaveok(stdscr, TRUE);
  refresh();
  getmaxyx(stdscr, terminal.rows, terminal.columns);
  bracket_paste(1);
  mbx_rescue_listen(terminal.wake[1]);
  return MBX_OPENED;
}

void mbx_terminal_close(void) {
  if (!terminal.screen) return;
  mousemask(0, NULL);
  bracket_paste(0);
  endwin();
  mbx_rescue_disarm();
  delwin(terminal.keys);
  delscreen(terminal.screen);
  terminal.screen = NULL;
  if (terminal.input != stdin) fclose(terminal.input);
}

void mbx_terminal_mouse(int is_on) {
  mouseinterval(0);
  // Clicks are off: ncurses would report them in place of presses and releases.
  mousemask(
      is_on ? BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON4_PRESSED | WHEEL_DOWN : 0, NULL);
}

void mbx_terminal_size(int32_t *columns, int32_t *rows) {
  getmaxyx(stdscr, *rows, *columns);
}

int mbx_terminal_cell(int32_t *width, int32_t *height) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  if (!size.ws_xpixel || !size.ws_ypixel || !size.ws_col || !size.ws_row) return 0;
  *width = size.ws_xpixel / size.ws_col;
  *height = size.ws_ypixel / size.ws_row;
  return *width > 0 && *height > 0;
}

int mbx_terminal_answers(void) { return *mbx_keys_bracket_paste(1) != 0; }

int mbx_terminal_is_ready(void) {
  struct pollfd output = {STDOUT_FILENO, POLLOUT, 0};
  return poll(&output, 1, 0) != 0;
}

int mbx_terminal_has_input(void) {
  struct pollfd input = {fileno(terminal.input), POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

static struct mbx_event key_event(wint_t key) {
  static const struct { int curses, ours; } keys[] = {
      {KEY_UP, MBX_UP}, {KEY_DOWN, MBX_DOWN}, {KEY_LEFT, MBX_LEFT}, {KEY_RIGHT, MBX_RIGHT},
      {KEY_ENTER, MBX_ENTER}, {KEY_BACKSPACE, MBX_BACKSPACE}, {KEY_DC, MBX_DELETE},
      {KEY_IC, MBX_INSERT}, {KEY_HOME, MBX_HOME}, {KEY_END, MBX_END}, {KEY_PPAGE, MBX_PAGE_UP},
      {KEY_NPAGE, MBX_PAGE_DOWN}, {KEY_BTAB, MBX_BACK_TAB},
  };
  struct mbx_event event = {MBX_KEY, 0, 0, 0};
  if (key == MBX_CODE_PASTE_BEGINS) event.kind = MBX_PASTE_BEGINS;
  if (key == MBX_CODE_PASTE_ENDS) event.kind = MBX_PASTE_ENDS;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (keys[i].curses == (int)key) event.value = keys[i].ours;
  }
  if (key > KEY_F(0) && key <= KEY_F(63)) event.value = MBX_FUNCTION + (int)key - KEY_F(0);
  return event;
}

// The mouse events still to be returned, the first on top.
static struct {
  struct mbx_event events[32];
  int count;
} mouse;

static void push_mouse(const MEVENT *report, int32_t value) {
  if (mouse.count >= (int)(sizeof mouse.events / sizeof *mouse.events)) return;
  mouse.events[mouse.count++] = (struct mbx_event){MBX_MOUSE, value, report->x, report->y};
}

// Takes all reports that arrived together: ncurses announces them only once.
static void take_mouse(void) {
  MEVENT report;
  // The last report is returned first.
  while (getmouse(&report) == OK) {
    if (report.bstate & BUTTON1_PRESSED) push_mouse(&report, MBX_PRESS);
    if (report.bstate & BUTTON1_RELEASED) push_mouse(&report, MBX_RELEASE);
    if (report.bstate & BUTTON4_PRESSED) push_mouse(&report, MBX_WHEEL_UP);
    if (report.bstate & WHEEL_DOWN) push_mouse(&report, MBX_WHEEL_DOWN);
  }
}

static int is_closed(void) {
  struct pollfd input = {fileno(terminal.input), POLLIN, 0};
  if (poll(&input, 1, 0) <= 0) return 0;
  if (input.revents & (POLLHUP | POLLERR | POLLNVAL)) return 1;
  // The input is readable but holds no byte: the other side is closed.
  int waiting = 0;
  return (input.revents & POLLIN) && ioctl(fileno(terminal.input), FIONREAD, &waiting) == 0
         && waiting == 0;
}

int mbx_terminal_resume(void) {
  if (!mbx_rescue_was_continued()) return 0;
  // The size may have changed while the program was stopped.
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    resizeterm(size.ws_row, size.ws_col);
  }
  // A program stopped by SIGSTOP could not leave the terminal; ncurses takes the terminal over only
  // after endwin.
  if (!isendwin()) endwin();
  clearok(curscr, TRUE);
  refresh();
  bracket_paste(1);
  return 1;
}

struct mbx_event mbx_terminal_next(void) {
  struct mbx_event event = {MBX_NOTHING, 0, 0, 0};
  const int signal_number = mbx_rescue_signal();
  if (signal_number) return (struct mbx_event){MBX_SIGNALLED, signal_number, 0, 0};
  if (mouse.count > 0) return mouse.events[--mouse.count];
  wint_t key = 0;
  const int result = wget_wch(terminal.keys, &key);
  if (result == KEY_CODE_YES && key == KEY_MOUSE) {
    take_mouse();
    // An event without meaning, if ncurses dropped what it read.
    return mouse.count > 0 ? mouse.events[--mouse.count] : (struct mbx_event){MBX_MOUSE, 0, 0, 0};
  }
  if (result == KEY_CODE_YES && key != KEY_RESIZE) return key_event(key);
  if (result == OK && key == 0x1B && mbx_keys_swallow_sequence(terminal.keys)) {
    return (struct mbx_event){MBX_REPLY, 0, 0, 0};
  }
  if (result == OK) return (struct mbx_event){MBX_CHARACTER, (int32_t)key, 0, 0};
  int rows, columns;
  getmaxyx(stdscr, rows, columns);
  if (rows != terminal.rows || columns != terminal.columns) {
    terminal.rows = rows;
    terminal.columns = columns;
    return (struct mbx_event){MBX_RESIZED, 0, columns, rows};
  }
  if (result == ERR && is_closed()) event.kind = MBX_CLOSED;
  return event;
}

void mbx_terminal_wait(int32_t milliseconds) {
  struct pollfd sources[2] = {
      {fileno(terminal.input), POLLIN, 0},
      {terminal.wake[0], POLLIN, 0},
  };
  if (poll(sources, 2, milliseconds) <= 0) return;
  char drained[64];
  while (read(terminal.wake[0], drained, sizeof drained) > 0) {}
}

void mbx_terminal_wake(void) {
  const int error = errno;
  // A full pipe wakes the loop as well.
  if (write(terminal.wake[1], "", 1) < 0) errno = error;
}

int mbx_terminal_is_to_stop(void) { return mbx_rescue_is_to_stop(); }

void mbx_terminal_suspend(void) {
  bracket_paste(0);
  endwin();
  mbx_rescue_stop();
}

void mbx_terminal_send(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = write(STDOUT_FILENO, bytes, count);
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) { bytes += sent; count -= (size_t)sent; }
  }
}
