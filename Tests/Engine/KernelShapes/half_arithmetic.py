#!/usr/bin/env python3
"""What it would cost to compute in half precision, as arm64's FP16 multiply-adds do.

Runs a bundled network on a picture with each sum kept in float32, as the engine does; rounded to a half
after every multiply-add; and rounded only within blocks of 32, whose sums are added in float32. Outputs
between layers are halves in all but the first. Prints how far the logits come out from those of the
first, as a part of their range, and the answers.

    pip install numpy pillow
    python3 Tests/Engine/KernelShapes/half_arithmetic.py [--side 128] PICTURE…
"""
import argparse
import json
import pathlib
import struct

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAIRS = [("conv2_1", 1), ("conv2_2", 2), ("conv3_1", 1), ("conv3_2", 2), ("conv4_1", 1),
         ("conv4_2", 2), *[(f"conv5_{i}", 1) for i in range(1, 6)], ("conv5_6", 2), ("conv6", 1)]


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    facts = header.pop("__metadata__")
    body = data[8 + length:]
    return facts, {
        name: np.frombuffer(body[slice(*t["data_offsets"])], np.float16).reshape(t["shape"])
        for name, t in header.items()}


def half(values):
    return values.astype(np.float16).astype(np.float32)


def multiply_add(sums, inputs, weights, way):
    """Sums, with the products of inputs (…, depth) and weights (depth, …) added one by one."""
    part = sums if way == "halves" else np.zeros_like(sums)
    for k in range(weights.shape[0]):
        part = half(part + inputs[..., k, None] * weights[k])
        if way == "blocks" and (k % 32 == 31 or k + 1 == weights.shape[0]):
            sums = sums + part
            part = np.zeros_like(sums)
    return part if way == "halves" else sums


def product(inputs, weights, biases, way):
    if way == "floats":
        return inputs @ weights + biases
    start = np.broadcast_to(biases, (*inputs.shape[:-1], len(biases))).astype(np.float32)
    return half(multiply_add(start, inputs, weights, way))


def windows(image, stride):
    """The 3×3 windows of an image (height, width, channels): nine planes one after another."""
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    height, width = (image.shape[0] + stride - 1) // stride, (image.shape[1] + stride - 1) // stride
    return [padded[y:y + stride * height:stride, x:x + stride * width:stride][:height, :width]
            for y in range(3) for x in range(3)]


def depthwise(image, weights, biases, stride, way):
    sums = np.broadcast_to(biases, (1, 1, len(biases))).astype(np.float32)
    for plane, tap in zip(windows(image, stride), weights.reshape(-1, 9).T):
        sums = sums + plane * tap
        if way != "floats":
            sums = half(sums)
    return sums


def logits(weights, image, way):
    def layer(name):
        return [weights[f"{name}.{kind}"].astype(np.float32) for kind in ("weight", "bias")]

    def relu(x):
        return np.maximum(x, 0)
    w, b = layer("conv1")
    columns = np.concatenate(windows(image, 2), axis=2)
    x = relu(product(columns, w.reshape(len(b), -1).T, b, way))
    for name, stride in PAIRS:
        x = relu(depthwise(x, *layer(name + "_dw"), stride, way))
        w, b = layer(name + "_sep")
        x = relu(product(x, w.T, b, way))
    w, b = layer("fc7")
    return product(x.mean((0, 1)), w.T, b, way)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pictures", nargs="+")
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--weights", default=ROOT / "Weights/Files/mobilenet-1.0.safetensors")
    options = parser.parse_args()
    facts, weights = read(pathlib.Path(options.weights))
    steps, labels = json.loads(facts["preprocessing"]), json.loads(facts["labels"])
    for path in options.pictures:
        picture = Image.open(path).convert("RGB").resize((options.side, options.side))
        image = (np.asarray(picture) * steps["scale"] + steps["offset"]).astype(np.float32)
        exact = logits(weights, image, "floats")
        print(f"{pathlib.Path(path).name}: floats {labels[exact.argmax()]}")
        for way in ("halves", "blocks"):
            found = logits(weights, half(image), way)
            error = np.abs(found - exact).max() / np.ptp(exact)
            print(f"  {way}: {labels[found.argmax()]}, at most {100 * error:.2f} % of the range off")


if __name__ == "__main__":
    main()
