#!/usr/bin/env python3
"""Images a second of `atlas`, of `evaluate`, and of a PyTorch loop with forward hooks, in turns.

The loop in PyTorch reads an image with Pillow and keeps the same of every layer: each channel's mean,
mean square and zeros, its largest value with the place, the sixteen images with the largest ones, a
histogram of them, and the sums of each class. Its network has made-up weights, which changes no time.
The programs' times include their start and writing the atlas; that of Python does not. The peak
memory is that of `atlas`.

    pip install numpy pillow torch
    swift build -c release
    python3 Tests/Benchmarks/atlas.py FOLDER     # a folder per class, as `evaluate` takes them
"""
import argparse
import pathlib
import shutil
import subprocess
import tempfile
import time

import numpy as np
import torch
from PIL import Image
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROP = 0.875
TOP = 16
PAIRS = [(1, 64), (2, 128), (1, 128), (2, 256), (1, 256), (2, 512), (1, 512), (1, 512), (1, 512),
         (1, 512), (1, 512), (2, 1024), (1, 1024)]


def network(width, classes):
    def convolution(inputs, outputs, side, stride, groups=1):
        return nn.Sequential(
            nn.Conv2d(inputs, outputs, side, stride, side // 2, groups=groups), nn.ReLU())
    channels = int(32 * width)
    layers = [convolution(3, channels, 3, 2)]
    for stride, outputs in PAIRS:
        layers.append(convolution(channels, channels, 3, stride, channels))
        layers.append(convolution(channels, int(outputs * width), 1, 1))
        channels = int(outputs * width)
    layers += [nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), nn.Linear(channels, classes),
               nn.Softmax(1)]
    return nn.Sequential(*layers).eval()


class Statistics:
    """What is kept of one layer."""

    def __init__(self, classes):
        self.classes = classes
        self.top = None

    def add(self, output, image, label):
        flat = output.reshape(output.shape[1], -1)
        largest, place = flat.max(1)
        mean = flat.mean(1)
        square = flat.square().mean(1)
        zeros = (flat == 0).sum(1)
        if self.top is None:
            count = len(largest)
            self.top = torch.full((count, TOP), -torch.inf)
            self.images = torch.full((count, TOP), -1)
            self.places = torch.zeros((count, TOP), dtype=torch.long)
            self.sums = torch.zeros(3, count, dtype=torch.float64)
            self.class_sums = torch.zeros(self.classes, count, dtype=torch.float64)
            self.histogram = torch.zeros(count, 385, dtype=torch.int32)
        enters = largest > self.top[:, -1]
        if enters.any():
            values = torch.cat([self.top[enters], largest[enters, None]], 1)
            self.top[enters], order = values.topk(TOP, dim=1)
            for kept, new in ((self.images, torch.full_like(place, image)), (self.places, place)):
                both = torch.cat([kept[enters], new[enters, None]], 1)
                kept[enters] = both.gather(1, order)
        self.sums += torch.stack([mean, square, zeros]).double()
        self.class_sums[label] += mean
        octaves = (torch.log2(largest.abs().clamp_min(2.0 ** -12)) * 8 + 96).long().clamp(0, 191)
        self.histogram[torch.arange(len(largest)), octaves] += 1


def in_python(model, paths, classes, side):
    """Seconds for all images."""
    statistics = [Statistics(len(classes)) for _ in model]
    current = {}
    hooks = [
        layer.register_forward_hook(
            lambda _, __, output, kept=kept: kept.add(output, current["image"], current["label"]))
        for layer, kept in zip(model, statistics)]
    start = time.perf_counter()
    with torch.inference_mode():
        for index, path in enumerate(paths):
            image = Image.open(path).convert("RGB")
            length = min(image.size) * CROP
            left, top = (image.width - length) / 2, (image.height - length) / 2
            image = image.resize((side, side), Image.BILINEAR,
                                 box=(left, top, left + length, top + length))
            pixels = np.asarray(image).astype("f4") * np.float32(1 / 127.5) - np.float32(1)
            current["image"], current["label"] = index, classes[path.parent.name]
            model(torch.from_numpy(pixels.transpose(2, 0, 1)[None].copy()))
    seconds = time.perf_counter() - start
    for hook in hooks:
        hook.remove()
    return seconds


def timed(command):
    """Seconds, and the most memory in MB: what Linux says while it runs."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            most = max(most, int(status.split("VmHWM:")[1].split()[0]) / 1024)
        except (OSError, IndexError):
            pass
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return time.perf_counter() - start, most


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--width", default="1.0")
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=300, help="how many images of the folder")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = sorted(file for file in options.folder.glob("*/*") if file.is_file())
    if not files:
        parser.error(f"{options.folder}: expected a folder of images for each class")
    files = files[::max(1, len(files) // options.images)][:options.images]
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "images"
        paths = []
        for file in files:
            paths.append(folder / file.parent.name / file.name)
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, paths[-1])
        classes = {name: index for index, name in enumerate(sorted({p.parent.name for p in paths}))}
        model = network(float(options.width), 200)
        common = ["--weights", f"mobilenet-{options.width}", "--resolution", str(options.side),
                  "--threads", str(options.threads)]
        evaluate = [options.program, "evaluate", str(folder), *common]
        atlas = [options.program, "atlas", str(folder), "-o", f"{scratch}/atlas", *common]
        times = {"atlas": [], "evaluate": [], "PyTorch": []}
        memory = 0
        for _ in range(options.rounds):
            seconds, peak = timed(atlas)
            times["atlas"].append(seconds)
            memory = max(memory, peak)
            times["evaluate"].append(timed(evaluate)[0])
            times["PyTorch"].append(in_python(model, paths, classes, options.side))
        print(f"width {options.width} at {options.side}, {len(paths)} images of {len(classes)} "
              f"classes, threads: {options.threads}, turns: {options.rounds}; at best")
        for name, values in times.items():
            print(f"  {name:10} {len(paths) / min(values):7.1f} images a second")
        best = {name: min(values) for name, values in times.items()}
        print(f"  atlas / evaluate {best['evaluate'] / best['atlas']:.2f}, "
              f"atlas / PyTorch {best['PyTorch'] / best['atlas']:.2f}, {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
