"""Reads shipped checkpoints back, as networks that train.py can go on from.

    python3 unexport.py ../Files weights

writes weights/mobilenet-NAME.pt for every ../Files/mobilenet-NAME.safetensors of 200 classes. Batch
norm is folded there, so each batch norm here only adds a bias.
"""

import pathlib
import sys

import torch
from safetensors import safe_open

from evaluate import path
from network import MobileNet


def network(file, name):
    """The network in a shipped file."""
    found = MobileNet(name).eval()
    for unit, parts in found.units.items():
        weight = file.get_tensor(f"{unit}.weight").float()
        if unit == "conv1":
            weight = weight.permute(0, 3, 1, 2)
        elif unit.endswith("_dw"):
            weight = weight[:, None]
        else:
            weight = weight[:, :, None, None]
        parts.conv.weight.data = weight
        # The square root of what is added to it is 1.
        parts.bn.running_var.fill_(1 - parts.bn.eps)
        parts.bn.bias.data = file.get_tensor(f"{unit}.bias").float()
    found.fc7.weight.data = file.get_tensor("fc7.weight").float()
    found.fc7.bias.data = file.get_tensor("fc7.bias").float()
    return found


def main():
    files, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    for shipped in sorted(files.glob("mobilenet-*.safetensors")):
        name = shipped.stem.removeprefix("mobilenet-")
        with safe_open(shipped, "pt") as file:
            torch.save(network(file, name).state_dict(), path(output, name))
        print(path(output, name))


if __name__ == "__main__":
    main()
