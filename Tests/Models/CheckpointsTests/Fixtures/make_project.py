#!/usr/bin/env python3
"""Writes the tiny network in the project's own format, and what ONNX Runtime makes of it.

    pip install numpy onnx onnxruntime safetensors
    python3 make_project.py
"""
import json

import numpy as np
from safetensors.numpy import save_file

import onnx_model
import tiny_mobilenet as tiny


def metadata(padding, activation, **more):
    return {
        "format": "mobilenet-explorer", "version": "1", "name": "tiny", "resolution": "64",
        "architecture": json.dumps({
            "width": 30 / 1024, "shallow": False, "classes": tiny.CLASSES, "padding": padding,
            "activation": activation}),
        "preprocessing": json.dumps({
            "channelOrder": "bgr", "scale": [0.5, 0.25, 0.125], "offset": [-1, 0, 1],
            "cropFraction": 0.875}),
        "labels": json.dumps([f"label {i}" for i in range(tiny.CLASSES)]),
        "wordNetIDs": json.dumps([f"n{i:08}" for i in range(tiny.CLASSES)]),
        "accuracy": json.dumps([{"resolution": 64, "top1": 12.5, "top5": 50}]),
        "accuracySource": "nobody",
        "provenance": json.dumps([
            {"name": "data", "value": "random numbers"}, {"name": "beginning", "value": "1704"}]),
        **more,
    }


def main():
    network = tiny.TinyMobileNet()
    classifier = {"fc7.weight": network.classifier, "fc7.bias": network.classifier_bias}

    folded, unfolded = dict(classifier), dict(classifier)
    for layer in network.layers:
        weight, bias = layer.folded
        shape = {"convolution": (layer.outputs, 3, 3, 3), "depthwise": (layer.outputs, 3, 3),
                 "pointwise": (layer.outputs, layer.inputs)}[layer.kind]
        put = lambda w: np.ascontiguousarray(w.transpose(0, 2, 3, 1).reshape(shape))
        folded[f"{layer.name}.weight"], folded[f"{layer.name}.bias"] = put(weight), bias
        unfolded[f"{layer.name}.weight"] = put(layer.weight)
        for name, array in [("weight", layer.gamma), ("bias", layer.beta),
                            ("running_mean", layer.mean), ("running_var", layer.variance)]:
            unfolded[f"{layer.name}.bn.{name}"] = array

    save_file(folded, tiny.HERE / "project.safetensors", metadata("same", "relu6"))
    tiny.write_references("project.safetensors", onnx_model.run(network, "same", "relu6"))

    save_file(
        unfolded, tiny.HERE / "project-unfolded.safetensors",
        metadata("symmetric", "relu", batchNormEpsilon="0.001"))
    tiny.write_references(
        "project-unfolded.safetensors",
        onnx_model.run(network, "symmetric", "relu", folded=False))

    halves = {name: array.astype("f2") for name, array in folded.items()}
    save_file(halves, tiny.HERE / "project-half.safetensors", metadata("same", "relu6"))

    image = np.ascontiguousarray(network.image)
    (tiny.HERE / "image.f32").write_bytes(image.tobytes())


main()
