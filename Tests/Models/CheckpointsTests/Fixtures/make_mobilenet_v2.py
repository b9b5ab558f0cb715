#!/usr/bin/env python3
"""Saves a narrow MobileNet v2 in every format that can carry one: what has to be refused.

It is keras.applications' own. Its first bottleneck, a depthwise layer and a pointwise one, still is
like a MobileNet v1's, but no activation follows; where a file doesn't say so, the second bottleneck
begins with a pointwise layer. Only the Keras archive is kept beside this script: zeros, deflated.
The others go to a folder, to be tried:

    pip install numpy tensorflow-cpu tf_keras tf2onnx coremltools
    pip install --no-deps tensorflowjs
    python3 make_mobilenet_v2.py FOLDER
    for file in FOLDER/*; do mobilenet-explorer weights info "$file"; done
"""
import json
import os
import pathlib
import sys
import zipfile
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
for name in ["jax", "jax.experimental", "jax.experimental.jax2tf", "tensorflow_decision_forests"]:
    sys.modules[name] = mock.MagicMock()
import coremltools as ct
import keras
import numpy as np
import tensorflow as tf
import tf2onnx
import tf_keras
from tensorflowjs.converters import keras_h5_conversion

HERE = pathlib.Path(__file__).parent
SIDE = 64


def build(module):
    return module.applications.MobileNetV2((SIDE, SIDE, 3), alpha=0.1, weights=None, classes=5)


def save_packed(folder):
    model = build(keras)
    model.set_weights([np.zeros_like(x) for x in model.get_weights()])
    plain = folder / "plain.keras"
    model.save(plain)
    with zipfile.ZipFile(plain) as archive, \
            zipfile.ZipFile(HERE / "mobilenet-v2.keras", "w", zipfile.ZIP_DEFLATED) as packed:
        for name in archive.namelist():
            packed.writestr(
                zipfile.ZipInfo(name), archive.read(name), zipfile.ZIP_DEFLATED, compresslevel=9)
    plain.unlink()


def save_file(arrays, path):
    """A safetensors file: the length of a JSON header, the header, the numbers."""
    header, data = {}, b""
    for name, array in sorted(arrays.items()):
        end = len(data) + array.nbytes
        header[name] = {
            "dtype": "F32", "shape": array.shape, "data_offsets": [len(data), end]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def save_torch(folder):
    """With the names of torchvision and of timm; PyTorch itself is not needed for that."""
    vision, timm = {}, {}

    def add(arrays, convolution, norm, *shape):
        arrays[f"{convolution}.weight"] = np.zeros(shape, dtype="f4")
        for name in ["weight", "bias", "running_mean", "running_var"]:
            arrays[f"{norm}.{name}"] = np.ones(shape[0], dtype="f4")

    add(vision, "features.0.0", "features.0.1", 16, 3, 3, 3)
    add(timm, "conv_stem", "bn1", 16, 3, 3, 3)
    # Expansion, outputs and how many, as in the paper's table.
    inputs, place = 16, 1
    for stage, (factor, outputs, count) in enumerate(
            [(1, 8, 1), (6, 8, 2), (6, 8, 3), (6, 16, 4), (6, 24, 3), (6, 40, 3), (6, 80, 1)]):
        for block in range(count):
            hidden = inputs * factor
            parts = [(hidden, inputs, 1, 1)] if factor > 1 else []
            parts += [(hidden, 1, 3, 3), (outputs, hidden, 1, 1)]
            names = ["conv_pw", "conv_dw", "conv_pwl"] if factor > 1 else ["conv_dw", "conv_pw"]
            for index, shape in enumerate(parts):
                conv = f"features.{place}.conv.{index}"
                is_last = index == len(parts) - 1
                add(vision, conv if is_last else f"{conv}.0",
                    f"features.{place}.conv.{index + 1}" if is_last else f"{conv}.1", *shape)
                name = f"blocks.{stage}.{block}"
                add(timm, f"{name}.{names[index]}", f"{name}.bn{index + 1}", *shape)
            inputs, place = outputs, place + 1
    add(vision, f"features.{place}.0", f"features.{place}.1", 320, inputs, 1, 1)
    add(timm, "conv_head", "bn2", 320, inputs, 1, 1)
    for arrays, name in [(vision, "classifier.1"), (timm, "classifier")]:
        arrays[f"{name}.weight"] = np.zeros((5, 320), dtype="f4")
        arrays[f"{name}.bias"] = np.zeros(5, dtype="f4")
    save_file(vision, folder / "torchvision.safetensors")
    save_file(timm, folder / "timm.safetensors")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    save_packed(folder)
    save_torch(folder)
    model, old = build(keras), build(tf_keras)
    model.save_weights(folder / "weights-alone.weights.h5")
    old.save(folder / "keras2.h5")
    old.save_weights(folder / "keras2-weights.h5")
    keras_h5_conversion.save_keras_model(old, str(folder / "tensorflowjs"))
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    (folder / "float.tflite").write_bytes(converter.convert())
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: (
        [np.random.uniform(-1, 1, (1, SIDE, SIDE, 3)).astype("f4")] for _ in range(20))
    (folder / "int8.tflite").write_bytes(converter.convert())
    signature = [tf.TensorSpec((None, SIDE, SIDE, 3), tf.float32)]
    tf2onnx.convert.from_function(
        tf.function(model), signature, opset=17, output_path=folder / "tf2onnx.onnx")
    ct.convert(model, source="tensorflow", convert_to="neuralnetwork").save(
        str(folder / "coreml.mlmodel"))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
