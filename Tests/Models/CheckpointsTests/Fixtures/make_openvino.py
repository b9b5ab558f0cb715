#!/usr/bin/env python3
"""The tiny network as OpenVINO's converter writes it, with halves as it does by itself.

Some conversions keep convolutions' names and none of the activations': what a layer makes is what
comes out of its activation, or of the last step before the next layer.

    pip install numpy openvino torch
    python3 make_openvino.py
"""
import numpy as np
import openvino
import torch

import make_torch_files
import tiny_mobilenet as tiny


def outputs_of_layers(model):
    """What the table calls layers: activations, the pooling, the sum of the last product, the answer."""
    kinds = {"ReLU", "Clamp", "ReduceMean", "Softmax", "SoftMax"}
    steps = model.get_ordered_ops()
    last = [step for step in steps if step.get_type_name() == "Add"][-1]
    return [step.output(0) for step in steps if step.get_type_name() in kinds or step is last]


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5, shallow=True)
    network.image = tiny.TinyMobileNet().image
    module = torch.nn.Sequential(make_torch_files.build(network), torch.nn.Softmax(1)).eval()
    size = [1, 3, tiny.RESOLUTION, tiny.RESOLUTION]
    model = openvino.convert_model(module, input=size, example_input=torch.zeros(size))
    folder = tiny.HERE / "openvino"
    folder.mkdir(exist_ok=True)
    openvino.save_model(model, folder / "net.xml")

    saved = openvino.Core().read_model(folder / "net.xml")
    whole = openvino.Model(outputs_of_layers(saved), saved.get_parameters())
    compiled = openvino.compile_model(whole, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    made = compiled(network.image.transpose(2, 0, 1)[None]).values()
    made = [x.transpose(0, 2, 3, 1) if x.ndim == 4 else x for x in made]
    assert len(made) == len(network.names), (len(made), len(network.names))
    tiny.write_references("openvino", list(zip(network.names, made)))


if __name__ == "__main__":
    main()
