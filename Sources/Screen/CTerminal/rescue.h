// Restores the terminal whatever ends the program.
#ifndef MBX_RESCUE_H
#define MBX_RESCUE_H

// Remembers the terminal's settings and the sequences that reset it, before ncurses changes
// anything. setupterm must have been called.
void mbx_rescue_arm(int input, int output);

// Installs handlers for the signals that end the program; polite ones write a byte to `wake`.
void mbx_rescue_listen(int wake);

// Restores the signal handlers of before.
void mbx_rescue_disarm(void);

// The signal that asked the program to end; 0 if none did.
int mbx_rescue_signal(void);

// Whether a signal (SIGTSTP) asked the program to stop since the last call; the signal also writes
// to `wake`.
int mbx_rescue_is_to_stop(void);

// Whether the program was continued (SIGCONT) since the last call; the signal also writes to
// `wake`.
int mbx_rescue_was_continued(void);

// Stops the program as Ctrl-Z does; returns when the program is continued.
void mbx_rescue_stop(void);

#endif
