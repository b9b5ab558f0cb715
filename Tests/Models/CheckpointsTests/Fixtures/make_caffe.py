#!/usr/bin/env python3
"""Writes the tiny network as a .caffemodel and runs it with OpenCV, whose version 4 reads Caffe.

The few messages that are needed are written with their field numbers in caffe.proto. The same
weights go to a folder of raw floats, batch norm folded, as Forge has them.

    pip install numpy "opencv-python-headless<5"
    python3 make_caffe.py
"""
import struct

import cv2
import numpy as np

import tiny_mobilenet as tiny


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def field(number, value):
    """A field: an integer, a float, a text, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def blob(array):
    array = np.ascontiguousarray(array, dtype="f4")
    shape = field(7, field(1, b"".join(varint(n) for n in array.shape)))
    return field(7, shape + field(5, array.tobytes()))


def layer(name, kind, bottom, top, parameters=b"", blobs=()):
    head = field(1, name) + field(2, kind) + (field(3, bottom) if bottom else b"") + field(4, top)
    return field(100, head + b"".join(blob(b) for b in blobs) + parameters)


def build(network, factor):
    """The layers, with batch norms in sums of `factor` steps; each layer's last top."""
    sizes = b"".join(varint(n) for n in (1, 3, tiny.RESOLUTION, tiny.RESOLUTION))
    out = [field(1, "TINY"),
           layer("input", "Input", None, "data", field(143, field(1, field(1, sizes))))]
    top, tops = "data", []
    for part in network.layers:
        settings = (field(1, part.outputs) + field(2, 0) + field(3, part.side // 2)
                    + field(4, part.side) + field(6, part.stride))
        if part.kind == "depthwise":
            settings += field(5, part.outputs)
        out += [
            layer(part.name, "Convolution", top, part.name, field(106, settings), [part.weight]),
            layer(f"{part.name}/bn", "BatchNorm", part.name, f"{part.name}/bn",
                  field(139, field(1, 1) + field(3, float(part.epsilon))),
                  [part.mean * factor, part.variance * factor, np.array([factor])]),
            layer(f"{part.name}/scale", "Scale", f"{part.name}/bn", f"{part.name}/scale",
                  field(142, field(4, 1)), [part.gamma, part.beta]),
            layer(f"{part.name}/relu", "ReLU", f"{part.name}/scale", f"{part.name}/relu")]
        top = f"{part.name}/relu"
        tops.append(top)
    channels = network.layers[-1].outputs
    out += [
        layer("pool6", "Pooling", top, "pool6", field(121, field(1, 1) + field(12, 1))),
        layer("fc7", "Convolution", "pool6", "fc7",
              field(106, field(1, tiny.CLASSES) + field(4, 1)),
              [network.classifier.reshape(tiny.CLASSES, channels, 1, 1),
               network.classifier_bias]),
        layer("prob", "Softmax", "fc7", "prob")]
    return b"".join(out), tops + ["pool6", "fc7", "prob"]


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5)
    model, tops = build(network, 3.5)
    (tiny.HERE / "tiny.caffemodel").write_bytes(model)
    # The same layers as text would do; OpenCV takes the binary form without weights too.
    net = cv2.dnn.readNetFromCaffe(np.frombuffer(prototxt(network), "u1"),
                                   np.frombuffer(model, "u1"))
    net.enableFusion(False)
    net.setInput(network.image.transpose(2, 0, 1)[None])
    outputs = net.forward(tops)
    last = [x.transpose(0, 2, 3, 1) if x.ndim == 4 else x for x in outputs]
    tiny.write_references("tiny.caffemodel", zip(network.names, last))

    folder = tiny.HERE / "forge"
    folder.mkdir(exist_ok=True)
    for part in network.layers:
        weight, bias = part.folded
        (folder / f"{part.name}_w.bin").write_bytes(
            np.ascontiguousarray(weight.transpose(0, 2, 3, 1)).tobytes())
        (folder / f"{part.name}_b.bin").write_bytes(bias.tobytes())
    (folder / "fc7_w.bin").write_bytes(network.classifier.tobytes())
    (folder / "fc7_b.bin").write_bytes(network.classifier_bias.tobytes())
    tiny.write_references("forge", zip(network.names, last))


def prototxt(network):
    """The layers as text, which OpenCV wants beside the weights."""
    lines = [
        'name: "TINY"', 'input: "data"',
        *(f"input_dim: {n}" for n in (1, 3, tiny.RESOLUTION, tiny.RESOLUTION))]

    def add(name, kind, bottom, top, parameters=""):
        lines.append(f'layer {{ name: "{name}" type: "{kind}" bottom: "{bottom}" top: "{top}" '
                     f"{parameters} }}")

    top = "data"
    for part in network.layers:
        group = f"group: {part.outputs}" if part.kind == "depthwise" else ""
        add(part.name, "Convolution", top, part.name,
            f"convolution_param {{ num_output: {part.outputs} bias_term: false "
            f"pad: {part.side // 2} kernel_size: {part.side} stride: {part.stride} {group} }}")
        add(f"{part.name}/bn", "BatchNorm", part.name, f"{part.name}/bn",
            f"batch_norm_param {{ use_global_stats: true eps: {part.epsilon} }}")
        add(f"{part.name}/scale", "Scale", f"{part.name}/bn", f"{part.name}/scale",
            "scale_param { bias_term: true }")
        add(f"{part.name}/relu", "ReLU", f"{part.name}/scale", f"{part.name}/relu")
        top = f"{part.name}/relu"
    add("pool6", "Pooling", top, "pool6", "pooling_param { pool: AVE global_pooling: true }")
    add("fc7", "Convolution", "pool6", "fc7",
        f"convolution_param {{ num_output: {tiny.CLASSES} kernel_size: 1 }}")
    add("prob", "Softmax", "fc7", "prob")
    return "\n".join(lines).encode()


main()
