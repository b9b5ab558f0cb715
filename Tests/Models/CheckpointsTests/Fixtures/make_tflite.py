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


def turned_model(network, model, made):
    """The same behind an input of channel, row, column, and with a batch norm behind the pooling."""
    top = image = keras.Input((3, tiny.RESOLUTION, tiny.RESOLUTION))
    top = keras.Model(model.inputs, made[:27])(keras.layers.Permute((2, 3, 1))(top))
    outputs = list(top)
    outputs.append(keras.layers.GlobalAveragePooling2D()(outputs[-1]))
    norm, product = keras.layers.BatchNormalization(), keras.layers.Dense(tiny.CLASSES)
    outputs.append(product(norm(outputs[-1])))
    outputs.append(keras.layers.Softmax()(outputs[-1]))
    random = np.random.RandomState(11)
    norm.set_weights([random.uniform(0.5, 1.5, w.shape) for w in norm.get_weights()])
    product.set_weights([network.classifier.T, network.classifier_bias])
    found = keras.Model(image, outputs)(network.image.transpose(2, 0, 1)[None])
    return keras.Model(image, outputs[-1]), list(
        zip(network.names, [x.numpy() for x in found]))


def main():
    network = tiny.TinyMobileNet()
    model, made = keras_model.build(network, keras)
    outputs = keras_model.run(network, model, made, keras)

    tiny.write_references("float.tflite", outputs)
    tflite(model, "float.tflite")

    turned, turned_outputs = turned_model(network, model, made)
    tiny.write_references("turned.tflite", turned_outputs)
    tflite(turned, "turned.tflite")

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
