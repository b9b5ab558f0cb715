#!/usr/bin/env python3
"""Makes the screens of README's tour: the program saves them itself, as pictures (s, 3).

    swift build -c release
    python3 Samples/Screens/make.py .build/release/mobilenet-explorer
"""
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Tests/Benchmarks"))
from pseudo_terminal import PseudoTerminal  # noqa: E402

SIZE = 120, 40
# The name, the bundled sample, and the keys that lead from the layers to the screen.
SCREENS = [
    ("layers", "teapot", [":layer 7\r"]),
    ("zoom", "teapot", [":layer 5\r", "Enter", ":place 20,30\r"]),
    ("grid", "teapot", [":layer 11\r", "g", "O"]),
    ("kernels", "teapot", [":layer 11\r", "K"]),
    ("evidence", "school-bus", ["e", "Right", "Right", "Right", "Down", "Down"]),
    ("switched-off", "school-bus", [":layer 9\r", "g", "O", "v", "Right", "v", "x"]),
]


def save(program, name, sample, keys):
    with tempfile.TemporaryDirectory() as folder:
        # Finer signs would make the files several times as large.
        terminal = PseudoTerminal(
            [program, "--sample", sample, "--glyphs", "half"], *SIZE,
            {"XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}, folder)
        if terminal.until(b"%") is None:
            sys.exit(f"{program}: no predictions on the screen")
        for key in keys + ["s", "3"]:
            terminal.burst(0.5, 10)
            terminal.press(key)
        terminal.burst(0.5, 10)
        terminal.close()
        saved = list(pathlib.Path(folder).glob("*.svg"))
        if len(saved) != 1:
            sys.exit(f"{name}: the program saved {len(saved)} pictures")
        shutil.move(saved[0], HERE / f"{name}.svg")
        print(f"{name}.svg, {(HERE / f'{name}.svg').stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for screen in SCREENS:
        save(str(pathlib.Path(sys.argv[1]).resolve()), *screen)
