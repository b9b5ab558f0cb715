"""Measures shipped checkpoints with the program, and writes what it finds into their metadata.

    python3 calibrate.py ../../.build/release/mobilenet-explorer val ../Files/*.safetensors

The program says of each of the validation images how likely it finds every class. From that come
top-1, top-5 and, for each resolution, the temperature at which its confidence is on average the
share of images that it gets right. The calibration error that is stated (ECE, 15 bins) is that of
images which the temperature was not fitted to: each fifth of them is judged by the temperature of
the other four. What is shipped is the temperature of all. The weights stay as they were trained;
the program divides the classifier's by the temperature of the resolution.
"""

import argparse
import concurrent.futures
import json
import pathlib
import struct
import subprocess
import tempfile

import numpy as np

RESOLUTIONS = [128, 160, 192, 224]
BINS = 15
PARTS = 5
SOURCE = "mobilenet-explorer, on the 10,000 validation images of Tiny ImageNet"
CALIBRATED = "mobilenet-explorer, on each fifth of these images with the temperature of the other four"


def read(path):
    """The metadata of a safetensors file, its arrays' descriptions, and their bytes."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    return header.pop("__metadata__"), header, data[8 + length :]


def write(path, metadata, header, blob):
    text = json.dumps({"__metadata__": metadata, **header}, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def answers(program, weights, resolution, images):
    """The logarithm of each class's probability, for each of the images."""
    command = [program, "classify", "--json", "--top", "1000", "--threads", "1"]
    command += ["--weights", weights, "--resolution", str(resolution), *images]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    rows = []
    for image in json.loads(output):
        row = np.zeros(len(image["predictions"]))
        for prediction in image["predictions"]:
            row[prediction["class"]] = prediction["probability"]
        rows.append(np.log(np.maximum(row, 1e-30)))
    return np.array(rows)


def confidence(logits, temperature):
    """The largest probability of each row."""
    scaled = logits / temperature
    return 1 / np.exp(scaled - scaled.max(1, keepdims=True)).sum(1)


def fitted(logits, right):
    """The temperature at which the mean confidence is the share of right answers."""
    low, high = 0.1, 10.0
    while high - low > 1e-5:
        middle = (low + high) / 2
        # The higher the temperature, the lower the confidence.
        if confidence(logits, middle).mean() > right.mean():
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 4)


def calibration_error(confidence, right):
    """Guo et al. 2017, equation 3."""
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return np.abs(np.bincount(bins, right - confidence, BINS)).sum() / len(right)


def measured(logits, classes):
    """What is stated of one checkpoint at one resolution."""
    own = logits[np.arange(len(classes)), classes][:, None]
    before = (logits > own).sum(1)
    right = (before == 0).astype(float)
    parts = np.arange(len(classes)) % PARTS
    held_out = np.empty(len(classes))
    for part in range(PARTS):
        other = fitted(logits[parts != part], right[parts != part])
        held_out[parts == part] = confidence(logits[parts == part], other)
    percent = lambda share: round(100 * float(share), 2)
    accuracy = {"top1": percent(right.mean()), "top5": percent((before < 5).mean())}
    calibration = {
        "temperature": fitted(logits, right),
        "errorBefore": percent(calibration_error(confidence(logits, 1), right)),
        "error": percent(calibration_error(held_out, right)),
    }
    return accuracy, calibration


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("images", type=pathlib.Path, help="a folder for each WordNet id")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2, help="programs that run at a time")
    arguments = parser.parse_args()
    images = sorted(arguments.images.glob("*/*"))
    chunks = [list(map(str, images[start : start + 250])) for start in range(0, len(images), 250)]
    with (
        tempfile.TemporaryDirectory() as folder,
        concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool,
    ):
        for path in arguments.files:
            metadata, header, blob = read(path)
            ids = json.loads(metadata["wordNetIDs"])
            classes = np.array([ids.index(image.parent.name) for image in images])
            for key in ["accuracy", "accuracySource", "calibration", "calibrationSource"]:
                metadata.pop(key, None)
            as_trained = str(pathlib.Path(folder) / path.name)
            write(pathlib.Path(as_trained), metadata, header, blob)
            accuracies, calibrations = [], []
            for side in RESOLUTIONS:
                count = len(chunks)
                parts = pool.map(
                    answers, [arguments.program] * count, [as_trained] * count, [side] * count,
                    chunks,
                )
                accuracy, calibration = measured(np.concatenate(list(parts)), classes)
                print(path.stem, side, accuracy, calibration, flush=True)
                accuracies.append({"resolution": side, **accuracy})
                calibrations.append({"resolution": side, **calibration})
            metadata["accuracy"] = json.dumps(accuracies)
            metadata["accuracySource"] = SOURCE
            metadata["calibration"] = json.dumps(calibrations)
            metadata["calibrationSource"] = CALIBRATED
            write(path, metadata, header, blob)


if __name__ == "__main__":
    main()
