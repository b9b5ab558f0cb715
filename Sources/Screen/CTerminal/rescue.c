#include "rescue.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "keys.h"

static struct {
  int input, output, wake;
  struct termios settings;
  char reset[512];
  size_t reset_count;
} rescue = {.input = -1, .wake = -1};

static volatile sig_atomic_t asked, stopping, continued;

// The kinds of signals: those that do not end the program, those that ask the loop to end, and
// crashes.
enum ending { GOES_ON, POLITE, FATAL };

// The loop answers polite signals; fatal ones leave no time for that.
static enum ending ending(int number) {
  switch (number) {
    case SIGSEGV: case SIGBUS: case SIGILL: case SIGTRAP: case SIGABRT: case SIGFPE: case SIGSYS:
      return FATAL;
    // These cannot be caught.
    case SIGKILL: case SIGSTOP:
    case SIGTSTP: case SIGTTIN: case SIGTTOU: case SIGCONT: case SIGCHLD: case SIGURG: case SIGWINCH:
    // The program ignores SIGXFSZ: a file that outgrows its limit then fails with an error, as on a
    // full disk.
    case SIGXFSZ:
#ifdef __APPLE__
    case SIGIO: case SIGINFO:
#endif
      return GOES_ON;
    // All other signals end a program, including those without names (real-time signals).
    default:
      return POLITE;
  }
}

static struct sigaction before[NSIG], before_continued, before_stopping;

static void remember_sequence(const char *value) {
  const size_t count = strlen(value);
  if (rescue.reset_count + count > sizeof rescue.reset) return;
  memcpy(rescue.reset + rescue.reset_count, value, count);
  rescue.reset_count += count;
}

static void remember(const char *capability) {
  const char *value = tigetstr((NCURSES_CONST char *)capability);
  if (value && value != (char *)-1) remember_sequence(value);
}

void mbx_rescue_arm(int input, int output) {
  rescue.input = input;
  rescue.output = output;
  tcgetattr(input, &rescue.settings);
  rescue.reset_count = 0;
  // Turns off mouse reports of every kind; terminals without a mouse ignore this.
  if (tigetstr("kmous") && tigetstr("kmous") != (char *)-1) {
    remember_sequence("\033[?1000l\033[?1002l\033[?1006l");
    // Ends a synchronised update, and the reports of colour changes.
    remember_sequence("\033[?2026l\033[?2031l");
  }
  remember_sequence(mbx_keys_bracket_paste(0));
  remember("sgr0");
  remember("cnorm");
  remember("rmkx");
  remember("rmcup");
}

static void on_polite(int number) {
  const int error = errno;
  asked = number;
  if (write(rescue.wake, "", 1) < 0) errno = error;
}

// The loop stops the program, because only the loop knows how to leave the terminal.
static void on_job_control(int number) {
  const int error = errno;
  if (number == SIGCONT) continued = 1; else stopping = 1;
  if (write(rescue.wake, "", 1) < 0) errno = error;
}

// Calls only functions that are safe in a signal handler (signal-safety(7)).
static void on_fatal(int number) {
  if (write(rescue.output, rescue.reset, rescue.reset_count) < 0) errno = 0;
  tcsetattr(rescue.input, TCSANOW, &rescue.settings);
  signal(number, SIG_DFL);
  raise(number);
}

void mbx_rescue_listen(int wake) {
  rescue.wake = wake;
  asked = 0;
  // A separate stack, because a crash may be an overflow of the usual one.
  static char stack[32768];
  const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action = {0};
  sigemptyset(&action.sa_mask);
  // The C library reserves some signal numbers and refuses them.
  for (int number = 1; number < NSIG; number++) {
    const enum ending kind = ending(number);
    if (kind == GOES_ON) continue;
    action.sa_handler = kind == POLITE ? on_polite : on_fatal;
    action.sa_flags = kind == POLITE ? 0 : SA_ONSTACK | SA_NODEFER;
    sigaction(number, &action, &before[number]);
  }
  action.sa_handler = on_job_control;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCONT, &action, &before_continued);
  sigaction(SIGTSTP, NULL, &before_stopping);
  // A parent that could not continue the program had it ignore SIGTSTP.
  if (before_stopping.sa_handler != SIG_IGN) sigaction(SIGTSTP, &action, NULL);
}

void mbx_rescue_disarm(void) {
  sigaction(SIGCONT, &before_continued, NULL);
  sigaction(SIGTSTP, &before_stopping, NULL);
  for (int number = 1; number < NSIG; number++) {
    if (ending(number) != GOES_ON) sigaction(number, &before[number], NULL);
  }
}

int mbx_rescue_signal(void) { return asked; }

int mbx_rescue_is_to_stop(void) {
  const int is = stopping;
  stopping = 0;
  return is;
}

int mbx_rescue_was_continued(void) {
  const int was = continued;
  continued = 0;
  return was;
}

void mbx_rescue_stop(void) {
  struct sigaction action = {0}, kept;
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, NULL, &kept);
  // Stops the whole process group, as the terminal does, so that the other end of a pipe stops too.
  // The program itself ignores that signal and then raises its own in this thread: another thread
  // might take the group's signal later, when this one had already drawn again.
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  struct sigaction ignored = {0};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &ignored, NULL);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &action, NULL);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &kept, NULL);
  // If no shell could continue the program, it did not stop, and no SIGCONT comes.
  continued = 1;
}
