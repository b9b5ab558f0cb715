// ncurses behind plain integers, because Swift cannot import its macros and variadic functions.
//
// There is one terminal. All functions but mbx_terminal_wake are called from one thread.
#ifndef MBX_TERMINAL_H
#define MBX_TERMINAL_H

#include <stddef.h>
#include <stdint.h>

// The results of mbx_terminal_open.
enum {
  MBX_OPENED = 0,
  MBX_NO_TERMINAL = 1,      // standard output is no terminal
  MBX_UNKNOWN_TERMINAL = 2, // the terminal database has no entry for TERM
  MBX_POOR_TERMINAL = 3,    // it cannot move the cursor
};

// The commands of mbx_terminal_sequence.
enum {
  MBX_CLEAR = 0,
  MBX_PLAIN,
  MBX_BOLD,
  MBX_DIM,
  MBX_UNDERLINE,
  MBX_REVERSE,
  MBX_FOREGROUND, // a colour's number
  MBX_BACKGROUND, // a colour's number
  MBX_MOVE,       // row, column
};

// The kinds of events.
enum {
  MBX_NOTHING = 0,
  MBX_CHARACTER = 1, // value: a Unicode scalar
  MBX_KEY = 2,       // value: one of the keys below, or MBX_FUNCTION + n
  MBX_MOUSE = 3,     // value: one of the mouse's below
  MBX_RESIZED = 4,   // x, y: columns and rows
  MBX_CLOSED = 5,    // the terminal is gone
  MBX_SIGNALLED = 6, // value: the number of the signal that asks to end
  MBX_PASTE_BEGINS = 7, // characters up to the end were pasted
  MBX_PASTE_ENDS = 8,
  MBX_REPLY = 9,     // the terminal answered; mbx_terminal_reply says what
};

enum {
  MBX_UP = 1, MBX_DOWN, MBX_LEFT, MBX_RIGHT, MBX_ENTER, MBX_BACKSPACE, MBX_DELETE, MBX_INSERT,
  MBX_HOME, MBX_END, MBX_PAGE_UP, MBX_PAGE_DOWN, MBX_BACK_TAB,
  MBX_FUNCTION = 1000,
};

enum { MBX_PRESS = 1, MBX_RELEASE, MBX_WHEEL_UP, MBX_WHEEL_DOWN };

struct mbx_event {
  int32_t kind;
  int32_t value;
  int32_t x;
  int32_t y;
};

// Whether the locale, as far as it is installed, can show Unicode.
int mbx_terminal_speaks_unicode(void);

// Takes the terminal over and clears it. If standard input is no terminal, keys come from the
// terminal of standard output.
int mbx_terminal_open(void);

// Restores the terminal.
void mbx_terminal_close(void);

// Turns mouse events on, or leaves the mouse to the terminal.
void mbx_terminal_mouse(int is_on);

// The number of colours in the terminal's database entry.
int32_t mbx_terminal_colors(void);

// Whether the screen scrolls when its last cell is written.
int mbx_terminal_scrolls_at_the_end(void);

// Writes the sequence for the command `what` with up to two numbers into `buffer`. Returns its
// length in bytes; 0 if the terminal lacks the command or `capacity` is too small.
size_t mbx_terminal_sequence(
    int32_t what, int32_t first, int32_t second, uint8_t *buffer, size_t capacity);

void mbx_terminal_size(int32_t *columns, int32_t *rows);

// The size of a cell in pixels; returns 0 if the terminal's driver does not know.
int mbx_terminal_cell(int32_t *width, int32_t *height);

// Writes bytes to the terminal directly, not through ncurses.
void mbx_terminal_send(const uint8_t *bytes, size_t count);

// Whether the terminal accepts bytes without making the program wait.
int mbx_terminal_is_ready(void);

// Whether input is waiting, or the terminal is gone.
int mbx_terminal_has_input(void);

// Returns the next event that has arrived, or MBX_NOTHING.
struct mbx_event mbx_terminal_next(void);

// The terminal's last reply without its escape characters; at most MBX_REPLY_LENGTH bytes.
enum { MBX_REPLY_LENGTH = 512 };
size_t mbx_terminal_reply(char *buffer, size_t capacity);

// Whether the terminal understands xterm's queries and ignores those that it does not know.
int mbx_terminal_answers(void);

// Waits for an event or mbx_terminal_wake, at most for the given time.
void mbx_terminal_wait(int32_t milliseconds);

// Ends a wait; can be called from any thread.
void mbx_terminal_wake(void);

// Whether SIGTSTP asked the program to stop since the last call.
int mbx_terminal_is_to_stop(void);

// Restores the terminal and stops the program as Ctrl-Z does, until it is continued.
void mbx_terminal_suspend(void);

// If the program was stopped and continued, by anyone: takes the terminal over again, cleared, and
// returns 1.
int mbx_terminal_resume(void);

#endif
