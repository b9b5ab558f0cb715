"""The tiny network in ONNX Runtime, layer by layer; folded, or with batch norm."""
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import tiny_mobilenet as tiny


def build(network, padding, activation, folded=True):
    """Returns the ONNX model, and the name of each layer's output."""
    nodes, initializers, outputs, top = [], [], [], "input"

    def constant(name, array):
        initializers.append(numpy_helper.from_array(np.asarray(array, dtype="f4"), name))
        return name

    for layer in network.layers:
        name, inputs = layer.name, [top]
        weight, bias = layer.folded if folded else (layer.weight, None)
        inputs.append(constant(f"{name}.weight", weight))
        if folded:
            inputs.append(constant(f"{name}.bias", bias))
        before = 0 if layer.side == 1 or (layer.stride == 2 and padding == "same") else 1
        after = 0 if layer.side == 1 else 1
        nodes.append(helper.make_node(
            "Conv", inputs, [f"{name}/conv"], name=name, kernel_shape=[layer.side] * 2,
            strides=[layer.stride] * 2, pads=[before, before, after, after],
            group=layer.inputs if layer.kind == "depthwise" else 1))
        top = f"{name}/conv"
        if not folded:
            parts = [constant(f"{name}.bn.{k}", v) for k, v in [
                ("weight", layer.gamma), ("bias", layer.beta), ("running_mean", layer.mean),
                ("running_var", layer.variance)]]
            nodes.append(helper.make_node(
                "BatchNormalization", [top, *parts], [f"{name}/bn"], epsilon=layer.epsilon))
            top = f"{name}/bn"
        if activation == "relu6":
            limits = [constant(f"{name}.floor", 0), constant(f"{name}.ceiling", 6)]
            nodes.append(helper.make_node("Clip", [top, *limits], [f"{name}/out"]))
        else:
            nodes.append(helper.make_node("Relu", [top], [f"{name}/out"]))
        top = f"{name}/out"
        outputs.append(top)
    nodes.append(helper.make_node("GlobalAveragePool", [top], ["pool"]))
    outputs.append("pool")
    if network.classifier is not None:
        constant("fc7.weight", network.classifier)
        constant("fc7.bias", network.classifier_bias)
        nodes += [
            helper.make_node("Flatten", ["pool"], ["flat"]),
            helper.make_node("Gemm", ["flat", "fc7.weight", "fc7.bias"], ["logits"], transB=1),
            helper.make_node("Softmax", ["logits"], ["prob"], axis=1)]
        outputs += ["logits", "prob"]
    graph = helper.make_graph(
        nodes, "mobilenet",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, "height", "width"])],
        [helper.make_tensor_value_info(outputs[-1], TensorProto.FLOAT, None)],
        initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return model, outputs


def run(network, padding, activation, folded=True, image=None):
    """Each layer's name and output, channels last."""
    model, outputs = build(network, padding, activation, folded)
    del model.graph.output[:]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"])
    image = network.image if image is None else image
    found = session.run(outputs, {"input": image.transpose(2, 0, 1)[None]})
    last = [x.transpose(0, 2, 3, 1) if x.ndim == 4 else x for x in found]
    return list(zip(network.names, last))
