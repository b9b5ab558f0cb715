#!/usr/bin/env python3
"""Converts the tiny network from Keras to TensorFlow Lite, with floats, halves and integers, and
to ONNX with tf2onnx. Keras says what each layer makes; for halves and integers, the numbers are
those of the float network behind them.

    pip install numpy tensorflow-cpu tf2onnx ai-edge-litert onnx onnxruntime
    python3 make_tflite.py
"""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
import tf2onnx

import keras_model
import onnx_model
import tiny_mobilenet as tiny
from make_zoo import Dequantised


def tflite(model, name, **options):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    for key, value in options.items():
        setattr(converter, key, value)
    path = tiny.HERE / name
    path.write_bytes(converter.convert())
    return path


def main():
    network = tiny.TinyMobileNet()
    model, made = keras_model.build(network, keras)
    outputs = keras_model.run(network, model, made, keras)

    tiny.write_references("float.tflite", outputs)
    tflite(model, "float.tflite")

    signature = [tf.TensorSpec((None, tiny.RESOLUTION, tiny.RESOLUTION, 3), tf.float32)]
    tf2onnx.convert.from_function(
        tf.function(model), signature, opset=17, output_path=tiny.HERE / "tf2onnx.onnx")
    tiny.write_references("tf2onnx.onnx", outputs)

    # Weights as halves, and as integers with a scale per channel; their float network is run.
    half = tflite(model, "half.tflite", optimizations=[tf.lite.Optimize.DEFAULT],
                  target_spec=tf.lite.TargetSpec(supported_types=[tf.float16]))
    random = np.random.RandomState(5)

    def representative():
        yield [network.image[None]]
        for _ in range(20):
            yield [random.uniform(-1, 1, (1, 64, 64, 3)).astype("f4")]

    integers = tflite(model, "int8.tflite", optimizations=[tf.lite.Optimize.DEFAULT],
                      representative_dataset=representative)
    for path in [half, integers]:
        tiny.write_references(
            path.name,
            onnx_model.run(Dequantised(path), "same", "relu6", image=network.image))


if __name__ == "__main__":
    main()
