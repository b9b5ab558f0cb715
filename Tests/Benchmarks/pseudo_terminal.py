"""A program in a pseudo-terminal of its own, without anything that draws what it sends."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

KEYS = {
    "Up": b"\x1bOA", "Down": b"\x1bOB", "Right": b"\x1bOC", "Left": b"\x1bOD",
    "Home": b"\x1bOH", "End": b"\x1bOF", "PgUp": b"\x1b[5~", "PgDn": b"\x1b[6~",
    "Enter": b"\r", "Esc": b"\x1b", "BS": b"\x7f", "Space": b" ",
}

# What kinds of terminals reply to all queries at the start; the last reply ends the wait for them.
REPLIES = {
    "plain": b"\x1b[?62c",
    "kitty": b"\x1bP>|kitty(0.42.0)\x1b\\\x1b[6;16;8t\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\\x1b[?62c",
    "sixel": b"\x1bP>|foot(1.21.0)\x1b\\\x1b[6;16;8t\x1b[?2026;2$y\x1b[?62;4c",
}


class PseudoTerminal:
    """Runs a command; reads what it writes when it is asked to."""

    def __init__(self, command, columns, rows, environment=None, folder=None, kind=None):
        """Of a `kind` of terminal, or one that replies to nothing."""
        self.started = time.perf_counter()
        self.replies = REPLIES.get(kind)
        self.process, self.file = pty.fork()
        if self.process == 0:
            # The size is there before the program asks for it.
            self._resize(1, columns, rows)
            variables = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8",
                             COLORTERM="truecolor", **(environment or {}))
            for name in ("LINES", "COLUMNS", "NO_COLOR"):
                if name not in (environment or {}):
                    variables.pop(name, None)
            try:
                if folder:
                    os.chdir(folder)
                os.execvpe(command[0], command, variables)
            finally:
                os._exit(127)
        self.status = None

    def press(self, key):
        """Types a key by its name, or the text itself."""
        data = KEYS.get(key) or key.encode()
        try:
            os.write(self.file, data)
        except OSError:
            pass  # The program has ended, which its status says.

    def resize(self, columns, rows):
        self._resize(self.file, columns, rows)

    @staticmethod
    def _resize(file, columns, rows):
        fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, seconds):
        """What comes within some seconds; nothing if nothing does or the program has ended."""
        if not select.select([self.file], [], [], max(0, seconds))[0]:
            return b""
        try:
            data = os.read(self.file, 1 << 16)
        except OSError:
            return b""
        if self.replies and b"\x1b[c" in data:
            os.write(self.file, self.replies)
            self.replies = None
        return data

    def until(self, text, limit=30):
        """Reads until `text` has come; answers the seconds since the start, nil if it never does."""
        seen = b""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            seen = seen[-len(text):] + self._read(0.1)
            if text in seen:
                return time.perf_counter() - self.started
        return None

    def burst(self, quiet, limit=5):
        """Reads until nothing came for `quiet` seconds and the thread that answers keys waits;
        answers the time of the last bytes and how many came."""
        last, count = None, 0
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            data = self._read(quiet)
            if data:
                last, count = time.perf_counter(), count + len(data)
            elif self._state(self.process) == "S":
                break
        return last, count

    def is_running(self):
        if self.status is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = status
        return self.status is None

    def processor_seconds(self):
        """What the program has used of the processor."""
        with open(f"/proc/{self.process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def key_loop_seconds(self):
        """What the thread that answers keys has used of the processor, to the nanosecond."""
        with open(f"/proc/{self.process}/task/{self.process}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9

    def is_idle(self):
        """Whether every thread of the program waits for something: one that only waits for a
        processor, on a machine that is busy otherwise, does not."""
        tasks = os.listdir(f"/proc/{self.process}/task")
        return all(self._state(task) == "S" for task in tasks)

    def _state(self, task):
        """R for a thread that runs or waits for a processor, S for one that waits or has ended."""
        try:
            with open(f"/proc/{self.process}/task/{task}/stat") as file:
                return file.read().rsplit(")", 1)[1].split()[0]
        except OSError:
            return "S"

    def megabytes(self, kind):
        """VmHWM, the most memory it ever had, or VmRSS, what it has now."""
        with open(f"/proc/{self.process}/status") as file:
            for line in file:
                if line.startswith(kind + ":"):
                    return int(line.split()[1]) / 1024
        return 0

    def close(self):
        if self.is_running():
            os.kill(self.process, signal.SIGTERM)
            while self.is_running():
                self._read(0.05)
        os.close(self.file)
