#!/usr/bin/env python3
"""The tiny network as ML programs with the compressed weights of iOS 18: a table for every few
channels, tables of pairs, and scales for blocks of four-bit numbers; coremltools says what they are.

    pip install numpy coremltools scikit-learn==1.5.1
    python3 make_palettes.py
"""
import shutil
import sys

# TensorFlow and PyTorch bring an LLVM each, which do not go together.
sys.modules["tensorflow"] = None
import coremltools as ct
import coremltools.optimize.coreml as cto
import numpy as np
from coremltools.converters.mil import Builder as mb

import tiny_mobilenet as tiny


def save(model, name):
    """Keeps the two files that are read, and samples of the weights: output, row, column, input."""
    folder = tiny.HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    package = tiny.HERE / f"{name}.mlpackage"
    model.save(str(package))
    package.rename(folder)
    found = cto.get_weights_metadata(cto.decompress_weights(model), weight_threshold=50)
    values = {}
    for constant, data in found.items():
        layer, value = constant.split("_sum")[0].split("_weight")[0], data.val
        values[layer] = value.transpose(0, 2, 3, 1) if value.ndim == 4 else value
    tiny.write_references(name, values.items())


def build(network):
    shape = (1, 3, tiny.RESOLUTION, tiny.RESOLUTION)

    @mb.program(input_specs=[mb.TensorSpec(shape=shape)], opset_version=ct.target.iOS18)
    def program(image):
        x = image
        for layer in network.layers:
            weight, bias = layer.folded
            side = layer.side // 2
            x = mb.conv(
                x=x, weight=weight, bias=bias, strides=[layer.stride] * 2, pad_type="custom",
                pad=[side] * 4, groups=layer.inputs if layer.kind == "depthwise" else 1,
                name=f"{layer.name}_sum")
            x = mb.relu(x=x, name=layer.name)
        x = mb.reduce_mean(x=x, axes=[2, 3], keep_dims=False, name="pool6")
        x = mb.linear(
            x=x, weight=network.classifier, bias=network.classifier_bias, name="fc7")
        return mb.softmax(x=x, axis=1, name="prob")

    return ct.convert(
        program, convert_to="mlprogram", compute_precision=ct.precision.FLOAT32,
        minimum_deployment_target=ct.target.iOS18, skip_model_load=True)


def palettes(**options):
    return cto.OptimizationConfig(global_config=cto.OpPalettizerConfig(
        mode="kmeans", weight_threshold=50, **options))


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5, shallow=True)
    model = build(network)
    grouped = dict(granularity="per_grouped_channel", group_size=2)
    save(cto.palettize_weights(model, palettes(nbits=3, **grouped)), "mlprogram-groups3")
    save(cto.palettize_weights(model, palettes(nbits=4, cluster_dim=2)), "mlprogram-pairs4")
    blocks = cto.OpLinearQuantizerConfig(
        mode="linear", dtype="int4", granularity="per_block", block_size=2, weight_threshold=50)
    save(
        cto.linear_quantize_weights(model, cto.OptimizationConfig(global_config=blocks)),
        "mlprogram-blocks4")


if __name__ == "__main__":
    main()
