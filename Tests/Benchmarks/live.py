#!/usr/bin/env python3
"""How many frames a second the explorer infers while it draws them in a pseudo-terminal.

usage: python3 Tests/Benchmarks/live.py [--program PATH] [--seconds S] [--size COLSxROWS]
       python3 Tests/Benchmarks/live.py --memory [--frames 20000]
       python3 Tests/Benchmarks/live.py --slow [--line 20]

Frames of 640×480 come through a pipe as fast as they are taken (--every-frame --rate 0): the
patterns testsrc2 and mandelbrot where ffmpeg is installed, and a moving pattern of this script's
own. They are made before anything is measured. The program's own totals are printed, which it says
when it ends, beside the bytes that it sent to the terminal and the processor time that it took for a frame,
which says more on a machine that others use as well.

With --slow the terminal is at the end of a line that takes that many kB a second, and frames come 30
times a second: of them none is to be skipped, while few are drawn. Keys are pressed meanwhile, and the
time until what they open has come through the line is printed.

With --memory the resident memory is printed while that many frames go by, with the grid drawn.

needs: nothing but Python, and ffmpeg for its patterns; build with swift build -c release first
"""
import argparse, fcntl, os, pty, re, resource, select, shutil, signal, struct, subprocess, sys, tempfile, termios, threading, time

from pseudo_terminal import PseudoTerminal

parser = argparse.ArgumentParser()
parser.add_argument('--program', default='.build/release/mobilenet-explorer')
parser.add_argument('--seconds', type=float, default=15)
parser.add_argument('--size', default='120x40')
parser.add_argument('--memory', action='store_true')
parser.add_argument('--frames', type=int, default=20000)
parser.add_argument('--slow', action='store_true')
parser.add_argument('--line', type=float, default=20)
options = parser.parse_args()

WIDTH, HEIGHT, FRAMES = 640, 480, 90
WIDE = ['--weights', 'mobilenet-1.0', '--resolution', '224']
SMALL = ['--weights', 'mobilenet-0.25', '--resolution', '128']


