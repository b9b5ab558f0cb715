#!/usr/bin/env python3
"""What TensorFlow Lite's reference kernels make of quantised networks, in every layer.

Without arguments it writes integers.expected: for int8.tflite, for quantized.tflite, which this program
made of project.safetensors with `weights quantize` and whose classes are a FULLY_CONNECTED, and for the
checkpoints in the folder that MOBILENET_ZOO names, a checksum of each layer's bytes for an input of pseudo-random
bytes. With --program it runs that program on photos and compares all bytes of all layers:

    pip install numpy ai-edge-litert
    MOBILENET_ZOO=... python3 make_integers.py
    python3 make_integers.py --program ../../../../.build/release/mobilenet-explorer \\
        --models a.tflite b.tflite --photos photos/*.jpg
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

HERE = pathlib.Path(__file__).resolve().parent
# These make no layer of their own.
CARRIED = {"RESHAPE", "SQUEEZE", "QUANTIZE", "DEQUANTIZE", "PAD", "SHAPE", "STRIDED_SLICE", "PACK"}


class Reference:
    """A file, run by the reference kernels with all tensors kept."""

    def __init__(self, path):
        self.run = Interpreter(
            str(path), experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
            experimental_preserve_all_tensors=True)
        self.run.allocate_tensors()
        self.steps = self.run._get_ops_details()
        first = next(s for s in self.steps if s["op_name"] not in CARRIED - {"PAD"})
        self.input = self.run._get_tensor_details(first["inputs"][0], 0)
        self.side = int(self.input["shape"][1])
        self.given = self.run.get_input_details()[0]

    def outputs(self, numbers):
        """Each layer's output for the numbers of the first convolution's input."""
        if self.given["dtype"] == np.float32:
            scale, zero = self.input["quantization"]
            numbers = ((numbers.astype("i4") - zero) * np.float32(scale)).astype("f4")
        self.run.set_tensor(self.given["index"], numbers[None])
        self.run.invoke()
        return [self.run.get_tensor(s["outputs"][0]).ravel() for s in self.steps
                if s["op_name"] not in CARRIED]


def pseudo_random(side, dtype):
    index = np.arange(side * side * 3, dtype=np.uint32)
    value = index * np.uint32(0x85EBCA6B)
    value ^= value >> np.uint32(15)
    value *= np.uint32(0xC2B2AE35)
    value ^= value >> np.uint32(13)
    numbers = (value >> np.uint32(24)).astype("i4") - (128 if dtype == np.int8 else 0)
    return numbers.astype(dtype).reshape(side, side, 3)


def checksum(numbers):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in numbers.tobytes():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def write(models):
    lines = []
    for path in models:
        reference = Reference(path)
        outputs = reference.outputs(pseudo_random(reference.side, reference.input["dtype"]))
        lines.append(" ".join([path.name] + [f"{checksum(o):016x}" for o in outputs]))
    (HERE / "integers.expected").write_text("\n".join(lines) + "\n")


def compare(program, models, photos):
    wrong = compared = 0
    for path in models:
        reference = Reference(path)
        for photo in photos:
            with tempfile.TemporaryDirectory() as folder:
                for layer in ("all", "input"):
                    subprocess.run(
                        [program, "export", photo, "--weights", path, "--precision", "integer",
                         "--layer", layer, "--format", "npy", "--output", folder],
                        check=True, capture_output=True)
                ours = {p.stem: np.load(p) for p in pathlib.Path(folder).glob("*.npy")}
            outputs = reference.outputs(ours.pop("input"))
            compared += 1
            order = sorted(ours, key=layer_order)
            assert len(order) == len(outputs), f"{path}: {len(order)} layers, {len(outputs)} there"
            for name, theirs in zip(order, outputs):
                differing = np.count_nonzero(ours[name].ravel() != theirs)
                if differing:
                    wrong += 1
                    print(f"{path} {photo} {name}: {differing} of {theirs.size} numbers differ")
    print(f"{compared} runs compared, {wrong} layers differ")
    return wrong == 0


def layer_order(name):
    """conv1, conv2_1_dw, conv2_1_sep, …, pool6, fc7, prob: as numbers."""
    if name in ("pool6", "fc7", "prob"):
        return 9, ["pool6", "fc7", "prob"].index(name), 0
    numbers = [int(n) for n in re.findall(r"\d+", name)]
    return numbers[0], (numbers + [0])[1], name.endswith("_sep")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program")
    parser.add_argument("--models", type=pathlib.Path, nargs="+")
    parser.add_argument("--photos", nargs="+", default=[])
    options = parser.parse_args()
    if options.program:
        sys.exit(not compare(options.program, options.models, options.photos))
    zoo = pathlib.Path(os.environ["MOBILENET_ZOO"])
    write([HERE / "int8.tflite", HERE / "quantized.tflite", *sorted(zoo.glob("*_quant*.tflite"))])


if __name__ == "__main__":
    main()
