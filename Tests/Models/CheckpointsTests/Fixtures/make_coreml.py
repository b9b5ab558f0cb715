#!/usr/bin/env python3
"""Converts the tiny network from Keras to Core ML: floats, halves, and numbers of few bits.

Core ML itself runs on Apple's systems only. Keras says what each layer of the floats makes; for the
others it is the network of what coremltools' own reader makes of the weights, run in ONNX Runtime.

    pip install numpy tensorflow-cpu coremltools onnx onnxruntime
    python3 make_coreml.py
"""
import os
import shutil

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import coremltools as ct
import keras
import numpy as np
from coremltools.models.neural_network import quantization_utils as quantization

import keras_model
import onnx_model
import tiny_mobilenet as tiny
from make_zoo import FoldedLayer

#: File, bits, and how the numbers were chosen.
QUANTISED = [
    ("coreml-half.mlmodel", 16, "linear"), ("coreml-linear8.mlmodel", 8, "linear"),
    ("coreml-linear4.mlmodel", 4, "linear"), ("coreml-table6.mlmodel", 6, "linear_lut"),
]


class Dequantised:
    """The network of a specification, as float32."""

    def __init__(self, spec, like):
        self.names = like.names
        layers = [layer for layer in spec.neuralNetworkClassifier.layers
                  if layer.WhichOneof("layer") == "convolution"]
        self.layers = []
        for part, layer in zip(like.layers, layers):
            weight, bias = self.floats(layer.convolution)
            self.layers.append(FoldedLayer(
                part.name, part.kind, part.side, part.stride, weight, bias))
        weight, self.classifier_bias = self.floats(layers[-1].convolution)
        self.classifier = weight[:, :, 0, 0]

    @staticmethod
    def floats(convolution):
        shapes = [[convolution.outputChannels, convolution.kernelChannels, *convolution.kernelSize],
                  [convolution.outputChannels]]
        numbers = []
        for field, shape in zip([convolution.weights, convolution.bias], shapes):
            if field.float16Value:
                array = np.frombuffer(field.float16Value, dtype="f2").astype("f4")
            else:
                quantization._dequantize_wp(field, shape)
                array = np.array(field.floatValue, dtype="f4")
            numbers.append(array.reshape(shape))
        return numbers


def main():
    network = tiny.TinyMobileNet()
    model, made = keras_model.build(network, keras)
    outputs = keras_model.run(network, model, made, keras)
    labels = [f"label {index}" for index in range(tiny.CLASSES)]
    image = ct.ImageType(
        shape=(1, tiny.RESOLUTION, tiny.RESOLUTION, 3), scale=1 / 64, bias=[-1, -2, -3],
        color_layout=ct.colorlayout.BGR)
    converted = ct.convert(
        model, source="tensorflow", convert_to="neuralnetwork", inputs=[image],
        classifier_config=ct.ClassifierConfig(labels))
    converted.author, converted.license = "nobody", "public domain"
    converted.save(str(tiny.HERE / "coreml.mlmodel"))
    tiny.write_references("coreml.mlmodel", outputs)
    shutil.rmtree(tiny.HERE / "mlpackage", ignore_errors=True)
    converted.save(str(tiny.HERE / "tiny.mlpackage"))
    (tiny.HERE / "tiny.mlpackage").rename(tiny.HERE / "mlpackage")
    tiny.write_references("mlpackage", outputs)

    for name, bits, mode in QUANTISED:
        quantization.quantize_weights(converted, bits, mode).save(str(tiny.HERE / name))
        tiny.write_references(name, onnx_model.run(
            Dequantised(ct.utils.load_spec(str(tiny.HERE / name)), network), "same", "relu6",
            image=network.image))


if __name__ == "__main__":
    main()
