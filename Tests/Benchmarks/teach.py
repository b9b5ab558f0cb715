#!/usr/bin/env python3
"""Seconds from a digit to a last layer that has learned that photo, on the explorer's Teach screen.

The explorer runs in a pseudo-terminal on a folder of photos, which are dealt out to two classes; for
each photo from the second on the time is taken from the press until the screen says that it is learned,
and until it says how many of those held back are right. Beside it stands the time that scikit-learn's
LogisticRegression takes to fit as many made-up features, mirror images included, without looking at any
photo or drawing anything.

    pip install numpy pyte scikit-learn
    swift build -c release
    python3 Tests/Benchmarks/teach.py FOLDER     # of PNG and JPEG files
"""
import argparse
import pathlib
import statistics
import tempfile
import time

import numpy as np
import pyte
from sklearn.linear_model import LogisticRegression

from pseudo_terminal import PseudoTerminal

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 120, 40


class Screen:
    """What a person sees of the program."""

    def __init__(self, command, environment):
        self.terminal = PseudoTerminal(command, COLUMNS, ROWS, environment)
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)

    def until(self, holds, limit=120):
        """Reads until the text of the screen is as wanted; answers the seconds that took."""
        start = time.perf_counter()
        while time.perf_counter() - start < limit:
            if holds("\n".join(self.screen.display)):
                return time.perf_counter() - start
            self.stream.feed(self.terminal._read(0.005))
        raise SystemExit("\n".join(self.screen.display))


def fit(images, width):
    """Seconds that scikit-learn takes for so many images of two classes, and as many mirror images."""
    rng = np.random.default_rng(0)
    classes = np.repeat(np.arange(images) % 2, 2)
    features = np.abs(rng.normal(size=(2 * images, width))) + classes[:, None] * 0.1
    start = time.perf_counter()
    LogisticRegression(max_iter=1000, class_weight="balanced").fit(features, classes)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--weights", default="mobilenet-1.0")
    parser.add_argument("--photos", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        screen = Screen(
            [options.program, str(options.folder), "--weights", options.weights],
            {"XDG_STATE_HOME": state, "XDG_CONFIG_HOME": state})
        screen.until(lambda text: " % " in text)
        screen.terminal.press("T")
        screen.until(lambda text: "teach: 0 classes" in text)
        learned, tested, peer = [], [], []
        for photo in range(options.photos):
            screen.terminal.press("12"[photo % 2])
            counted = f", {photo + 1} picture"
            if photo == 0:
                screen.until(lambda text: "two classes are needed" in text)
                continue
            learned.append(screen.until(
                lambda text: counted in text and "─ learned" in text.split("\n")[1]))
            tested.append(learned[-1] + screen.until(
                lambda text: "held back" in text or "too few" in text))
            peer.append(fit(photo + 1, 1024))
        screen.terminal.press("q")
    for name, times in [("learned", learned), ("tested", tested), ("scikit-learn, fit alone", peer)]:
        print(f"{name:>24}  median {statistics.median(times):.2f} s  most {max(times):.2f} s")
    print(f"{'ratio of the medians':>24}  "
          f"{statistics.median(learned) / statistics.median(peer):.2f} learned to fit alone")


if __name__ == "__main__":
    main()
