#!/usr/bin/env python3
"""Images a second of `mobilenet-explorer evaluate` and of the same loop in Python, in turns.

The loop in Python reads an image with Pillow, resizes its centred 7/8 to SIDE x SIDE, normalises it,
and asks ONNX Runtime, which gets as many threads. Its network has made-up weights, which changes no
time. The program's time includes its start; that of Python does not.

    pip install numpy onnx onnxruntime pillow
    swift build -c release
    python3 Tests/Benchmarks/evaluate.py FOLDER      # a folder per class, as `evaluate` takes them
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnxruntime
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROP = 0.875


def session(width, classes, side, threads):
    sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))
    import make_references
    model = make_references.build(width, False, classes, "symmetric", "relu", side)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(
        model.serialized([model.top]), options, providers=["CPUExecutionProvider"])


def python_loop(session, paths, side):
    """Seconds for all images."""
    start = time.perf_counter()
    for path in paths:
        image = Image.open(path).convert("RGB")
        length = min(image.size) * CROP
        left, top = (image.width - length) / 2, (image.height - length) / 2
        image = image.resize((side, side), Image.BILINEAR,
                             box=(left, top, left + length, top + length))
        pixels = np.asarray(image).astype("f4") * np.float32(1 / 127.5) - np.float32(1)
        probabilities = session.run(None, {"input": pixels.transpose(2, 0, 1)[None].copy()})[0]
        np.argsort(probabilities[0])[-5:]
    return time.perf_counter() - start


def program_loop(command):
    """Seconds for all images, start included."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--widths", nargs="+", default=["1.0", "0.25"])
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=400, help="how many images of the folder")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = sorted(file for file in options.folder.glob("*/*") if file.is_file())
    if not files:
        parser.error(f"{options.folder}: expected a folder of images for each class")
    files = files[::max(1, len(files) // options.images)][:options.images]
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for file in files:
            paths.append(pathlib.Path(scratch) / file.parent.name / file.name)
            paths[-1].parent.mkdir(exist_ok=True)
            shutil.copy(file, paths[-1])
        for width in options.widths:
            network = session(float(width), 200, options.side, options.threads)
            command = [options.program, "evaluate", scratch, "--weights", f"mobilenet-{width}",
                       "--resolution", str(options.side), "--threads", str(options.threads)]
            ours, theirs = [], []
            for _ in range(options.rounds):
                ours.append(program_loop(command))
                theirs.append(python_loop(network, paths, options.side))
            ratios = sorted(b / a for a, b in zip(ours, theirs))
            print(f"width {width} at {options.side}, {len(paths)} images, "
                  f"threads: {options.threads}, turns: {options.rounds}")
            print(f"  this program              {len(paths) / min(ours):7.1f} images a second at best")
            print(f"  Pillow and ONNX Runtime   {len(paths) / min(theirs):7.1f}")
            print(f"  ratio {min(theirs) / min(ours):.2f}, median of the turns' "
                  f"{ratios[len(ratios) // 2]:.2f}", flush=True)


if __name__ == "__main__":
    main()
