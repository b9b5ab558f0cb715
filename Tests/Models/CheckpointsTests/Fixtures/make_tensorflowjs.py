#!/usr/bin/env python3
"""Converts the tiny network from Keras 2 to TensorFlow.js: floats in several shards, and quantised.

Keras runs the network and says what each layer makes; for quantised weights it runs what the
converter's own loader reads back.

    pip install numpy tensorflow-cpu tf_keras && pip install --no-deps tensorflowjs
    python3 make_tensorflowjs.py
"""
import os
import sys
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"
# The package imports converters of other frameworks, which are not needed here.
for name in ["jax", "jax.experimental", "jax.experimental.jax2tf", "tensorflow_decision_forests"]:
    sys.modules[name] = mock.MagicMock()
import tf_keras
from tensorflowjs.converters import keras_h5_conversion, keras_tfjs_loader

import keras_model
import tiny_mobilenet as tiny


def main():
    network = tiny.TinyMobileNet()
    model, made = keras_model.build(network, tf_keras)
    outputs = keras_model.run(network, model, made, tf_keras)
    folder = tiny.HERE / "tensorflowjs"
    keras_h5_conversion.save_keras_model(model, str(folder), weight_shard_size_bytes=16384)
    tiny.write_references(folder.name, outputs)

    places = [model.layers.index(tensor._keras_history.layer) for tensor in made]
    for kind in ["uint8", "uint16", "float16"]:
        folder = tiny.HERE / f"tensorflowjs-{kind}"
        keras_h5_conversion.save_keras_model(
            model, str(folder), quantization_dtype_map={kind: "*"})
        read = keras_tfjs_loader.load_keras_model(str(folder / "model.json"))
        tiny.write_references(folder.name, keras_model.run(
            network, read, [read.layers[place].output for place in places], tf_keras))


if __name__ == "__main__":
    main()