def pattern():
    """Stripes and colours that move everywhere, as (header, frames)."""
    row = bytes(i * 3 % 256 for i in range(4 * WIDTH))
    chroma = [bytes((i * i // 60 + k) % 256 for i in range(WIDTH)) for k in range(256)]

    def frame(k):
        y = b''.join(row[(4 * k + 2 * j) % 512:][:WIDTH] for j in range(HEIGHT))
        u = b''.join(chroma[(5 * k + j) % 256][:WIDTH // 2] for j in range(HEIGHT // 2))
        v = b''.join(chroma[(3 * k + 2 * j) % 256][:WIDTH // 2] for j in range(HEIGHT // 2))
        return b'FRAME\n' + y + u + v
    header = f'YUV4MPEG2 W{WIDTH} H{HEIGHT} F30:1 C420jpeg\n'.encode()
    return header, [frame(k) for k in range(FRAMES)]


def ffmpeg(source):
    """A pattern of ffmpeg's, as (header, frames)."""
    command = ['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', f'{source}=size={WIDTH}x{HEIGHT}:rate=30',
               '-frames:v', str(FRAMES), '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', '-']
    data = subprocess.run(command, capture_output=True, check=True).stdout
    end = data.index(b'\n') + 1
    size = 6 + WIDTH * HEIGHT * 3 // 2
    return data[:end], [data[at:at + size] for at in range(end, len(data), size)]


class Feeder(threading.Thread):
    """Writes a clip into a pipe over and over, as fast as it is read."""

    def __init__(self, clip, descriptor, count=None):
        super().__init__(daemon=True)
        self.clip, self.descriptor, self.count, self.written = clip, descriptor, count, 0

    def run(self):
        header, frames = self.clip
        try:
            os.write(self.descriptor, header)
            while self.count is None or self.written < self.count:
                data = memoryview(frames[self.written % len(frames)])
                while data:
                    data = data[os.write(self.descriptor, data):]
                self.written += 1
        except (BrokenPipeError, OSError):
            pass
        os.close(self.descriptor)


def cost(before, totals):
    """The processor time of a process that ended since `before`, a frame that it inferred."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    inferred = re.search(r'([\d,]+) inferred', totals)
    count = int(inferred.group(1).replace(',', '')) if inferred else 0
    return f'{1000 * seconds / count:.1f} ms of processor time a frame' if count else 'no frames'


def show(clip, arguments, keys, until, frames=None):
    """Runs the program in a pseudo-terminal until `until(seconds, feeder, pid)`; answers its
    totals and the bytes that it sent a second."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    source, sink = os.pipe()
    columns, rows = map(int, options.size.split('x'))
    pid, terminal = pty.fork()
    if pid == 0:
        os.dup2(source, 0)
        os.close(sink)
        os.environ.update(TERM='xterm-256color', COLORTERM='truecolor', LC_ALL='C.UTF-8')
        os.environ.pop('NO_COLOR', None)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
        os.execv(options.program,
                 [options.program, 'live', '-', '--every-frame', '--rate', '0'] + arguments)
    os.close(source)
    feeder = Feeder(clip, sink, frames)
    feeder.start()
    start, sent, tail, pressed, duration, asked = time.time(), 0, b'', False, None, 0
    while True:
        seconds = time.time() - start
        if not pressed and sent > 0 and seconds > 1:
            os.write(terminal, keys)
            pressed = True
        if duration is None and pressed and until(seconds, feeder, pid):
            duration = seconds
        # From another screen than home the first q leads there.
        if duration is not None and time.time() - asked > 0.5:
            os.write(terminal, b'q')
            asked = time.time()
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                data = os.read(terminal, 1 << 16)
            except OSError:
                break
            if not data:
                break
            sent += len(data) if duration is None else 0
            tail = (tail + data)[-4000:]
    os.waitpid(pid, 0)
    text = tail.decode(errors='replace').replace('\r\n', '')
    totals = re.search(r'total: .*?drawing [\d.]+', text)
    line = totals.group(0) if totals else f'no totals: {text[-300:]!r}'
    return f'{line}; {cost(before, line)}', sent / duration


def report(clip, arguments):
    """Runs the program without a screen for a while; answers its totals."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    source, sink = os.pipe()
    process = subprocess.Popen(
        [options.program, 'live', '-', '--every-frame', '--rate', '0', '--report'] + arguments,
        stdin=source, stdout=subprocess.PIPE, text=True)
    os.close(source)
    Feeder(clip, sink).start()
    time.sleep(options.seconds / 2)
    process.send_signal(signal.SIGINT)
    line = process.communicate()[0].strip().split('\n')[-1]
    return f'{line}; {cost(before, line)}'


def resident(pid):
    return int(subprocess.run(['ps', '-o', 'rss=', '-p', str(pid)], capture_output=True, text=True).stdout) / 1024


def memory():
    """Prints the resident memory of a run with the grid drawn, at each tenth of its frames."""
    marks = [options.frames * tenth // 10 for tenth in range(1, 11)]

    def until(seconds, feeder, pid):
        while marks and feeder.written >= marks[0]:
            print(f'{marks.pop(0):7} frames  {resident(pid):7.1f} MB resident', flush=True)
        return not marks
    totals, _ = show(pattern(), SMALL, b'g', until, options.frames)
    print(totals)


class SlowLine:
    """Reads a terminal's output at some kB a second."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.start, self.count = time.time(), 0

    def until(self, text, limit):
        """Reads until `text` came or `limit` seconds have passed; answers how long that took."""
        begin, seen = time.time(), b''
        while text not in seen and time.time() - begin < limit:
            # What was not taken in time is not made up for later.
            self.count = max(self.count, (time.time() - self.start - 0.1) * options.line * 1000)
            due = (time.time() - self.start) * options.line * 1000 - self.count
            if due < 200 or not select.select([self.terminal.file], [], [], 0.05)[0]:
                time.sleep(0.01)
                continue
            data = os.read(self.terminal.file, int(due))
            self.count += len(data)
            seen = seen[-len(text):] + data
        return time.time() - begin


def slow():
    with tempfile.TemporaryDirectory() as folder:
        fifo = f'{folder}/clip'
        os.mkfifo(fifo)
        columns, rows = map(int, options.size.split('x'))
        terminal = PseudoTerminal([options.program, 'live', fifo, '--rate', '30'] + SMALL, columns, rows)
        Feeder(pattern(), os.open(fifo, os.O_WRONLY)).start()
        line, times = SlowLine(terminal), []
        line.until(b'frame', 20)
        for _ in range(8):
            line.until(b'no such text', 1)
            # Words of the first rows, of which nothing stands there before.
            for key, text in [('g', b'by index'), ('Esc', b'kind')]:
                terminal.press(key)
                times.append(line.until(text, 20))
        terminal.press('q')
        tail = b''
        while select.select([terminal.file], [], [], 2)[0]:
            try:
                tail = (tail + os.read(terminal.file, 1 << 16))[-4000:]
            except OSError:
                break
        terminal.close()
        times.sort()
        print(re.search(r'total: .*?drawing [\d.]+', tail.decode(errors='replace').replace('\r\n', '')).group(0))
        print(f'{options.line:g} kB/s: keys answered after {times[len(times) // 2]:.2f} s (median), '
              f'{times[-1]:.2f} s (the slowest of {len(times)})')


def speed():
    clips = {'pattern': pattern()}
    if shutil.which('ffmpeg'):
        clips.update((name, ffmpeg(name)) for name in ['testsrc2', 'mandelbrot'])
    print(f'{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {options.size} cells in true colour')
    for network in [WIDE, SMALL]:
        print(' '.join(network))
        for threads in sorted({1, os.cpu_count()}):
            totals = report(clips['pattern'], network + ['--threads', str(threads)])
            print(f'  no screen, threads {threads}: {totals}', flush=True)
        for name, clip in clips.items():
            for screen, keys in [('home', b'\x1b[B' * 6), ('grid', b'\x1b[B' * 6 + b'g'), ('why', b'G')]:
                totals, rate = show(
                    clip, network, keys, lambda seconds, feeder, pid: seconds > options.seconds)
                print(f'  {name}, {screen}: {totals}; {rate / 1000:.0f} kB/s sent', flush=True)


if options.memory:
    memory()
elif options.slow:
    slow()
else:
    speed()
