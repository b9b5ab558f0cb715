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

// Polite signals are answered by the loop; the others leave no time for that.
static const int polite[] = {
  SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGPIPE, SIGVTALRM, SIGPROF,
#ifdef __linux__
  SIGIO, SIGPWR, SIGSTKFLT,
#endif
};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS};
enum { polite_count = sizeof polite / sizeof *polite, fatal_count = sizeof fatal / sizeof *fatal };
static struct sigaction before[polite_count + fatal_count], before_continued, before_stopping;

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
  // Mouse reports off, whichever kind was on; terminals without a mouse ignore it.
  if (tigetstr("kmous") && tigetstr("kmous") != (char *)-1) {
    remember_sequence("\033[?1000l\033[?1002l\033[?1006l");
    // Updates are shown at once, and nothing is said of other colours.
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

// Stopping waits for the loop, which alone knows how to leave the terminal.
static void on_job_control(int number) {
  const int error = errno;
  if (number == SIGCONT) continued = 1; else stopping = 1;
  if (write(rescue.wake, "", 1) < 0) errno = error;
}

// Only what may be called in a signal handler (signal-safety(7)).
static void on_fatal(int number) {
  if (write(rescue.output, rescue.reset, rescue.reset_count) < 0) errno = 0;
  tcsetattr(rescue.input, TCSANOW, &rescue.settings);
  signal(number, SIG_DFL);
  raise(number);
}

void mbx_rescue_listen(int wake) {
  rescue.wake = wake;
  asked = 0;
  // A stack of its own, for the crash that used up the other.
  static char stack[32768];
  const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action = {0};
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_polite;
  for (int i = 0; i < polite_count; i++) sigaction(polite[i], &action, &before[i]);
  action.sa_handler = on_job_control;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCONT, &action, &before_continued);
  sigaction(SIGTSTP, NULL, &before_stopping);
  // Where nobody could continue the program, its parent lets it ignore that.
  if (before_stopping.sa_handler != SIG_IGN) sigaction(SIGTSTP, &action, NULL);
  action.sa_handler = on_fatal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &before[polite_count + i]);
}

void mbx_rescue_disarm(void) {
  sigaction(SIGCONT, &before_continued, NULL);
  sigaction(SIGTSTP, &before_stopping, NULL);
  for (int i = 0; i < polite_count; i++) sigaction(polite[i], &before[i], NULL);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &before[polite_count + i], NULL);
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
  // The whole process group, as the terminal itself does it: the other end of a pipe stops too.
  // The program itself ignores that and then stops in this very thread: another one might take
  // the signal a little later, when this one had drawn again.
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
  // Where no shell could continue it, the program was not stopped, and nothing says SIGCONT.
  continued = 1;
}
