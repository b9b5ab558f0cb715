#!/usr/bin/env python3
"""Saves the tiny network with Keras 2 and 3; Keras runs it and says what each layer makes.

HDF5 is wordy, so some files are of the shallow network, and one is packed.

    pip install numpy h5py tensorflow-cpu tf_keras
    python3 make_keras.py
"""
import io
import os
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import h5py
import keras
import numpy as np
import tf_keras

import keras_model
import tiny_mobilenet as tiny


def save_official_weights(network):
    """Weights alone, as the files that keras.applications downloads have them.

    Those were written in 2017, when h5py kept lists of names as texts of fixed length.
    """
    model, made = keras_model.build(network, tf_keras)
    assert keras_model.has_official_names(model, tf_keras)
    path = tiny.HERE / "keras-weights.h5"
    model.save_weights(path)
    with h5py.File(path, "r+") as file:
        for group in [file, *file.values()]:
            for name in ("layer_names", "weight_names"):
                if name in group.attrs:
                    texts = np.array([str(x).encode() for x in group.attrs[name]], dtype="S")
                    del group.attrs[name]
                    group.attrs.create(name, texts, dtype=texts.dtype if texts.size else "S1")
    tiny.write_references(path.name, keras_model.run(network, model, made, tf_keras))


def save_packed_transfer(network):
    """What transfer learning makes: pixels rescaled, a model within the model, another classifier.

    The archive is packed.
    """
    inner, made = keras_model.build(network, keras)
    # The tensor before the classifier is that of the dropout.
    body = keras.Model(inner.inputs, inner.get_layer("conv_pw_13_relu").output, name="mobilenet")
    logits = keras.layers.Dense(tiny.CLASSES, name="own")
    model = keras.Sequential([
        keras.Input((tiny.RESOLUTION, tiny.RESOLUTION, 3)),
        keras.layers.RandomFlip("horizontal"), keras.layers.Rescaling(1 / 64, -2),
        body, keras.layers.GlobalAveragePooling2D(), keras.layers.Dropout(0.2), logits,
        keras.layers.Softmax()])
    logits.set_weights([network.classifier.T, network.classifier_bias])

    path = tiny.HERE / "keras-transfer.keras"
    model.save(path)
    pack(path)
    # It is fed what the Rescaling makes.
    tiny.write_references(path.name, keras_model.run(network, inner, made, keras))


def save_grey(network):
    """A network for colours that is fed grey pictures: their one channel three times."""
    body, made = keras_model.build(network, keras)
    grey = keras.Input((tiny.RESOLUTION, tiny.RESOLUTION, 1))
    scaled = keras.layers.Rescaling(1 / 127.5, -1)(grey)
    model = keras.Model(grey, body(keras.layers.Concatenate()([scaled] * 3)))
    path = tiny.HERE / "keras-grey.keras"
    model.save(path)
    pack(path)
    tiny.write_references(path.name, keras_model.run(network, body, made, keras))


def pack(path):
    """Deflates an archive, and cuts its arrays into chunks with all three filters of h5py."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    packed = io.BytesIO()
    with h5py.File(io.BytesIO(files["model.weights.h5"])) as source, \
            h5py.File(packed, "w") as target:
        def copy(name, item):
            if isinstance(item, h5py.Group):
                target.require_group(name)
                return
            # Chunks that don't divide the array.
            chunks = tuple(max(1, n * 2 // 3) for n in item.shape) or None
            options = dict(chunks=chunks, compression="gzip", shuffle=True, fletcher32=True)
            target.create_dataset(name, data=item[()], **(options if chunks else {}))
        source.visititems(copy)
    files["model.weights.h5"] = packed.getvalue()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def save_latest(network):
    """A model in the newest version of HDF5, which h5py writes when it is asked to.

    Its long lists are B-trees of version 2 over fractal heaps, and so are the attributes of a layer
    that was given many.
    """
    model, made = keras_model.build(network, tf_keras)
    path = tiny.HERE / "keras-latest.h5"
    with h5py.File(path, "w", libver="latest") as file:
        model.save(file)
        group = file["model_weights/conv_pw_1"]
        for number in range(12):
            group.attrs[f"note {number}"] = "nothing"
    tiny.write_references(path.name, keras_model.run(network, model, made, tf_keras))


def main():
    network, shallow = tiny.TinyMobileNet(), tiny.TinyMobileNet(shallow=True)
    # Drawn after fewer weights, its own would be another.
    shallow.image = network.image
    save_official_weights(network)
    save_packed_transfer(network)
    save_grey(shallow)
    save_latest(shallow)
    for name, module in [("keras2.h5", tf_keras), ("keras3.keras", keras)]:
        model, made = keras_model.build(shallow, module)
        model.save(tiny.HERE / name)
        tiny.write_references(name, keras_model.run(shallow, model, made, module))


if __name__ == "__main__":
    main()
