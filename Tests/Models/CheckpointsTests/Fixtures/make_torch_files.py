#!/usr/bin/env python3
"""The tiny network as torch.save and torch.jit.save write it; PyTorch says what each layer makes.

Its names are nobody's, so that it has to be recognised by order and shape.

    pip install numpy torch
    python3 make_torch_files.py
"""
import collections
import pickle
import zipfile

import torch
from torch import nn

import tiny_mobilenet as tiny


def build(network):
    """As many write it: a function that makes the layers of a block, all of torch.nn."""
    def block(layer):
        convolution = nn.Conv2d(
            layer.inputs, layer.outputs, layer.side, layer.stride, layer.side // 2,
            groups=layer.inputs if layer.kind == "depthwise" else 1, bias=False)
        norm = nn.BatchNorm2d(layer.outputs, eps=layer.epsilon)
        convolution.weight.data = torch.tensor(layer.weight)
        norm.weight.data, norm.bias.data = torch.tensor(layer.gamma), torch.tensor(layer.beta)
        norm.running_mean, norm.running_var = torch.tensor(layer.mean), torch.tensor(layer.variance)
        return nn.Sequential(convolution, norm, nn.ReLU6())

    head = nn.Linear(network.layers[-1].outputs, tiny.CLASSES)
    head.weight.data = torch.tensor(network.classifier)
    head.bias.data = torch.tensor(network.classifier_bias)
    return nn.Sequential(collections.OrderedDict(
        stages=nn.Sequential(*map(block, network.layers)), squeeze=nn.AdaptiveAvgPool2d(1),
        flat=nn.Flatten(), dropout=nn.Dropout(0.2), head=head)).eval()


def run(model, network):
    found = []
    parts = [block[2] for block in model.stages] + [model.squeeze, model.head]
    hooks = [part.register_forward_hook(lambda m, i, o: found.append(o)) for part in parts]
    with torch.no_grad():
        logits = model(torch.tensor(network.image.transpose(2, 0, 1)[None]))
    for hook in hooks:
        hook.remove()
    found.append(torch.softmax(logits, 1))
    return list(zip(network.names, (
        x.permute(0, 2, 3, 1).numpy() if x.ndim == 4 else x.numpy() for x in found)))


class Fed(nn.Module):
    """The network with what becomes of a pixel before it, and of its numbers after it."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406])[:, None, None])
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225])[:, None, None])

    def forward(self, pixels):
        x = (pixels / 255 - self.mean) / self.deviation
        return torch.sigmoid(self.model(x))


def main():
    network = tiny.TinyMobileNet(epsilon=1e-5, shallow=True)
    network.image = tiny.TinyMobileNet().image
    model = build(network)
    outputs = run(model, network)

    # A state dict in memory's other order, rows before columns before channels.
    state = model.to(memory_format=torch.channels_last).state_dict()
    # The activation is in no state dict; ReLU6 has to be said. These cut nothing off.
    torch.save(state, tiny.HERE / "state-dict.pth")
    model = model.to(memory_format=torch.contiguous_format)

    # What a training keeps, before PyTorch 1.6, on several processors.
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    training = {
        "epoch": 3, "optimizer": optimizer.state_dict(), "best": 0.5,
        "state_dict": nn.DataParallel(model).state_dict()}
    torch.save(training, tiny.HERE / "training.tar", _use_new_zipfile_serialization=False)

    torch.save(model, tiny.HERE / "module.pt")
    torch.save(model, tiny.HERE / "module-old.pt", _use_new_zipfile_serialization=False)
    image = torch.zeros(1, 3, tiny.RESOLUTION, tiny.RESOLUTION)
    torch.jit.trace(model, image).save(tiny.HERE / "script.pt")
    for name in ["state-dict.pth", "training.tar", "module.pt", "module-old.pt", "script.pt"]:
        tiny.write_references(name, outputs)

    # Frozen, its arrays are constants of its code. It ends with a sigmoid.
    fed = torch.jit.script(Fed(model).eval())
    torch.jit.freeze(fed).save(tiny.HERE / "frozen.pt")
    torch.jit.save(torch.jit.freeze(fed, optimize_numerics=False), tiny.HERE / "frozen-norms.pt",
                   _extra_files={"labels.txt": "".join(f"kind {n}\n" for n in range(tiny.CLASSES))})
    with torch.no_grad():
        answer = torch.sigmoid(torch.tensor(outputs[-2][1])).numpy()
    for name in ["frozen.pt", "frozen-norms.pt"]:
        tiny.write_references(name, outputs[:-1] + [("prob", answer)])

    # A pickle that wants to run a program.
    class Wish:
        def __reduce__(self):
            import os
            return os.system, ("true",)

    with zipfile.ZipFile(tiny.HERE / "wish.pth", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({"weight": Wish()}, protocol=2))
        archive.writestr("archive/version", "3\n")


if __name__ == "__main__":
    main()
