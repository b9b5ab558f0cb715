#!/usr/bin/env python3
"""Times how fast the explorer answers keys, in a real pseudo-terminal.

For every screen it presses keys that change the screen, one after another, and takes the time from
writing the key to reading the last byte of the frame that answers it; a frame has ended when
nothing came for 25 ms and the thread that answers keys waits. Prints the distribution in
milliseconds, how many keys took longer than a display's 16 ms, what the thread that answers keys used
of the processor for one (which a busy machine changes less), and the bytes that a frame takes. Then:
the time from exec to the first complete screen and to the first predictions, for a small PNG and a
12-megapixel JPEG (with Pillow and numpy installed), the peak memory of all that, and the processor
time of two seconds at rest.

    python3 Tests/Benchmarks/keys.py
    python3 Tests/Benchmarks/keys.py --size 160x50 --keys 500 --program mobilenet-explorer
    python3 Tests/Benchmarks/keys.py --size 160x50 --options="--glyphs sextants"
    python3 Tests/Benchmarks/keys.py --size 160x50 --terminal sixel
"""
import argparse
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

from pseudo_terminal import REPLIES, PseudoTerminal

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUIET = 0.025

# A screen, how to get there from the layers, and the keys to press on it, over and over.
SCREENS = [
    ("layers", [], ["Down"] * 27 + ["Up"] * 27),
    ("channels", [":layer 3", "Enter"], ["Right", "Right", "Left", "Left"]),
    ("zoom", [":layer 3", "Enter", "Enter"], ["Right", "Down", "Left", "Down"]),
    ("zoom, layers", ["Enter"], ["PgDn"] * 26 + ["PgUp"] * 26),
    ("grid, 1024 channels", [":layer 27", "Enter", "g"], ["Right", "Down", "Left", "Up", "PgDn"]),
    ("grid, layers", ["g"], ["j"] * 26 + ["k"] * 26),
    ("grid, orders", [":layer 27", "Enter", "g"], ["a", "r", "m"]),
    ("kernels, 1024 inputs", [":layer 27", "Enter", "K"], ["Down", "Down", "O"]),
    ("evidence", ["e"], ["Right", "Down", "Left", "Up", ">", "<"]),
    ("input", [], ["i", "Esc"]),
    ("switched off", ["x"], ["Down"] * 27 + ["Up"] * 27),
    ("compare", ["c"], ["Down"] * 16 + ["Up"] * 16),
    ("lesson", [":layer 7", "Enter", "l"], ["Right", "Left"]),
    ("find", ["/"], ["c", "o", "n", "v", "BS", "BS", "BS", "BS"]),
    ("open", ["o"], ["Down", "Up"]),
    ("weights", ["w"], ["Down", "Up"]),
    ("help", ["?"], ["Down", "PgDn", "Up", "PgUp"]),
]


def settle(terminal, quiet=0.3):
    terminal.burst(quiet, limit=20)


