#!/usr/bin/env python3
"""Seconds that `learn` takes from photos to a finished checkpoint, beside the same in Python.

In turns: `learn`, `features` on the same photos, and a script that reads each photo with Pillow, asks
ONNX Runtime for the features of it and of its mirror image, and has scikit-learn's
LogisticRegressionCV find the strength among ten in five folds. Its network has made-up weights, which
changes no time. The programs' times include their start; that of Python does not. Then 10,000 images
of 20 classes, of which only the fit is timed.

    pip install numpy onnx onnxruntime pillow scikit-learn
    swift build -c release
    python3 Tests/Benchmarks/learn.py FOLDER        # pictures, at any depth; 100 are taken
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import onnxruntime
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROP = 0.875
CLASSES = 5


def photos(folder, scratch, count):
    """So many pictures of the folder as JPEGs of 500 x 375, dealt out to five classes."""
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix.lower() in endings)
    if not files:
        raise SystemExit(f"{folder}: holds no pictures")
    for index in range(count):
        path = scratch / f"class{index % CLASSES}" / f"{index}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(files[index % len(files)]).convert("RGB")
        # What is taken twice is another picture all the same.
        shift = index // len(files)
        picture.resize((500 + shift, 375 + shift)).crop((shift, shift, 500 + shift, 375 + shift)
                                                        ).save(path, quality=90)
    return sorted(scratch.rglob("*.jpg"))


def session(side, threads):
    sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))
    import make_references
    model = make_references.build(1.0, False, 200, "symmetric", "relu", side)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    top = dict(model.layers)["pool6"]
    return onnxruntime.InferenceSession(
        model.serialized([top]), options, providers=["CPUExecutionProvider"])


def in_python(network, paths, side, threads):
    from sklearn.linear_model import LogisticRegressionCV
    start = time.perf_counter()
    rows, labels = [], []
    for path in paths:
        image = Image.open(path).convert("RGB")
        length = min(image.size) * CROP
        left, top = (image.width - length) / 2, (image.height - length) / 2
        image = image.resize((side, side), Image.BILINEAR,
                             box=(left, top, left + length, top + length))
        pixels = np.asarray(image).astype("f4") * np.float32(1 / 127.5) - np.float32(1)
        for view in (pixels, pixels[:, ::-1]):
            output = network.run(None, {"input": view.transpose(2, 0, 1)[None].copy()})[0]
            rows.append(output.reshape(-1))
            labels.append(path.parent.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        LogisticRegressionCV(Cs=10, cv=5, class_weight="balanced", scoring="neg_log_loss",
                             max_iter=1000, n_jobs=threads).fit(np.stack(rows), labels)
    return time.perf_counter() - start


def timed(command):
    start = time.perf_counter()
    outcome = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, outcome.stdout


def many(folder, count, classes):
    """Small pictures that are cheap to read and differ in colour and noise."""
    random = np.random.default_rng(0)
    colours = random.integers(60, 190, (classes, 3))
    for index in range(count):
        label = index % classes
        pixels = colours[label] + random.normal(0, 50, (32, 32, 3))
        path = folder / f"class{label:02}" / f"{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels.clip(0, 255).astype("u1")).save(path, compress_level=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--photos", type=int, default=100)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=10_000, help="0 leaves the large fit out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        paths = photos(options.folder, scratch / "photos", options.photos)
        network = session(options.side, options.threads)
        common = ["--resolution", str(options.side), "--threads", str(options.threads)]
        learn = [options.program, "learn", str(scratch / "photos"), "-o",
                 str(scratch / "mine.safetensors"), *common]
        features = [options.program, "features", str(scratch / "photos"), "-o",
                    str(scratch / "features.npy"), *common]
        times = {"learn": [], "learn, no flips": [], "features": [], "Python": []}
        for _ in range(options.rounds):
            times["learn"].append(timed(learn)[0])
            times["learn, no flips"].append(timed([*learn, "--no-flips"])[0])
            times["features"].append(timed(features)[0])
            times["Python"].append(in_python(network, paths, options.side, options.threads))
        print(f"{len(paths)} photos of 500x375, width 1 at {options.side}, "
              f"threads: {options.threads}, turns: {options.rounds}; shortest and median seconds")
        for name, values in times.items():
            print(f"  {name:16} {min(values):6.2f} {sorted(values)[len(values) // 2]:6.2f}")
        for name in ("learn", "learn, no flips"):
            limit = 1.15 * min(times["features"]) + 0.5
            print(f"  {name}: {min(times[name]) / limit:.2f} of 1.15 x features + 0.5 s")
        print(f"  Python / learn: {min(times['Python']) / min(times['learn']):.2f}", flush=True)
        if options.many:
            many(scratch / "many", options.many, 20)
            answer = json.loads(timed(
                [options.program, "learn", str(scratch / "many"), "-o",
                 str(scratch / "many.safetensors"), "--resolution", "32", "--no-flips", "--json",
                 "--threads", str(options.threads)])[1])
            print(f"{answer['images']} images of {len(answer['classes'])} classes, 1,024 features: "
                  f"fitted in {answer['seconds']['learning']:.1f} s, strength and folds included; "
                  f"{answer['accuracy'] * 100:.1f} % right")


if __name__ == "__main__":
    main()
