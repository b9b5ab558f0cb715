#!/usr/bin/env python3
"""Whether what `mobilenet-explorer visualize` draws excites its channel more than photos do.

Draws some channels, chosen at random over all convolutions, and compares each channel's mean with
that of every photo in a folder at the same side. Prints how many drawings are ahead of all photos.

    pip install numpy
    swift build -c release
    python3 Tests/Benchmarks/visualize.py FOLDER
"""
import argparse
import json
import pathlib
import random
import subprocess
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = str(ROOT / ".build/release/mobilenet-explorer")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    photos = sorted(p for p in options.folder.rglob("*")
                    if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
    photos = chance.sample(photos, min(options.photos, len(photos)))

    largest = {}
    with tempfile.TemporaryDirectory() as folder:
        for photo in photos:
            run("export", str(photo), "--format", "npy", "--resolution", str(options.side),
                "--output", folder)
            for path in pathlib.Path(folder).glob("conv*.npy"):
                means = np.load(path).mean((0, 1))
                largest[path.stem] = np.maximum(largest.get(path.stem, means), means)

    every = [(name, channel) for name in sorted(largest) for channel in range(len(largest[name]))]
    chosen = chance.sample(every, options.channels)
    ahead, seconds = 0, 0
    for name in sorted({name for name, _ in chosen}):
        channels = sorted(channel for layer, channel in chosen if layer == name)
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            out = run("visualize", "--layer", name, "--channel", ",".join(map(str, channels)),
                      "--steps", str(options.steps), "--side", str(options.side),
                      "--seed", str(options.seed), "--json", "--output", folder + "/drawn.png")
            seconds += time.perf_counter() - start
        for channel, picture in zip(channels, json.loads(out)["pictures"]):
            ahead += picture["value"] > largest[name][channel]
            if picture["value"] <= largest[name][channel]:
                print(f"{name} {channel}: drawn {picture['value']:.3f}, "
                      f"the best photo {largest[name][channel]:.3f}")
    print(f"{ahead} of {options.channels} drawings are ahead of all {len(photos)} photos; "
          f"{seconds / options.channels:.2f} s for each, {options.steps} steps at {options.side}")


if __name__ == "__main__":
    main()
