#!/usr/bin/env python3
"""Trains nothing, rounds everything: the tiny network as an ML program with weights of eight bits and
`quantize` and `dequantize` between its steps, and every number that it makes of the image.

    pip install numpy torch coremltools
    python3 make_mlprogram_integers.py
"""
import sys

# TensorFlow and PyTorch bring an LLVM each, which do not go together.
sys.modules["tensorflow"] = None
import coremltools as ct
import numpy as np
import torch
from coremltools.optimize.torch.quantization import LinearQuantizer, LinearQuantizerConfig

import make_mlprogram
import make_torch_files
import tiny_mobilenet as tiny


def rounded(network, image):
    """PyTorch's network with rounding, its ranges found on the image and on noise."""
    # The default of coremltools: zero points of 0 for weights.
    settings = {"quantization_scheme": "symmetric", "milestones": [0, 100, 100, 100]}
    quantizer = LinearQuantizer(
        make_torch_files.build(network),
        LinearQuantizerConfig.from_dict({"global_config": settings}))
    prepared = quantizer.prepare(example_inputs=(image,))
    quantizer.step()
    torch.manual_seed(7)
    with torch.no_grad():
        for _ in range(4):
            prepared(image)
            prepared(torch.rand_like(image) * 2 - 1)
    return quantizer.finalize().eval()


def run(program, image):
    """What each `quantize` makes, by PyTorch's arithmetic on what the numbers stand for."""
    values, numbers = {}, []
    block = next(iter(program.functions.values()))
    values[next(iter(block.inputs))] = image

    def value(variable):
        if variable is None:
            return None
        if variable.val is not None:
            return torch.tensor(np.asarray(variable.val))
        return values[variable.name]

    for step in block.operations:
        kind, inputs = step.op_type, step.inputs
        if kind in ("const", "constexpr_affine_dequantize", "constexpr_blockwise_shift_scale"):
            if kind != "const":
                values[step.outputs[0].name] = torch.tensor(step.materialized_val_inference())
            continue
        read = value(inputs.get("x") or inputs.get("input"))
        if kind == "conv":
            made = torch.nn.functional.conv2d(
                read, value(inputs["weight"]), value(inputs["bias"]), stride=tuple(inputs["strides"].val),
                padding=int(inputs["pad"].val[0]), groups=int(inputs["groups"].val))
        elif kind == "clip":
            made = read.clamp(float(inputs["alpha"].val), float(inputs["beta"].val))
        elif kind in ("quantize", "dequantize"):
            scale = float(inputs["scale"].val)
            zero = 0 if inputs.get("zero_point") is None else int(inputs["zero_point"].val)
            if kind == "quantize":
                made = (torch.round(read / scale) + zero).clamp(0, 255)
                numbers.append(made)
            else:
                made = (read - zero) * scale
        elif kind == "reduce_mean":
            made = read.mean((2, 3), keepdim=True)
        elif kind == "reshape":
            made = read.reshape(tuple(inputs["shape"].val))
        elif kind == "linear":
            made = torch.nn.functional.linear(read, value(inputs["weight"]), value(inputs["bias"]))
        elif kind == "softmax":
            made = read.softmax(1)
        else:
            raise ValueError(kind)
        values[step.outputs[0].name] = made
    return numbers


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5, shallow=True)
    network.image = tiny.TinyMobileNet().image
    image = torch.tensor(network.image.transpose(2, 0, 1)[None])
    model = torch.nn.Sequential(rounded(network, image), torch.nn.Softmax(1)).eval()
    whole = ct.convert(
        torch.jit.trace(model, image), inputs=[ct.TensorType(shape=image.shape)],
        convert_to="mlprogram", minimum_deployment_target=ct.target.iOS17,
        compute_precision=ct.precision.FLOAT32)
    make_mlprogram.save(whole, "mlprogram-integers")
    # The first are the input's.
    numbers = run(whole._mil_program, image)[1:]
    assert len(numbers) == len(network.names) - 1, len(numbers)
    with open(tiny.HERE / "mlprogram-integers.numbers", "wb") as file:
        for layer in numbers:
            file.write(layer.to(torch.uint8).numpy().transpose(0, 2, 3, 1).tobytes()
                       if layer.ndim == 4 else layer.to(torch.uint8).numpy().tobytes())


if __name__ == "__main__":
    main()
