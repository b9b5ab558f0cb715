"""A MobileNet v1 so narrow that its files can be committed, and what its layers make.

No two neighbouring layers have the same number of channels, so that axes can't be mixed up
without being noticed. All scripts beside this one take weights and input from here.
"""
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
RESOLUTION = 64
CLASSES = 11
STEM = 6
STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]
CHANNELS = [8, 12, 10, 16, 14, 20, 18, 22, 24, 20, 26, 28, 30]
PAIRS = [
    "conv2_1", "conv2_2", "conv3_1", "conv3_2", "conv4_1", "conv4_2", "conv5_1", "conv5_2",
    "conv5_3", "conv5_4", "conv5_5", "conv5_6", "conv6",
]
SHALLOW_LEAVES_OUT = ["conv5_1", "conv5_2", "conv5_3", "conv5_4", "conv5_5"]
SAMPLES = 6


class Layer:
    """Weights as output channel, input channel, row, column; depthwise has one input channel."""

    def __init__(self, random, name, kind, inputs, outputs, side, stride, epsilon):
        self.name, self.kind, self.stride, self.side = name, kind, stride, side
        self.inputs, self.outputs, self.epsilon = inputs, outputs, epsilon
        group = 1 if kind == "depthwise" else inputs
        # Large enough that ReLU6 has something to cut off.
        scale = 1.4 / np.sqrt(group * side * side)
        self.weight = (random.standard_normal((outputs, group, side, side)) * scale).astype("f4")
        self.gamma = random.uniform(0.7, 1.5, outputs).astype("f4")
        self.beta = random.uniform(-0.5, 0.9, outputs).astype("f4")
        self.mean = random.uniform(-0.3, 0.3, outputs).astype("f4")
        self.variance = random.uniform(0.3, 1.2, outputs).astype("f4")

    @property
    def folded(self):
        factor = self.gamma.astype("f8") / np.sqrt(self.variance.astype("f8") + self.epsilon)
        weight = self.weight * factor[:, None, None, None]
        return weight.astype("f4"), (self.beta - self.mean * factor).astype("f4")


class TinyMobileNet:
    """The layers with weights, and the input."""

    def __init__(self, epsilon=1e-3, shallow=False):
        random = np.random.RandomState(1704)
        self.names = layer_names(shallow)
        self.layers = [Layer(random, "conv1", "convolution", 3, STEM, 3, 2, epsilon)]
        channels = STEM
        for name, stride, outputs in zip(PAIRS, STRIDES, CHANNELS):
            if shallow and name in SHALLOW_LEAVES_OUT:
                continue
            self.layers += [
                Layer(random, f"{name}_dw", "depthwise", channels, channels, 3, stride, epsilon),
                Layer(random, f"{name}_sep", "pointwise", channels, outputs, 1, 1, epsilon)]
            channels = outputs
        self.classifier = (random.standard_normal((CLASSES, channels)) * 0.3).astype("f4")
        self.classifier_bias = random.standard_normal(CLASSES).astype("f4")
        #: Height × width × channels.
        self.image = random.uniform(-1, 1, (RESOLUTION, RESOLUTION, 3)).astype("f4")


def write_references(file, outputs):
    """Writes what a framework made: for each layer its name and its output, channels last.

    A line per layer: name, mean magnitude, largest magnitude, and values at SAMPLES places spread
    evenly from first to last.
    """
    lines = []
    for name, output in outputs:
        flat = np.asarray(output).ravel()
        places = [i * (flat.size - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
        numbers = [np.abs(flat).mean(dtype="f8"), np.abs(flat).max(), *flat[places]]
        lines.append(" ".join([name, *(f"{x:.7g}" for x in numbers)]))
    (HERE / f"{file}.expected").write_text("\n".join(lines) + "\n")


def layer_names(shallow=False):
    pairs = [p for p in PAIRS if not (shallow and p in SHALLOW_LEAVES_OUT)]
    return ["conv1"] + [f"{p}_{k}" for p in pairs for k in ("dw", "sep")] + ["pool6", "fc7", "prob"]
