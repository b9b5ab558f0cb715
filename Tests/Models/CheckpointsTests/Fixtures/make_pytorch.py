#!/usr/bin/env python3
"""The tiny network in timm, in transformers and as a plain module, saved every way, run by PyTorch.

timm's and transformers' own classes are built and narrowed layer by layer; the plain module is
what torch.onnx.export and tf2onnx are tried on.

    pip install numpy torch timm transformers safetensors onnx onnxscript
    python3 make_pytorch.py
"""
import json

import onnx
import timm
import torch
from safetensors.torch import save_file
from torch import nn
from transformers import MobileNetV1Config, MobileNetV1ForImageClassification

import tiny_mobilenet as tiny


def narrow(model, network, convolutions, norms, classifier):
    """Replaces each layer of `model` by the tiny network's."""
    for layer, convolution, norm in zip(network.layers, convolutions, norms):
        convolution.weight = nn.Parameter(torch.tensor(layer.weight))
        convolution.in_channels, convolution.out_channels = layer.inputs, layer.outputs
        if layer.kind == "depthwise":
            convolution.groups = layer.outputs
        norm.num_features = layer.outputs
        norm.weight, norm.bias = (
            nn.Parameter(torch.tensor(x)) for x in (layer.gamma, layer.beta))
        norm.running_mean, norm.running_var = (
            torch.tensor(x) for x in (layer.mean, layer.variance))
    classifier.weight = nn.Parameter(torch.tensor(network.classifier))
    classifier.bias = nn.Parameter(torch.tensor(network.classifier_bias))
    classifier.in_features, classifier.out_features = network.classifier.shape[::-1]
    return model.eval()


def run(model, network, activations, pooling, classifier):
    """What each layer makes, channels last."""
    found, hooks = [], []
    for module in [*activations, pooling, classifier]:
        hooks.append(module.register_forward_hook(lambda m, i, o: found.append(o)))
    with torch.no_grad():
        output = model(torch.tensor(network.image.transpose(2, 0, 1)[None]))
    for hook in hooks:
        hook.remove()
    logits = getattr(output, "logits", output)
    found.append(torch.softmax(logits, 1))
    arrays = [x.numpy() for x in found]
    last = [x.transpose(0, 2, 3, 1) if x.ndim == 4 else x for x in arrays]
    return list(zip(network.names, last))


def make_timm():
    network = tiny.TinyMobileNet(epsilon=1e-5)
    model = timm.create_model("mobilenetv1_100", num_classes=tiny.CLASSES)
    blocks = [block for stage in model.blocks for block in stage]
    convolutions, norms = [model.conv_stem], [model.bn1]
    for block in blocks:
        convolutions += [block.conv_dw, block.conv_pw]
        norms += [block.bn1, block.bn2]
    narrow(model, network, convolutions, norms, model.classifier)
    folder = tiny.HERE / "timm"
    folder.mkdir(exist_ok=True)
    save_file(model.state_dict(), folder / "model.safetensors")
    # As timm pushes it to a hub.
    (folder / "config.json").write_text(json.dumps({
        "architecture": "mobilenetv1_100", "num_classes": tiny.CLASSES,
        "num_features": 1024, "label_names": [f"label {i}" for i in range(tiny.CLASSES)],
        "pretrained_cfg": {
            "tag": "tiny", "input_size": [3, 64, 64], "crop_pct": 0.9, "mean": [0.5, 0.4, 0.3],
            "std": [0.25, 0.5, 0.2], "num_classes": tiny.CLASSES}}, indent=2))
    tiny.write_references("timm", run(model, network, norms, model.global_pool, model.classifier))
    return model


def make_transformers():
    network = tiny.TinyMobileNet(epsilon=1e-3)
    labels = {i: f"label {i}" for i in range(tiny.CLASSES)}
    model = MobileNetV1ForImageClassification(
        MobileNetV1Config(id2label=labels, label2id={v: k for k, v in labels.items()}))
    layers = [model.mobilenet_v1.conv_stem, *model.mobilenet_v1.layer]
    narrow(model, network, [x.convolution for x in layers], [x.normalization for x in layers],
           model.classifier)
    folder = tiny.HERE / "transformers"
    model.save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(json.dumps({
        "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "rescale_factor": 1 / 255,
        "size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}}, indent=2))
    tiny.write_references(
        "transformers", run(model, network, [x.activation for x in layers],
                            model.mobilenet_v1.pooler, model.classifier))


class Plain(nn.Module):
    """As most people write it."""

    def __init__(self, network):
        super().__init__()
        parts = []
        for layer in network.layers:
            parts += [
                nn.Conv2d(layer.inputs, layer.outputs, layer.side, layer.stride, layer.side // 2,
                          groups=layer.inputs if layer.kind == "depthwise" else 1, bias=False),
                nn.BatchNorm2d(layer.outputs, eps=layer.epsilon), nn.ReLU()]
        self.features = nn.Sequential(*parts)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(network.layers[-1].outputs, tiny.CLASSES)
        narrow(self, network, parts[::3], parts[1::3], self.fc)

    def forward(self, x):
        return self.fc(torch.flatten(self.pool(self.features(x)), 1))


def make_onnx():
    network = tiny.TinyMobileNet(epsilon=1e-5)
    model = Plain(network)
    image = torch.zeros(1, 3, tiny.RESOLUTION, tiny.RESOLUTION)
    outputs = run(model, network, model.features[2::3], model.pool, model.fc)
    # The old exporter, folded and as it was trained; the new one, with its weights beside.
    for name, options in [
        ("torchscript", {"dynamo": False}),
        ("torchscript-training", {
            "dynamo": False, "training": torch.onnx.TrainingMode.PRESERVE,
            "do_constant_folding": False}),
        ("dynamo", {"dynamo": True, "external_data": True}),
    ]:
        file = tiny.HERE / f"{name}.onnx"
        torch.onnx.export(model, (image,), file, **options)
        # Where on this machine each line of source was is no part of the network.
        written = onnx.load(file, load_external_data=False)
        for node in [*written.graph.node, *written.graph.value_info]:
            del node.metadata_props[:]
        file.write_bytes(written.SerializeToString())
        tiny.write_references(file.name, outputs)


make_timm()
make_transformers()
make_onnx()
