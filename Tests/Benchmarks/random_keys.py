#!/usr/bin/env python3
"""Presses random keys in the real program: nothing may crash, get stuck or grow.

The keys, clicks, turns of the wheel and sizes come from a seed, so that a run can be repeated. Every
thousand of them the help must still open; in the end the program must quit with status 0 and give
the terminal back. Prints the memory along the way, which depends on the weights and photos that are
open, and fails when its median in the last third is a quarter larger than in the third before.

    python3 Tests/Benchmarks/random_keys.py --program .build/release/mobilenet-explorer
    python3 Tests/Benchmarks/random_keys.py --keys 100000 --seed 7 --program ...
"""
import argparse
import pathlib
import random
import shutil
import statistics
import sys
import tempfile

from pseudo_terminal import KEYS, PseudoTerminal

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Not q and Ctrl-C, which end it, and Ctrl-Z, which stops it.
LETTERS = [chr(code) for code in range(33, 127) if chr(code) != "q"] + ["é", "日", "\t", "\x04"]


def event(dice):
    """A key, a word to search for, or what the mouse sends."""
    kind = dice.random()
    if kind < 0.45:
        return dice.choice(list(KEYS))
    if kind < 0.9:
        return dice.choice(LETTERS)
    if kind < 0.93:
        return dice.choice([":layer 27\r", ":channel 9\r", ":place 3,4\r", "/conv\r", "/cat\r"])
    button = dice.choice([0, 0, 64, 65])
    return f"\x1b[<{button};{dice.randint(1, 170)};{dice.randint(1, 55)}M"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        for image in sorted((ROOT / "Samples/Images").glob("*.*")):
            if image.suffix in (".png", ".jpg"):
                shutil.copy(image, folder)
        terminal = PseudoTerminal(
            [str(pathlib.Path(options.program).resolve()), folder, "--weights", "mobilenet-0.5"],
            100, 30, {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder}, folder)
        if terminal.until(b"%") is None:
            sys.exit("no predictions on the screen")

        memory = []
        for step in range(1, options.keys + 1):
            if dice.random() < 0.002:
                terminal.resize(dice.randint(1, 170), dice.randint(1, 55))
            terminal.press(event(dice))
            terminal.burst(0, 1)
            # What was saved is looked at by other tests, and would fill the disk.
            if step % 1000 == 0:
                memory.append(check(terminal, step))
                for saved in pathlib.Path(folder).glob("*-conv*.*"):
                    saved.unlink()
        for _ in range(12):
            terminal.press("Esc")
            terminal.burst(0.1)
        terminal.press("q")
        if terminal.until(b"\x1b[?1049l", 10) is None:
            sys.exit("the terminal was not given back")
        while terminal.is_running():
            terminal.burst(0.05)
        if terminal.status != 0:
            sys.exit(f"ended with status {terminal.status}")
    print(f"{options.keys} keys, seed {options.seed}: at most {max(memory, default=0):.0f} MB")
    third = len(memory) // 3
    if third >= 3:
        before, after = (statistics.median(part) for part in
                         (memory[-2 * third:-third], memory[-third:]))
        print(f"median of the second third {before:.0f} MB, of the last {after:.0f} MB")
        if after > 1.25 * before:
            sys.exit("the memory grows")


def check(terminal, step):
    """Opens the help and leaves it; answers how much memory the program has."""
    terminal.resize(100, 30)
    for _ in range(12):
        terminal.press("Esc")
        terminal.burst(0.03)
    terminal.burst(0.3, 10)
    terminal.press("?")
    terminal.burst(0.3, 10)
    # Only what changed is sent, and some of the help may have stood there; a new size sends all of
    # it. One word, because the cursor may skip the space between two; and more than one size,
    # because a program that is late draws for the first before it has read the key.
    for columns in (101, 100, 101):
        terminal.resize(columns, 30)
        if terminal.until(b"linearly", 7) is not None:
            break
    else:
        sys.exit(f"stuck after {step} keys" if terminal.is_running()
                 else f"ended with status {terminal.status} within {step} keys")
    terminal.press("Esc")
    megabytes = terminal.megabytes("VmRSS")
    print(f"{step:7} keys {megabytes:6.0f} MB", flush=True)
    return megabytes


if __name__ == "__main__":
    main()
