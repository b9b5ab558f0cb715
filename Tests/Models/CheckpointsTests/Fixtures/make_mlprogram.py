#!/usr/bin/env python3
"""The tiny network as Core ML's ML programs, today's default of coremltools; PyTorch says what each
layer makes. Weights as floats, as halves, with scales and from a table.

    pip install numpy torch coremltools
    python3 make_mlprogram.py
"""
import shutil
import sys

# TensorFlow and PyTorch bring an LLVM each, which do not go together.
sys.modules["tensorflow"] = None
import coremltools as ct
import coremltools.optimize.coreml as cto
import torch

import make_torch_files
import tiny_mobilenet as tiny


def save(model, name):
    """Keeps the two files that are read."""
    folder = tiny.HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    package = tiny.HERE / f"{name}.mlpackage"
    model.save(str(package))
    package.rename(folder)


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5, shallow=True)
    network.image = tiny.TinyMobileNet().image
    model = make_torch_files.build(network)
    outputs = make_torch_files.run(model, network)
    probable = torch.nn.Sequential(model, torch.nn.Softmax(1)).eval()
    shape = (1, 3, tiny.RESOLUTION, tiny.RESOLUTION)
    traced = torch.jit.trace(probable, torch.zeros(shape))

    def convert(precision):
        image = ct.ImageType(
            shape=shape, scale=1 / 64, bias=[-1, -2, -3], color_layout=ct.colorlayout.BGR)
        return ct.convert(
            traced, inputs=[image], convert_to="mlprogram", compute_precision=precision,
            minimum_deployment_target=ct.target.iOS16,
            classifier_config=ct.ClassifierConfig([f"label {i}" for i in range(tiny.CLASSES)]))

    whole = convert(ct.precision.FLOAT32)
    save(whole, "mlprogram")
    tiny.write_references("mlprogram", outputs)
    save(convert(ct.precision.FLOAT16), "mlprogram-half")
    linear = cto.OptimizationConfig(global_config=cto.OpLinearQuantizerConfig(
        mode="linear_symmetric", weight_threshold=50))
    save(cto.linear_quantize_weights(whole, linear), "mlprogram-linear8")
    palette = cto.OptimizationConfig(global_config=cto.OpPalettizerConfig(
        mode="kmeans", nbits=6, weight_threshold=200))
    save(cto.palettize_weights(whole, palette), "mlprogram-table6")


if __name__ == "__main__":
    main()
