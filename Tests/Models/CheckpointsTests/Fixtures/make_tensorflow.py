#!/usr/bin/env python3
"""The tiny network in TensorFlow's own formats; Keras says what each layer makes.

A checkpoint with the names of the authors' release, a frozen graph, a SavedModel of each generation,
and TensorFlow.js's graph model.

    pip install numpy tensorflow-cpu tf_keras tensorflowjs
    python3 make_tensorflow.py
"""
import os
import shutil
import sys
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
# TensorFlow.js's converter uses names that NumPy no longer has.
np.object, np.bool = object, bool
import tensorflow as tf
# … and TensorFlow Hub, which it imports and does not need, some that TensorFlow no longer has.
sys.modules["tensorflow_hub"] = types.ModuleType("tensorflow_hub")
import tf_keras
from tensorflow.core.protobuf import saved_model_pb2
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import keras_model
import tiny_mobilenet as tiny


def save_slim_checkpoint(network, folder):
    """Variables as slim names them, with what a training keeps beside."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        def variable(name, value):
            tf.compat.v1.get_variable(name, initializer=tf.constant(value))

        for index, layer in enumerate(network.layers):
            pair = (index + 1) // 2
            scope = f"MobilenetV1/Conv2d_{pair}" + {
                "convolution": "", "depthwise": "_depthwise", "pointwise": "_pointwise"}[layer.kind]
            kernel = layer.weight.transpose(2, 3, 1, 0)
            if layer.kind == "depthwise":
                variable(f"{scope}/depthwise_weights", kernel.transpose(0, 1, 3, 2))
            else:
                variable(f"{scope}/weights", kernel)
                variable(f"{scope}/weights/ExponentialMovingAverage", kernel * 0)
            for name, value in [("gamma", layer.gamma), ("beta", layer.beta),
                                ("moving_mean", layer.mean), ("moving_variance", layer.variance)]:
                variable(f"{scope}/BatchNorm/{name}", value)
        logits = "MobilenetV1/Logits/Conv2d_1c_1x1"
        variable(f"{logits}/weights", network.classifier.T[None, None])
        variable(f"{logits}/biases", network.classifier_bias)
        variable("global_step", np.int64(7))
        session.run(tf.compat.v1.global_variables_initializer())
        tf.compat.v1.train.Saver().save(
            session, str(folder / "model.ckpt"), write_meta_graph=False)


def save_frozen(model, path):
    signature = tf.TensorSpec((1, tiny.RESOLUTION, tiny.RESOLUTION, 3), tf.float32)
    function = tf.function(lambda x: model(x)).get_concrete_function(signature)
    frozen = convert_variables_to_constants_v2(function)
    path.write_bytes(frozen.graph.as_graph_def().SerializeToString())
    return function


def save_functions(model, folder):
    """What TensorFlow 2 saves of a network that is fed bytes: the layers are in functions.

    Those that save and restore, and the objects, are many times as large as the weights, and are not
    read.
    """
    signature = tf.TensorSpec((None, tiny.RESOLUTION, tiny.RESOLUTION, 3), tf.uint8)
    layers = tf.function(lambda x: model(x))
    whole = tf.Module()
    whole.model = model
    whole.fed = tf.function(
        lambda pixels: layers(tf.cast(pixels, tf.float32) / 64 - 2), input_signature=[signature])
    tf.saved_model.save(whole, folder, signatures=whole.fed)
    file = folder / "saved_model.pb"
    saved = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for graph in saved.meta_graphs:
        graph.ClearField("object_graph_def")
        for function in list(graph.graph_def.library.function):
            if "traced" in function.signature.name:
                graph.graph_def.library.function.remove(function)
    file.write_bytes(saved.SerializeToString())
    (folder / "fingerprint.pb").unlink()
    shutil.rmtree(folder / "assets", ignore_errors=True)


def main():
    network = tiny.TinyMobileNet(shallow=True)
    network.image = tiny.TinyMobileNet().image
    model, made = keras_model.build(network, keras)
    outputs = keras_model.run(network, model, made, keras)

    folder = tiny.HERE / "slim"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    save_slim_checkpoint(network, folder)
    (folder / "checkpoint").unlink()
    tiny.write_references("slim", outputs)

    shutil.rmtree(tiny.HERE / "savedmodel-functions", ignore_errors=True)
    save_functions(model, tiny.HERE / "savedmodel-functions")
    tiny.write_references("savedmodel-functions", outputs)

    save_frozen(model, tiny.HERE / "frozen.pb")
    tiny.write_references("frozen.pb", outputs)

    shutil.rmtree(tiny.HERE / "savedmodel", ignore_errors=True)
    older, older_made = keras_model.build(network, tf_keras)
    older.save(tiny.HERE / "savedmodel", save_format="tf")
    tiny.write_references("savedmodel", keras_model.run(network, older, older_made, tf_keras))
    whole = tiny.HERE / "savedmodel" / "saved_model.pb"
    from tensorflowjs.converters import tf_saved_model_conversion_v2 as conversion
    shutil.rmtree(tiny.HERE / "tensorflowjs-graph", ignore_errors=True)
    conversion.convert_tf_saved_model(
        str(tiny.HERE / "savedmodel"), str(tiny.HERE / "tensorflowjs-graph"))
    tiny.write_references("tensorflowjs-graph", outputs)

    # Functions and objects are many times as large as the weights, and are not read.
    model = saved_model_pb2.SavedModel.FromString(whole.read_bytes())
    for graph in model.meta_graphs:
        del graph.graph_def.library.function[:]
        graph.ClearField("object_graph_def")
    whole.write_bytes(model.SerializeToString())
    for name in ["keras_metadata.pb", "fingerprint.pb"]:
        (tiny.HERE / "savedmodel" / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
