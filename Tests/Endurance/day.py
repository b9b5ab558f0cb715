#!/usr/bin/env python3
"""A day in the life: hours of keys, new sizes, photos, suspends and streams, pressed into minutes.

One explorer stays open all the time; streams come and go beside it. After each round it rests, and its
memory and open files are counted. In the end it must quit with status 0 and leave the terminal as it
was. From the second quarter on no more files may be open than before, and the memory must be flat: the
medians of the third and the last quarter are at most a quarter larger than that of the second.

    python3 Tests/Endurance/day.py --program .build/release/mobilenet-explorer
    python3 Tests/Endurance/day.py --minutes 5 --seed 7 --program ...
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import statistics
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "Weights/Files/mobilenet-0.5.safetensors"
sys.path.insert(0, str(ROOT / "Tests/Benchmarks"))
from pseudo_terminal import PseudoTerminal  # noqa: E402
from random_keys import event  # noqa: E402


def rest(terminal):
    """Goes back to the first screen and waits until nothing is computed or drawn any more."""
    for _ in range(12):
        terminal.press("Esc")
        terminal.burst(0.03)
    idle, end = 0, time.monotonic() + 120
    while idle < 10 and time.monotonic() < end and terminal.is_running():
        terminal.burst(0.05, 0.05)
        idle = idle + 1 if terminal.is_idle() else 0
    if idle < 10 and terminal.is_running():
        sys.exit("it does not come to rest in two minutes")


def open_files(terminal):
    return len(os.listdir(f"/proc/{terminal.process}/fd"))


def stream(program, folder, dice, environment):
    """A stream that is looked at for a few seconds, and quit."""
    terminal = PseudoTerminal(
        [program, "live", folder, "--rate", "30", "--weights", "mobilenet-0.25"], 100, 30,
        environment, folder)
    if terminal.until(b"%") is None:
        sys.exit("a stream shows no predictions")
    for key in dice.choices(["g", "Enter", "Esc", "Down", "Space", ",", ".", "e", "R"], k=30):
        terminal.press(key)
        terminal.burst(0.02, 0.1)
    for key in ["Esc"] * 12 + ["q"]:
        terminal.press(key)
        terminal.burst(0.03, 0.2)
    quit_program(terminal, "a stream")


def quit_program(terminal, name):
    end = time.monotonic() + 20
    while terminal.is_running() and time.monotonic() < end:
        terminal.press("q")
        terminal.burst(0.1, 0.3)
    if terminal.is_running() or terminal.status != 0:
        sys.exit(f"{name} did not quit with status 0: {terminal.status}")
    os.close(terminal.file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        photos = []
        for image in sorted((ROOT / "Samples/Images").glob("*.*")):
            if image.suffix in (".png", ".jpg"):
                photos.append(shutil.copy(image, folder))
        environment = {"XDG_STATE_HOME": folder + "/state", "XDG_CONFIG_HOME": folder}
        terminal = PseudoTerminal(
            [program, folder, "--weights", "mobilenet-0.5"], 120, 40, environment, folder)
        # Before the program has changed anything: its first lines take longer than this.
        before = termios.tcgetattr(terminal.file)
        if terminal.until(b"%") is None:
            sys.exit("no predictions on the screen")
        end = time.monotonic() + 60 * options.minutes
        memory, files, keys = [], [], 0
        while time.monotonic() < end:
            for _ in range(dice.randint(200, 400)):
                terminal.press(event(dice))
                terminal.burst(0, 1)
                keys += 1
            for _ in range(dice.randint(1, 20)):
                terminal.resize(dice.randint(1, 200), dice.randint(1, 60))
                terminal.burst(0.01)
            terminal.resize(120, 40)
            os.kill(terminal.process, signal.SIGSTOP)
            time.sleep(0.1)
            os.kill(terminal.process, signal.SIGCONT)
            rest(terminal)
            for photo in dice.choices(photos, k=3):
                terminal.press(f"\x1b[200~{photo}\x1b[201~")
                terminal.burst(0.2)
            if dice.random() < 0.3:
                stream(program, folder, dice, environment)
            # Wherever the keys led, memory is compared with the same network and photo.
            for path in (WEIGHTS, photos[0]):
                rest(terminal)
                terminal.press(f"\x1b[200~{path}\x1b[201~")
                terminal.burst(0.5)
            rest(terminal)
            if not terminal.is_running():
                sys.exit(f"ended with status {terminal.status} after {keys} keys")
            memory.append(terminal.megabytes("VmRSS"))
            files.append(open_files(terminal))
            print(f"round {len(memory)}: {keys} keys, {memory[-1]:.0f} MB, {files[-1]} open files",
                  file=sys.stderr, flush=True)
            for saved in pathlib.Path(folder).glob("*-*.*"):
                saved.unlink()
        quarter = len(memory) // 4
        parts = [memory[i * quarter:(i + 1) * quarter] or [0] for i in range(4)]
        medians = [statistics.median(part) for part in parts]
        print(f"{keys} keys, {len(memory)} rounds, seed {options.seed}: medians of the quarters "
              + ", ".join(f"{value:.0f}" for value in medians) + " MB, open files "
              + f"{files[0]} after the first round, {files[quarter]} after the first quarter, "
              + f"{files[-1]} after the last")
        quit_program_with_terminal(terminal, before)
        if quarter and max(medians[2:]) > 1.25 * medians[1]:
            sys.exit("the memory grows")
        if files[-1] > files[quarter]:
            sys.exit("files stay open")


def quit_program_with_terminal(terminal, before):
    """Quits, and compares the terminal's settings with those of the beginning."""
    terminal.press("q")
    if terminal.until(b"\x1b[?1049l", 10) is None:
        sys.exit("the terminal was not given back")
    settings = termios.tcgetattr(terminal.file)
    quit_program(terminal, "the explorer")
    if settings[:4] != before[:4]:
        sys.exit("the terminal is not as it was")


if __name__ == "__main__":
    main()
