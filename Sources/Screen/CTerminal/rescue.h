// What a signal must do so that the terminal is as it was, whatever ends the program.
#ifndef MBX_RESCUE_H
#define MBX_RESCUE_H

// Remembers the terminal's settings and what sets it back, before ncurses changes anything.
// setupterm must have been called.
void mbx_rescue_arm(int input, int output);

// Takes over the signals that end the program; those that ask politely write to `wake`.
void mbx_rescue_listen(int wake);

// Leaves signals as they were before.
void mbx_rescue_disarm(void);

// The signal that asked the program to end; 0 when none did.
int mbx_rescue_signal(void);

// Whether a signal asked the program to stop (SIGTSTP) since this was last asked; that writes to
// `wake` too.
int mbx_rescue_is_to_stop(void);

// Whether the program was stopped and continued since this was last asked; that writes to `wake` too.
int mbx_rescue_was_continued(void);

// Stops the program as Ctrl-Z does; returns when it is continued.
void mbx_rescue_stop(void);

#endif