def distribution(values):
    values = sorted(values)
    return [values[0], values[len(values) // 2], values[int(len(values) * 0.99)], values[-1]]


def measure(command, size, kind, name, way, keys, count):
    """Milliseconds and bytes of the frames that answered; keys without an answer are left out."""
    terminal = PseudoTerminal(command, *size, kind=kind)
    if terminal.until(b"%") is None:
        sys.exit(f"{command[0]}: no predictions on the screen")
    settle(terminal)
    for key in way:
        terminal.press(key)
        settle(terminal)
    times, work, sizes = [], [], []
    for index in range(count):
        start, used = time.perf_counter(), terminal.key_loop_seconds()
        terminal.press(keys[index % len(keys)])
        last, bytes_read = terminal.burst(QUIET)
        if last:
            times.append((last - start) * 1000)
            work.append((terminal.key_loop_seconds() - used) * 1000)
            sizes.append(bytes_read)
    peak = terminal.megabytes("VmHWM")
    if not terminal.is_running():
        sys.exit(f"{name}: the program ended with status {terminal.status}")
    terminal.close()
    print(f"{name:22}{len(times):5}{columns(times)}{columns(work, 1, 2)}"
          + "".join(f"{value:8}" for value in distribution(sizes)[1:]), flush=True)
    return times, work, sizes, peak


def columns(milliseconds, *chosen):
    """The distribution, or what of it is chosen, and how many took longer than a display's frame."""
    values = distribution(milliseconds)
    values = [values[place] for place in chosen] or values
    return "".join(f"{value:7.1f}" for value in values) + f"{sum(t > 16 for t in milliseconds):7}"


def start(program, size, kind, name, image, rounds):
    """Prints the shortest times to the first screen and to the predictions."""
    screens, answers, peaks = [], [], []
    for _ in range(rounds):
        terminal = PseudoTerminal([program, image], *size, kind=kind)
        screens.append(terminal.until(b"quit") * 1000)
        answers.append(terminal.until(b"%") * 1000)
        settle(terminal)
        peaks.append(terminal.megabytes("VmHWM"))
        terminal.close()
    print(f"{name:22}first screen {min(screens):6.0f} ms   predictions {min(answers):6.0f} ms   "
          f"peak {max(peaks):5.0f} MB")


def rest(program, size, kind, seconds=2):
    terminal = PseudoTerminal([program], *size, kind=kind)
    terminal.until(b"%")
    settle(terminal, 0.5)
    before = terminal.processor_seconds()
    _, count = terminal.burst(seconds, seconds)
    used = terminal.processor_seconds() - before
    terminal.close()
    print(f"{seconds} s at rest: {used * 1000:.0f} ms of the processor, {count} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", help="default: a release build of this checkout")
    parser.add_argument("--size", action="append", help="columns x rows; more than once for several")
    parser.add_argument("--keys", type=int, default=2000, help="keys in all, for each size")
    parser.add_argument("--screen", default="", help="only screens whose names contain this")
    parser.add_argument("--options", default="", help="options for the program, as --pixels kitty")
    parser.add_argument("--terminal", choices=REPLIES, default="plain",
                        help="the kind of terminal to reply as")
    options = parser.parse_args()
    program = options.program
    if not program:
        build = ["swift", "build", "-c", "release", "--package-path", ROOT]
        subprocess.run([*build, "--product", "mobilenet-explorer"], check=True)
        folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True,
                                text=True)
        program = pathlib.Path(folder.stdout.strip()) / "mobilenet-explorer"
    program = str(program)

    chosen = [screen for screen in SCREENS if options.screen in screen[0]]
    if not chosen:
        parser.error(f"--screen: expected a part of {'; '.join(screen[0] for screen in SCREENS)}")
    sizes = [tuple(map(int, size.split("x"))) for size in options.size or ["80x24", "160x50"]]
    for size in sizes:
        print(f"\n{size[0]}×{size[1]}, true colour, width 1, 224\n"
              f"{'':22}{'':5}{'until the frame, ms':^35}{'processor, ms':>21}{'bytes':>24}\n"
              f"{'':22} keys    min median    p99    max    >16 median    p99    >16"
              f"  median     p99     max")
        everything, work, sent, peaks = [], [], [], []
        for name, way, keys in chosen:
            times, used, bytes_sent, peak = measure(
                [program, *shlex.split(options.options)], size, options.terminal, name, way, keys,
                options.keys // len(chosen))
            everything += times
            work += used
            sent += bytes_sent
            peaks.append(peak)
        within = 100 * sum(t <= 16 for t in work) / len(work)
        print(f"{'all':22}{len(everything):5}{columns(everything)}{columns(work, 1, 2)}"
              + "".join(f"{value:8}" for value in distribution(sent)[1:])
              + f"\n{within:.1f} % of the keys took at most 16 ms of the processor; "
              f"peak memory {max(peaks):.0f} MB")
    if options.screen:
        return
    print()
    start(program, sizes[0], options.terminal, "small PNG",
          str(ROOT / "Samples/Images/circle.png"), 5)
    try:
        from preprocess import made_up
    except ImportError:
        print("12-megapixel JPEG     left out: pip install numpy pillow")
    else:
        with tempfile.TemporaryDirectory() as folder:
            made_up(f"{folder}/large.jpg")
            start(program, sizes[0], options.terminal, "12-megapixel JPEG",
                  f"{folder}/large.jpg", 5)
    rest(program, sizes[0], options.terminal)


if __name__ == "__main__":
    main()
