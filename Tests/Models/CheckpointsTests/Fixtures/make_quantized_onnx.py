#!/usr/bin/env python3
"""Quantises the tiny network with ONNX Runtime, and writes every number that it makes of the image.

qdq.onnx has steps on floats between QuantizeLinear and DequantizeLinear, and int8 weights with a scale
per channel; qlinear.onnx has operators on integers, and one scale for all weights of a layer. The
numbers are those of a session without optimisations, in the order of layers, channels last.

    pip install numpy onnx onnxruntime
    python3 make_quantized_onnx.py
"""
import sys

# ONNX Runtime has an onnx_model of its own.
here = sys.path.pop(0)
from onnxruntime import InferenceSession, SessionOptions, GraphOptimizationLevel
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
sys.path.insert(0, here)
sys.modules.pop("onnx_model", None)
import numpy as np
import onnx
from onnx import TensorProto, helper

import onnx_model
import tiny_mobilenet as tiny


class Images(CalibrationDataReader):
    def __init__(self, network):
        random = np.random.RandomState(7)
        noise = [random.uniform(-1, 1, network.image.shape).astype("f4") for _ in range(8)]
        self.rest = iter([{"input": x.transpose(2, 0, 1)[None]} for x in [network.image, *noise]])

    def get_next(self):
        return next(self.rest, None)


def run(path, image):
    """The outputs of all layers as integers, channels last, without those between them."""
    model = onnx.load(path)
    steps = {output: node for node in model.graph.node for output in node.output}
    names = []
    for node in model.graph.node:
        source = steps.get(node.input[0])
        # What only has another shape, or is the input, is no layer.
        if node.op_type == "QuantizeLinear" and source and source.op_type != "Flatten":
            names.append(node.output[0])
        if node.op_type.startswith("Q") and node.op_type != "QuantizeLinear":
            names.append(node.output[0])
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.UINT8, None) for name in names)
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    session = InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found = session.run(names, {"input": image.transpose(2, 0, 1)[None]})
    return [x.transpose(0, 2, 3, 1) if x.ndim == 4 else x for x in found]


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5)
    model, _ = onnx_model.build(network, "symmetric", "relu6")
    source = tiny.HERE / "float.onnx"
    onnx.save(model, source)
    for name, form, weights, isPerChannel in [
            ("qdq", QuantFormat.QDQ, QuantType.QInt8, True),
            ("qlinear", QuantFormat.QOperator, QuantType.QUInt8, False)]:
        path = tiny.HERE / f"{name}.onnx"
        quantize_static(
            source, path, Images(network), quant_format=form, per_channel=isPerChannel,
            activation_type=QuantType.QUInt8, weight_type=weights)
        outputs = run(path, network.image)
        print(name, [x.shape for x in outputs], path.stat().st_size)
        (tiny.HERE / f"{name}.numbers").write_bytes(b"".join(x.tobytes() for x in outputs))
    source.unlink()


if __name__ == "__main__":
    main()
