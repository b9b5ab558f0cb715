#!/usr/bin/env python3
"""Differentiates synthetic MobileNets with PyTorch's autograd and writes every layer's gradient to
gradients.txt.

Weights and input are those of make_references.py; everything is computed in double precision. One
line per layer, the input last: name, mean of the absolute values, largest absolute value, and the
values at SAMPLES places spread evenly from first to last.

    pip install numpy onnx onnxruntime torch
    python3 make_gradients.py
"""
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from make_references import PAIRS, SAMPLES, values

# Width, shallow, classes, padding, activation, resolution, input channels, target.
CASES = [
    (1, False, 1000, "symmetric", "relu", 224, 3, "logit 17"),
    (1, False, 1001, "same", "relu6", 160, 3, "difference 3 999"),
    (0.75, False, 1000, "same", "relu", 96, 3, "raw 500"),
    (0.75, False, 1000, "symmetric", "relu6", 128, 3, "mean conv5_5_sep 10"),
    (0.5, False, 1000, "symmetric", "relu", 128, 3, "maximum conv5_6_dw 3"),
    (0.5, True, 200, "same", "relu6", 128, 3, "logit 0"),
    (0.25, False, 1000, "same", "relu6", 128, 3, "value conv4_1_dw 3 5 12"),
    (0.25, False, 10, "symmetric", "relu", 96, 1, "logit 9"),
    (1, True, 1000, "symmetric", "relu6", 96, 1, "mean conv1 7"),
    (0.3, False, 37, "same", "relu", 32, 3, "difference 36 0"),
]


class Model:
    """A synthetic network whose layers are kept for their gradients."""

    def __init__(self, padding, activation):
        self.padding, self.activation, self.layers = padding, activation, []

    def keep(self, name, x):
        if x.requires_grad:
            x.retain_grad()
        self.layers.append((name, x))
        return x

    def weights(self, shape, fan_in):
        index = len(self.layers) + 1
        gain = 4 if self.activation == "relu6" and index == 1 else 1
        flat = values(math.prod(shape), 2 * index, gain * math.sqrt(6 / fan_in))
        bias = values(shape[0], 2 * index + 1, 0.25)
        return torch.tensor(flat.reshape(shape)).double(), torch.tensor(bias).double()

    def convolution(self, name, x, outputs, side, stride, groups=1):
        inputs = x.shape[1] // groups
        w, b = self.weights([outputs, side, side, inputs], side * side * inputs)
        before = 0 if side == 1 or (stride == 2 and self.padding == "same") else 1
        after = 0 if side == 1 else 1
        x = F.pad(x, (before, after, before, after))
        x = F.conv2d(x, w.permute(0, 3, 1, 2), b, stride=stride, groups=groups)
        return self.keep(name, F.relu(x) if self.activation == "relu" else F.relu6(x))


def build(width, shallow, classes, padding, activation, image):
    model = Model(padding, activation)
    x = model.convolution("conv1", image, max(8, int(32 * width)), 3, 2)
    for name, stride, base in PAIRS:
        if shallow and name in ("conv5_1", "conv5_2", "conv5_3", "conv5_4", "conv5_5"):
            continue
        x = model.convolution(f"{name}_dw", x, x.shape[1], 3, stride, groups=x.shape[1])
        x = model.convolution(f"{name}_sep", x, max(8, int(base * width)), 1, 1)
    x = model.keep("pool6", x.mean((2, 3)))
    w, b = model.weights([classes, x.shape[1]], x.shape[1])
    model.keep("fc7", F.linear(x, w, b))
    return model


def target(text, layers):
    """The number that is differentiated, as `Target` has it."""
    kind, *words = text.split()
    outputs = dict(layers)
    logits = outputs["fc7"][0]
    if kind == "logit":
        return logits[int(words[0])] - logits.mean()
    if kind == "raw":
        return logits[int(words[0])]
    if kind == "difference":
        return logits[int(words[0])] - logits[int(words[1])]
    plane = outputs[words[0]][0]
    if kind == "value":
        row, column, channel = map(int, words[1:])
        return plane[channel, row, column]
    plane = plane[int(words[1])]
    return plane.mean() if kind == "mean" else plane.max()


def main():
    lines = []
    for width, shallow, classes, padding, activation, resolution, channels, text in CASES:
        image = values(resolution * resolution * channels, 1000, 2)
        image = torch.tensor(image.reshape(1, resolution, resolution, channels)).double()
        image = image.permute(0, 3, 1, 2).requires_grad_()
        model = build(width, shallow, classes, padding, activation, image)
        number = target(text, model.layers)
        number.backward()
        lines.append(
            f"case {width} {int(shallow)} {classes} {padding} {activation} {resolution} "
            f"{channels} {number.item():.7g} {text}")
        for name, x in model.layers + [("input", image)]:
            if x.grad is None:
                continue
            grad = x.grad.numpy()
            flat = (grad.transpose(0, 2, 3, 1) if grad.ndim == 4 else grad).ravel()
            places = [i * (flat.size - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
            numbers = [np.abs(flat).mean(), np.abs(flat).max(), *flat[places]]
            lines.append(" ".join([name, *(f"{x:.7g}" for x in numbers)]))
    path = pathlib.Path(__file__).with_name("gradients.txt")
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
