#!/usr/bin/env python3
"""Prints which share of every screen's cells shows nothing, in a real pseudo-terminal.

The program saves each screen itself, with its colours (s, 2); a cell is empty if it is a space on the
terminal's own ground. Prints a row for each screen and a column for each size, in percent.

    swift build -c release
    python3 Tests/Benchmarks/empty.py .build/release/mobilenet-explorer
    python3 Tests/Benchmarks/empty.py PROGRAM --size 200x60 --screen weights --image photo.jpg
"""
import argparse
import pathlib
import re
import sys
import tempfile
import unicodedata

from pseudo_terminal import PseudoTerminal

SIZES = ["80x24", "120x40", "160x50", "200x60"]
# A screen and the keys that lead there from the layers.
SCREENS = [
    ("layers", []),
    ("grid, conv1", ["g"]),
    ("grid, conv4_1_sep", [":layer 11\r", "g"]),
    ("grid, fc7", [":layer 29\r", "g"]),
    ("zoom", [":layer 7\r", "Enter"]),
    ("kernels, conv1", ["K"]),
    ("kernels, dw", [":layer 8\r", "K"]),
    ("kernels, pw", [":layer 11\r", "K"]),
    ("kernels, fc7", [":layer 29\r", "K"]),
    ("evidence", ["e"]),
    ("switched off", [":layer 9\r", "x"]),
    ("nothing off", ["X"]),
    ("compare, table", ["c"]),
    ("compare, plot", ["c", "\t"]),
    ("compare, others", ["c", "\t", "\t"]),
    ("why", ["G"]),
    ("weights", ["w", "Down"]),
    ("input", ["i"]),
    ("help", ["?"]),
] + [(f"lesson {number}", [":layer 8\r", "l", str(number)]) for number in range(1, 9)]
SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|(.)", re.DOTALL)


def share(text, columns, rows):
    """The share of cells that are spaces without a background, of lines with SGR sequences."""
    filled, lines = 0, text.split("\n")
    for line in lines[:rows]:
        has_ground = False
        for codes, sign in SEQUENCE.findall(line):
            if sign:
                width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
                filled += width if sign != " " or has_ground else 0
                continue
            codes = [int(code or 0) for code in re.split("[;:]", codes)]
            if codes[0] == 0:
                has_ground = False
            place = 0
            while place < len(codes):
                code = codes[place]
                if code in (7, 48) or 40 <= code <= 47 or 100 <= code <= 107:
                    has_ground = True
                # What follows 38 and 48 says which colour.
                place += {2: 5, 5: 3}.get((codes + [0, 0])[place + 1], 1) if code in (38, 48) else 1
    return 1 - filled / (columns * rows)


def measure(program, image, size, keys, patience):
    columns, rows = map(int, size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        terminal = PseudoTerminal(
            [program, *image, "--glyphs", "half"], columns, rows,
            {"XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}, folder)
        if terminal.until(b"%") is None:
            sys.exit(f"{program}: no predictions on the screen")
        for key in keys:
            terminal.burst(0.3, 10)
            terminal.press(key)
        # Until what is measured is there.
        terminal.burst(patience, 40)
        for key in "s2":
            terminal.press(key)
            terminal.burst(0.3, 10)
        terminal.close()
        saved = list(pathlib.Path(folder).glob("*.ans"))
        if len(saved) != 1:
            sys.exit(f"{keys}: the program saved {len(saved)} screens")
        return share(saved[0].read_text(encoding="utf-8"), columns, rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--size", action="append", help="columns x rows; more than once for several")
    parser.add_argument("--screen", default="", help="only screens whose names contain this")
    parser.add_argument("--image", help="default: a bundled sample")
    parser.add_argument("--patience", type=float, default=1.5,
                        help="seconds without a change after which a screen is whole")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    image = [str(pathlib.Path(options.image).resolve())] if options.image else ["--sample", "teapot"]
    sizes = options.size or SIZES
    print("empty, %".ljust(22) + "".join(size.rjust(9) for size in sizes))
    for name, keys in SCREENS:
        if options.screen in name:
            shares = [measure(program, image, size, keys, options.patience) for size in sizes]
            print(name.ljust(22) + "".join(f"{100 * value:9.0f}" for value in shares), flush=True)


if __name__ == "__main__":
    main()
