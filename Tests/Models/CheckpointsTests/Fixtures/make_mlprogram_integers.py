#!/usr/bin/env python3
"""Trains nothing, rounds everything: the tiny network as an ML program with weights of eight bits and
`quantize` and `dequantize` between its steps.

    pip install numpy torch coremltools
    python3 make_mlprogram_integers.py
"""
import sys

# TensorFlow and PyTorch bring an LLVM each, which do not go together.
sys.modules["tensorflow"] = None
import coremltools as ct
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


if __name__ == "__main__":
    main()
