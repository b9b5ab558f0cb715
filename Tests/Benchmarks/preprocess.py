#!/usr/bin/env python3
"""Times making a network's input of a 12-megapixel JPEG: this project and Pillow, in turn.

Both read the file, decode it, resize the centred 7/8 to SIDE x SIDE with antialiased bilinear
weights, and normalise to float32. Pillow is measured twice: decoding everything, and with draft(),
which scales while decoding as this project does. Prints the shortest times in milliseconds, their
ratios, and the largest difference of a pixel from Pillow's full path, in grey levels.

    pip install numpy pillow
    python3 Tests/Benchmarks/preprocess.py                  # a picture that is made up
    python3 Tests/Benchmarks/preprocess.py PHOTO.jpg ...
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from PIL import Image, ImageOps

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROP = 0.875


def made_up(path, progressive=False):
    """Noise with as much of each scale as photos have, which compresses about as well."""
    rng = np.random.default_rng(12)
    width, height = 4032, 3024
    pixels = np.full((height, width, 3), 128, "f4")
    for scale, strength in [(1024, 60), (256, 40), (64, 25), (16, 12), (4, 6), (1, 2)]:
        size = width // scale + 2, height // scale + 2
        for channel in range(3):
            grain = Image.fromarray(rng.standard_normal(size[::-1]).astype("f4") * strength)
            pixels[..., channel] += np.asarray(grain.resize((width, height), Image.BICUBIC))
    Image.fromarray(pixels.clip(0, 255).astype("u1")).save(
        path, quality=90, progressive=progressive)


def pillow(path, side, draft):
    """Milliseconds, and the resized pixels."""
    start = time.perf_counter()
    image = Image.open(path)
    width, height = image.size
    if draft:
        # As much larger than what is wanted as this project keeps it.
        shorter = round(5.5 * side / CROP)
        image.draft("RGB", (shorter * width // min(width, height),
                            shorter * height // min(width, height)))
    scale = image.width / width
    image = ImageOps.exif_transpose(image).convert("RGB")
    length = min(width, height) * CROP * scale
    left, top = (image.width - length) / 2, (image.height - length) / 2
    image = image.resize((side, side), Image.BILINEAR,
                         box=(left, top, left + length, top + length))
    pixels = np.asarray(image)
    _ = pixels.astype("f4") * np.float32(1 / 127.5) - np.float32(1)
    return (time.perf_counter() - start) * 1000, pixels


class Ours:
    """The benchmark's process; it works when it is told to."""

    def __init__(self, program, path, side):
        self.process = subprocess.Popen([program, path, str(side)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def run(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"preprocess-benchmark ended with status {self.process.wait()}")
        return float(line)

    def pixels(self, side):
        self.process.stdin.close()
        words = self.process.stdout.read().split()
        self.process.wait()
        return np.array(words, dtype=int).reshape(side, side, 3)


def compare(program, path, side, rounds):
    ours = Ours(program, path, side)
    contenders = {
        "this project": lambda: ours.run(),
        "Pillow": lambda: pillow(path, side, False)[0],
        "Pillow, draft": lambda: pillow(path, side, True)[0],
    }
    times = {name: [] for name in contenders}
    # Everybody warms up once.
    for index in range(rounds + 1):
        for name, run in contenders.items():
            elapsed = run()
            if index:
                times[name].append(elapsed)
    best = {name: min(values) for name, values in times.items()}
    with Image.open(path) as image:
        print(f"{pathlib.Path(path).name}, {image.width}×{image.height}, to {side}×{side}")
    for name, value in best.items():
        print(f"  {name:14} {value:7.1f} ms   {value / best['this project']:5.2f}")
    difference = np.abs(ours.pixels(side) - pillow(path, side, False)[1]).max()
    print(f"  largest difference from Pillow: {difference} grey level(s)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("images", nargs="*")
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    build = ["swift", "build", "-c", "release", "--package-path", ROOT]
    subprocess.run([*build, "--product", "preprocess-benchmark"], check=True)
    folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True)
    program = pathlib.Path(folder.stdout.strip()) / "preprocess-benchmark"
    with tempfile.TemporaryDirectory() as scratch:
        images = options.images
        if not images:
            images = [f"{scratch}/baseline.jpg", f"{scratch}/progressive.jpg"]
            made_up(images[0])
            made_up(images[1], progressive=True)
        for path in images:
            compare(program, path, options.side, options.rounds)


if __name__ == "__main__":
    main()
