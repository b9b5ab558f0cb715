#!/usr/bin/env python3
"""Builds the tiny network in Keras, as keras.applications.MobileNet does, and saves it every way.

Keras files, and TensorFlow Lite files with floats, halves and integers. Keras runs the network and
says what each layer makes; for integers, the numbers are those of the float network behind them.

    pip install numpy tensorflow-cpu tf2onnx ai-edge-litert onnx onnxruntime
    python3 make_keras.py
"""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "0"
import h5py
import keras
import numpy as np
import tensorflow as tf
import tf2onnx
from keras import layers as kl
from keras.src.legacy.saving import legacy_h5_format

import onnx_model
import tiny_mobilenet as tiny
from make_zoo import Dequantised


def build(network):
    """Returns the model and, in order, the Keras layer that makes each of our layers' output."""
    top = image = keras.Input((tiny.RESOLUTION, tiny.RESOLUTION, 3))
    made, weights = [], {}
    for index, layer in enumerate(network.layers):
        pair = (index + 1) // 2
        name = {"convolution": "conv1", "depthwise": f"conv_dw_{pair}",
                "pointwise": f"conv_pw_{pair}"}[layer.kind]
        padding = "same"
        if layer.stride == 2:
            padding = "valid"
            top = kl.ZeroPadding2D(((0, 1), (0, 1)), name=f"conv_pad_{pair or 1}")(top)
        kernel = layer.weight.transpose(2, 3, 1, 0)
        if layer.kind == "depthwise":
            top = kl.DepthwiseConv2D(
                3, strides=layer.stride, padding=padding, use_bias=False, name=name)(top)
            kernel = kernel.transpose(0, 1, 3, 2)
        else:
            top = kl.Conv2D(
                layer.outputs, layer.side, strides=layer.stride, padding=padding, use_bias=False,
                name=name)(top)
        weights[name] = [kernel]
        top = kl.BatchNormalization(name=f"{name}_bn", epsilon=layer.epsilon)(top)
        weights[f"{name}_bn"] = [layer.gamma, layer.beta, layer.mean, layer.variance]
        top = kl.ReLU(6.0, name=f"{name}_relu")(top)
        made.append(top)
    top = kl.GlobalAveragePooling2D(keepdims=True)(top)
    made.append(top)
    top = kl.Dropout(1e-3, name="dropout")(top)
    top = kl.Conv2D(tiny.CLASSES, 1, padding="same", name="conv_preds")(top)
    weights["conv_preds"] = [network.classifier.T[None, None], network.classifier_bias]
    top = kl.Reshape((tiny.CLASSES,), name="reshape_2")(top)
    made.append(top)
    top = kl.Activation("softmax", name="predictions")(top)
    made.append(top)
    model = keras.Model(image, top, name="mobilenet_tiny")
    for name, arrays in weights.items():
        model.get_layer(name).set_weights(arrays)
    return model, made


def tflite(model, name, **options):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    for key, value in options.items():
        setattr(converter, key, value)
    path = tiny.HERE / name
    path.write_bytes(converter.convert())
    return path


def made_by(network, model, made):
    """What Keras says that each layer makes."""
    outputs = keras.Model(model.inputs, made)(network.image[None])
    return list(zip(network.names, [x.numpy() for x in outputs]))


def main():
    # The whole model, with its configuration; HDF5 is wordy, so a shallow one.
    shallow = tiny.TinyMobileNet(shallow=True)
    model, made = build(shallow)
    for name in ["keras.h5", "keras.keras"]:
        model.save(tiny.HERE / name)
        tiny.write_references(name, made_by(shallow, model, made))

    network = tiny.TinyMobileNet()
    model, made = build(network)
    # Weights alone, in the layout of the files that keras.applications downloads.
    with h5py.File(tiny.HERE / "keras-weights.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    outputs = made_by(network, model, made)
    for name in ["keras-weights.h5", "float.tflite"]:
        tiny.write_references(name, outputs)

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
