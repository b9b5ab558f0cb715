#!/usr/bin/env python3
"""Runs synthetic MobileNets in ONNX Runtime and writes what each layer made to references.txt.

The weights come from a small integer hash (Checkpoint.synthetic makes the very same ones), so
that only samples have to be kept. One line per layer: case, name, mean of the absolute values,
largest absolute value, and the values at SAMPLES places spread evenly from first to last.

    pip install numpy onnx onnxruntime
    python3 make_references.py
"""
import math
import pathlib

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

SAMPLES = 12
PAIRS = [
    ("conv2_1", 1, 64), ("conv2_2", 2, 128), ("conv3_1", 1, 128), ("conv3_2", 2, 256),
    ("conv4_1", 1, 256), ("conv4_2", 2, 512), ("conv5_1", 1, 512), ("conv5_2", 1, 512),
    ("conv5_3", 1, 512), ("conv5_4", 1, 512), ("conv5_5", 1, 512), ("conv5_6", 2, 1024),
    ("conv6", 1, 1024),
]
# Width, shallow, classes, padding, activation, resolution: a side, or rows and columns.
CASES = [
    (1, False, 1000, "symmetric", "relu", 224),
    (1, False, 1001, "same", "relu6", 224),
    (0.75, False, 1000, "same", "relu", 192),
    (0.75, False, 1000, "symmetric", "relu6", 96),
    (0.5, False, 1000, "symmetric", "relu6", 160),
    (0.5, True, 200, "same", "relu6", 128),
    (0.25, False, 1000, "same", "relu6", 128),
    (0.25, False, 10, "symmetric", "relu", 96),
    (1, True, 1000, "symmetric", "relu", 160),
    (0.3, False, 37, "same", "relu", 32),
    (0.5, False, 37, "symmetric", "relu", "192x256"),
    # One of the sides is even where the other is odd.
    (0.25, False, 10, "same", "relu6", "150x224"),
    (0.25, True, 10, "same", "relu", "96x50"),
]


def values(count, seed, scale):
    """Numbers from -scale to scale: the upper 24 bits of a multiplicative hash of the index."""
    bits = np.arange(count, dtype=np.uint64) + np.uint64(seed * 0x9E3779B9 & 0xFFFFFFFF)
    bits = (bits & 0xFFFFFFFF) * np.uint64(0x85EBCA6B) & 0xFFFFFFFF
    bits ^= bits >> np.uint64(15)
    bits = bits * np.uint64(0xC2B2AE35) & 0xFFFFFFFF
    bits ^= bits >> np.uint64(13)
    return (((bits >> np.uint64(8)).astype("f8") / 8388608 - 1) * scale).astype("f4")


def sides(resolution):
    """Rows and columns."""
    rows, _, columns = str(resolution).partition("x")
    return int(rows), int(columns or rows)


class Model:
    """An ONNX graph that grows by one layer at a time."""

    def __init__(self, padding, activation, resolution):
        self.padding, self.activation, self.resolution = padding, activation, resolution
        self.nodes, self.weights, self.layers = [], [], []
        self.top = "input"

    def weighted(self, shape, operation, fan_in, **attributes):
        """Adds a layer with weights of `shape`, as ONNX orders them; out channels come first."""
        index = len(self.layers) + 1
        # Larger with ReLU6, so that there is something to cut off.
        gain = 4 if self.activation == "relu6" and index == 1 else 1
        scale = gain * math.sqrt(6 / fan_in)
        flat = values(math.prod(shape), 2 * index, scale)
        if len(shape) == 4:
            # The hash runs over output channel, row, column, input channel.
            out, inputs, rows, columns = shape
            flat = flat.reshape(out, rows, columns, inputs).transpose(0, 3, 1, 2)
        for name, array in [("w", flat.reshape(shape)), ("b", values(shape[0], 2 * index + 1, 0.25))]:
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), f"{name}{index}"))
        self.append(operation, [self.top, f"w{index}", f"b{index}"], **attributes)

    def append(self, operation, inputs, **attributes):
        self.top = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, inputs, [self.top], **attributes))

    def convolution(self, name, inputs, outputs, side, stride, groups=1):
        fan_in = side * side * inputs // groups
        padding = (
            {"auto_pad": "SAME_UPPER"} if self.padding == "same" else {"pads": [side // 2] * 4})
        self.weighted(
            [outputs, inputs // groups, side, side], "Conv", fan_in, strides=[stride, stride],
            group=groups, **padding)
        self.append("Relu", [self.top])
        if self.activation == "relu6":
            self.append("Min", [self.top, "six"])
        self.finish(name)

    def finish(self, name):
        self.layers.append((name, self.top))

    def serialized(self, outputs):
        """The graph as ONNX; `outputs` are names of tensors."""
        shape = [1, 3, *sides(self.resolution)]
        six = numpy_helper.from_array(np.array(6, dtype="f4"), "six")
        graph = helper.make_graph(
            self.nodes, "mobilenet",
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.weights + ([six] if self.activation == "relu6" else []))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        return model.SerializeToString()

    def run(self, image):
        """What each layer makes of `image`."""
        session = onnxruntime.InferenceSession(
            self.serialized([top for _, top in self.layers]), providers=["CPUExecutionProvider"])
        return session.run(None, {"input": image})


def build(width, shallow, classes, padding, activation, resolution):
    model = Model(padding, activation, resolution)
    channels = max(8, int(32 * width))
    model.convolution("conv1", 3, channels, 3, 2)
    for name, stride, base in PAIRS:
        if shallow and name in ("conv5_1", "conv5_2", "conv5_3", "conv5_4", "conv5_5"):
            continue
        outputs = max(8, int(base * width))
        model.convolution(f"{name}_dw", channels, channels, 3, stride, groups=channels)
        model.convolution(f"{name}_sep", channels, outputs, 1, 1)
        channels = outputs
    model.append("GlobalAveragePool", [model.top])
    model.append("Flatten", [model.top])
    model.finish("pool6")
    model.weighted([classes, channels], "Gemm", channels, transB=1)
    model.finish("fc7")
    model.append("Softmax", [model.top], axis=1)
    model.finish("prob")
    return model


def main():
    lines = []
    for case, (width, shallow, classes, padding, activation, resolution) in enumerate(CASES):
        model = build(width, shallow, classes, padding, activation, resolution)
        rows, columns = sides(resolution)
        image = values(rows * columns * 3, 1000, 2)
        image = image.reshape(1, rows, columns, 3).transpose(0, 3, 1, 2)
        lines.append(
            f"case {case} {width} {int(shallow)} {classes} {padding} {activation} {resolution}")
        at_six = 0
        for (name, _), output in zip(model.layers, model.run(np.ascontiguousarray(image))):
            flat = (output.transpose(0, 2, 3, 1) if output.ndim == 4 else output).ravel()
            at_six += int((flat == 6).sum())
            places = [i * (flat.size - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
            numbers = [np.abs(flat).mean(dtype="f8"), np.abs(flat).max(), *flat[places]]
            lines.append(" ".join([name, *(f"{x:.7g}" for x in numbers)]))
        assert activation == "relu" or at_six > 0, "ReLU6 has nothing to cut off"
    path = pathlib.Path(__file__).with_name("references.txt")
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
