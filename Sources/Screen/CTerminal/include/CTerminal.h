// ncurses behind plain integers, because Swift sees neither its macros nor its variadics.
//
// There is one terminal, and all of these are called from one thread, but for
// mbx_terminal_wake.
#ifndef MBX_TERMINAL_H
#define MBX_TERMINAL_H

#include <stddef.h>
#include <stdint.h>

// What mbx_terminal_open answers.
enum {
  MBX_OPENED = 0,
  MBX_NO_TERMINAL = 1,      // standard output is no terminal
  MBX_UNKNOWN_TERMINAL = 2, // the terminal database has no entry for TERM
  MBX_POOR_TERMINAL = 3,    // it cannot move the cursor
};

// What a terminal can be told.
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

// What an event is.
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

// Takes the terminal over, with an empty screen.
// Keys come from the terminal of standard output when standard input is something else.
int mbx_terminal_open(void);

// Gives the terminal back as it was.
void mbx_terminal_close(void);

// Lets the mouse be heard, or leaves it to the terminal.
void mbx_terminal_mouse(int is_on);

// The colours that the terminal's entry in the database speaks of.
int32_t mbx_terminal_colors(void);

// Whether the screen moves up once its last place is written to.
int mbx_terminal_scrolls_at_the_end(void);

// Writes what tells the terminal `what`, with up to two numbers; answers how many bytes that are, 0
// where the terminal can't or `capacity` is too little.
size_t mbx_terminal_sequence(
    int32_t what, int32_t first, int32_t second, uint8_t *buffer, size_t capacity);

void mbx_terminal_size(int32_t *columns, int32_t *rows);

// The pixels of a cell, as far as the terminal's driver knows; answers whether it does.
int mbx_terminal_cell(int32_t *width, int32_t *height);

// Sends bytes past ncurses.
void mbx_terminal_send(const uint8_t *bytes, size_t count);

// Whether the terminal takes bytes without making the program wait.
int mbx_terminal_is_ready(void);

// Whether a key waits, or the terminal is gone.
int mbx_terminal_has_input(void);

// Takes the next event that is already there.
struct mbx_event mbx_terminal_next(void);

// What the terminal answered last, without the escape characters; at most MBX_REPLY_LENGTH bytes.
enum { MBX_REPLY_LENGTH = 512 };
size_t mbx_terminal_reply(char *buffer, size_t capacity);

// Whether the terminal is one that understands xterm's queries, and shows nothing for those that
// it does not know.
int mbx_terminal_answers(void);

// Waits until there may be an event, until mbx_terminal_wake, or for that long.
void mbx_terminal_wait(int32_t milliseconds);

// Ends a wait; from any thread.
void mbx_terminal_wake(void);

// Whether somebody asked the program to stop, by SIGTSTP, since this was last asked.
int mbx_terminal_is_to_stop(void);

// Gives the terminal back and stops the program as Ctrl-Z does, until it is continued.
void mbx_terminal_suspend(void);

// Takes the terminal over again, empty, if the program was stopped, by whomever; answers whether.
int mbx_terminal_resume(void);

#endif
