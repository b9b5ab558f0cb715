#!/usr/bin/env python3
"""Compares an atlas with brute force over what `export` writes, exactly.

Each image is exported by itself and everything in the atlas is worked out anew with NumPy, in the
order that .github/ATLAS.md describes; top values, places, counts, means and areas must be equal to
the last bit, quantiles to the width of a bin.

    pip install numpy
    swift build -c release
    python3 Tests/Study/AtlasTests/check_atlas.py FOLDER [--weights NAME] [--resolution R]
"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]


def read(path):
    """The summary and the arrays of an atlas."""
    data = pathlib.Path(path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    arrays = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            kind = {"F32": "<f4", "I32": "<i4"}[entry["dtype"]]
            arrays[name] = np.frombuffer(data[start:end], kind).reshape(entry["shape"])
    return json.loads(header["__metadata__"]["summary"]), arrays


def example(path, layer):
    """What the example in .github/ATLAS.md prints."""
    text = (ROOT / ".github/ATLAS.md").read_text()
    code = text.split("```python\n")[1].split("```")[0]
    return subprocess.run(
        [sys.executable, "-c", code, path, layer], check=True, capture_output=True, text=True
    ).stdout


def per_image(output):
    """Largest value, its first place, mean, mean square and zeros of each channel."""
    height, width, channels = output.shape
    flat = output.reshape(height * width, channels)
    sums = np.zeros(channels)
    squares = np.zeros(channels)
    for row in output:
        line = np.zeros(channels, np.float32)
        line_squares = np.zeros(channels, np.float32)
        for values in row:
            line += values
            line_squares += values * values
        sums += line
        squares += line_squares
    count = height * width
    return (flat.max(0), flat.argmax(0), (sums / count).astype(np.float32),
            (squares / count).astype(np.float32), (flat == 0).sum(0))


def fixed_point_mean(values):
    """The mean over images as the atlas has it: wholes, and the rest in units of 2^-40."""
    wholes = np.floor(values.astype(np.float64))
    rest = np.rint((values.astype(np.float64) - wholes) * 2.0 ** 40)
    count = len(values)
    whole = wholes.astype(np.int64).sum(0).astype(np.float64)
    return whole / count + rest.astype(np.int64).sum(0).astype(np.float64) / 2.0 ** 40 / count


def areas(values, labels, classes):
    """The area under the ROC curve of each class: classes x channels."""
    result = np.full((classes, values.shape[1]), -1.0)
    for channel in range(values.shape[1]):
        column = values[:, channel]
        order = np.sort(column)
        ranks = (np.searchsorted(order, column, "left")
                 + np.searchsorted(order, column, "right") + 1)
        for index in range(classes):
            own = labels == index
            count = int(own.sum())
            if 0 < count < len(column):
                doubled = int(ranks[own].sum()) - count * (count + 1)
                result[index, channel] = doubled / (2 * count * (len(column) - count))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--weights", default="mobilenet-0.25")
    parser.add_argument("--resolution", default="128")
    options = parser.parse_args()
    network = ["--weights", options.weights, "--resolution", options.resolution]
    with tempfile.TemporaryDirectory() as scratch:
        path = f"{scratch}/atlas.safetensors"
        subprocess.run(
            [options.program, "atlas", str(options.folder), "-o", path, *network], check=True)
        summary, arrays = read(path)
        shown = example(path, "conv4_1_sep")
        used = [i for i in range(len(summary["images"])) if i not in summary["skipped"]]
        found = {layer["name"]: [] for layer in summary["layers"]}
        for index in used:
            subprocess.run(
                [options.program, "export", str(options.folder / summary["images"][index]),
                 "--format", "npy", "--output", scratch, *network],
                check=True, stdout=subprocess.DEVNULL)
            for name in found:
                found[name].append(per_image(np.load(f"{scratch}/{name}.npy")))
    wrong = 0

    def check(name, right):
        nonlocal wrong
        if not np.array_equal(arrays[name], right):
            wrong += 1
            worst = np.abs(arrays[name].astype("f8") - right).max()
            print(f"{name}: differs in {(arrays[name] != right).sum()} numbers by up to {worst}")

    used = np.array(used)
    for layer in summary["layers"]:
        name, width = layer["name"], layer["width"]
        maxima, places, means, squares, zeros = (np.stack(part) for part in zip(*found[name]))
        # Of equal values the first image comes first.
        order = np.argsort(-maxima, axis=0, kind="stable")[:summary["top"]]
        check(f"{name}.top.value", np.take_along_axis(maxima, order, 0).T)
        check(f"{name}.top.image", used[order].T)
        place = np.take_along_axis(places, order, 0).T
        check(f"{name}.top.row", place // width)
        check(f"{name}.top.column", place % width)
        mean = fixed_point_mean(means)
        check(f"{name}.mean", mean.astype("f4"))
        variance = np.maximum(fixed_point_mean(squares) - mean * mean, 0)
        check(f"{name}.variance", variance.astype("f4"))
        spread = np.maximum(fixed_point_mean(means * means) - mean * mean, 0)
        check(f"{name}.deviation", np.sqrt(spread).astype("f4"))
        total = len(used) * layer["height"] * width
        check(f"{name}.zeros", (zeros.sum(0) / total).astype("f4"))
        right = np.quantile(maxima, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0).T
        gap = np.sort(maxima, axis=0)
        room = 0.125 * np.abs(right) + np.diff(gap, axis=0).max(0)[:, None] + 2.0 ** -12
        far = np.abs(arrays[f"{name}.quantiles"] - right) > room
        if far.any():
            wrong += 1
            print(f"{name}.quantiles: {far.sum()} are further off than a bin is wide")
        if summary["classes"]:
            labels = np.array(summary["labels"])[used]
            units = np.rint(means.astype("f8") * 2.0 ** 24).astype(np.int64)
            by_class = np.stack([
                units[labels == index].sum(0) / 2.0 ** 24 / max((labels == index).sum(), 1)
                for index in range(len(summary["classes"]))])
            check(f"{name}.class.mean", by_class.T.astype("f4"))
            area = areas(means, labels, len(summary["classes"]))
            check(f"{name}.class.best", area.argmax(0))
            check(f"{name}.class.auc", area.max(0).astype("f4"))
    pairs = zip(arrays["conv4_1_sep.top.value"][12], arrays["conv4_1_sep.top.image"][12])
    if shown != "".join(f"{value:8.3f}  {summary['images'][i]}\n" for value, i in pairs):
        wrong += 1
        print("the example in .github/ATLAS.md prints something else")
    count = sum(layer["channels"] for layer in summary["layers"])
    print(f"{count} channels over {len(used)} images: "
          + ("all equal" if wrong == 0 else f"{wrong} arrays differ"))
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
