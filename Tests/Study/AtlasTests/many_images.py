#!/usr/bin/env python3
"""Memory of `features` and `atlas` while 100,000 tiny images go through them: it must not grow.

A few hundred pictures are made and linked under 100,000 names in ten folders, which are the classes.
Every hundredth file is damaged. What Linux says of the program's memory is read ten times a second;
printed is the most of each quarter of the time, after the first second, in which weights are read.

    pip install numpy pillow
    swift build -c release
    python3 Tests/Study/AtlasTests/many_images.py [--images 100000]
"""
import argparse
import os
import pathlib
import subprocess
import tempfile
import time

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[3]
KINDS = 300


def make(folder, count):
    """So many images in ten folders."""
    random = np.random.default_rng(0)
    kinds = folder / "kinds"
    kinds.mkdir()
    for kind in range(KINDS):
        pixels = random.integers(0, 256, (12, 12, 3), dtype=np.uint8)
        path = kinds / f"{kind}.png"
        Image.fromarray(pixels).save(path)
        if kind % 100 == 0:
            path.write_bytes(path.read_bytes()[:40])
    images = folder / "images"
    for index in range(count):
        path = images / f"class{index % 10}" / f"{index}.png"
        if index < 10:
            path.parent.mkdir(parents=True)
        os.link(kinds / f"{index % KINDS}.png", path)
    return images


def watch(command):
    """Seconds, and megabytes at each moment."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = []
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            seen.append((time.perf_counter() - start,
                         int(status.split("VmRSS:")[1].split()[0]) / 1024))
        except (OSError, IndexError):
            pass
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return time.perf_counter() - start, seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        images = make(scratch, options.images)
        for name, output in (("features", "features.npy"), ("atlas", "atlas.safetensors")):
            seconds, seen = watch(
                [options.program, name, str(images), "-o", str(scratch / output),
                 "--weights", "mobilenet-0.25", "--resolution", "32"])
            quarters = [max((memory for moment, memory in seen
                             if moment > 1 and part <= 4 * moment / seconds < part + 1), default=0)
                        for part in range(4)]
            print(f"{name}: {options.images / seconds:.0f} images a second; megabytes at most, by "
                  f"quarter: {' '.join(f'{memory:.0f}' for memory in quarters)}", flush=True)


if __name__ == "__main__":
    main()
