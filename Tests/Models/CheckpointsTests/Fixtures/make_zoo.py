#!/usr/bin/env python3
"""What the float network behind each quantised checkpoint makes of the photos.

Reads the checkpoints in the folder that MOBILENET_ZOO names and the photos in ../photos. Weights
are dequantised here with numpy, from what LiteRT says of them, and run in ONNX Runtime; LiteRT's
own answer, with eight-bit activations, has to have the same class among its first five. The input is the photo's
centre, shrunk by a whole number: each pixel is the mean of a square, rounded down.

    pip install numpy onnx onnxruntime ai-edge-litert pillow
    MOBILENET_ZOO=... python3 make_zoo.py
"""
import os
import pathlib

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from PIL import Image

import onnx_model
import tiny_mobilenet as tiny

# The checkpoint and the photo.
CASES = [
    ("mobilenet_v1_0.25_128_quant", "golden_retriever"), ("mobilenet_v1_0.5_160_quant", "zebra"),
    ("mobilenet_v1_0.75_192_quant", "banana"), ("mobilenet_v1_0.75_192_quant", "school_bus"),
    ("mobilenet_v1_1.0_224_quant_embedding_extractor", "teapot"),
]


class FoldedLayer:
    """A layer as onnx_model takes it; `dequantised` is weight and bias."""

    def __init__(self, name, kind, side, stride, weight, bias):
        self.name, self.kind, self.side, self.stride = name, kind, side, stride
        self.inputs = weight.shape[0] if kind == "depthwise" else weight.shape[1]
        self.folded = weight, bias


class Dequantised:
    """The network in a .tflite file, as float32."""

    def __init__(self, path):
        self.interpreter = Interpreter(
            model_path=str(path), experimental_preserve_all_tensors=True,
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
        self.interpreter.allocate_tensors()
        # Halves become floats when it runs.
        self.interpreter.invoke()
        self.names = tiny.layer_names()
        names = iter(self.names)
        self.layers, self.classifier = [], None
        for step in self.interpreter._get_ops_details():
            if "CONV_2D" not in step["op_name"]:
                continue
            weight, bias = self.floats(step["inputs"][1]), self.floats(step["inputs"][2])
            depthwise = step["op_name"].startswith("DEPTHWISE")
            weight = weight.transpose((3, 0, 1, 2) if depthwise else (0, 3, 1, 2))
            if len(self.layers) == 27:
                self.classifier, self.classifier_bias = weight[:, :, 0, 0], bias
            else:
                self.layers.append(FoldedLayer(
                    next(names), "depthwise" if depthwise else "convolution", weight.shape[2],
                    ([2] + [x for s in tiny.STRIDES for x in (s, 1)])[len(self.layers)],
                    np.ascontiguousarray(weight), bias))

    def floats(self, index):
        details = self.interpreter._get_tensor_details(index, 0)
        parameters = details["quantization_parameters"]
        array = self.interpreter.get_tensor(index)
        if len(parameters["scales"]) == 0:
            return array
        array = array.astype("f8")
        sizes = [1] * array.ndim
        if len(parameters["scales"]) > 1:
            sizes[parameters["quantized_dimension"]] = -1
        scale, zero = [
            parameters[name].astype("f8").reshape(sizes) for name in ("scales", "zero_points")]
        return ((array - zero) * scale).astype("f4")

    def answer(self, pixels):
        """The five best classes of LiteRT."""
        self.interpreter.set_tensor(self.interpreter.get_input_details()[0]["index"], pixels[None])
        self.interpreter.invoke()
        output = self.interpreter.get_tensor(self.interpreter.get_output_details()[0]["index"])
        return np.argsort(-output.ravel().astype(int), kind="stable")[:5]


def shrunk(photo, side):
    factor = min(photo.shape[:2]) // side
    top, left = [(length - factor * side) // 2 for length in photo.shape[:2]]
    square = photo[top : top + factor * side, left : left + factor * side].astype(int)
    squares = square.reshape(side, factor, side, factor, 3)
    return (squares.sum((1, 3)) // factor**2).astype("u1")


def main():
    zoo = pathlib.Path(os.environ["MOBILENET_ZOO"])
    for checkpoint, photo in CASES:
        network = Dequantised(zoo / f"{checkpoint}.tflite")
        side = network.interpreter.get_input_details()[0]["shape"][1]
        pixels = shrunk(np.asarray(Image.open(zoo.parent / f"photos/{photo}.jpg")), side)
        name = f"zoo/{checkpoint}-{photo}"
        outputs = onnx_model.run(
            network, "same", "relu6", image=(pixels.astype("f4") * 0.0078125 - 1))
        if network.classifier is not None:
            best = np.argsort(-outputs[-1][1].ravel())[:5]
            print(name, best, network.answer(pixels))
            assert best[0] in network.answer(pixels)
        tiny.write_references(name, outputs)


if __name__ == "__main__":
    main()
