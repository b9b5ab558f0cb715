"""Writes the trained networks as the checkpoints that the program ships.

    python3 export.py weights ../Files 1.0 1.0-shallow 0.75 0.5 0.25

Batch norm is folded and numbers are rounded to float16. What calibrate.py measures is added by it.
"""

import json
import pathlib
import struct
import sys

import torch

import dataset
from evaluate import trained

HERE = pathlib.Path(__file__).resolve().parent


def arrays(network):
    """Name and float16 array, channels last: conv1 out×3×3×in, depthwise channels×3×3."""
    for name, unit in network.units.items():
        weight = unit.conv.weight.detach()
        if name == "conv1":
            weight = weight.permute(0, 2, 3, 1)
        elif name.endswith("_dw"):
            weight = weight[:, 0]
        else:
            weight = weight[:, :, 0, 0]
        yield f"{name}.weight", weight
        yield f"{name}.bias", unit.conv.bias.detach()
    yield "fc7.weight", network.fc7.weight.detach()
    yield "fc7.bias", network.fc7.bias.detach()


RECIPES = {
    "1.0": "with 0.75 from nothing, again taught by both, then alone on larger views",
    "0.75": "with 1.0 from nothing, then again taught by both",
    "0.5": "with 0.25 from nothing, taught by 1.0 and 0.75, then longer alone",
    "0.25": "with 0.5 from nothing, taught by 1.0 and 0.75",
    "1.0-shallow": "from the layers that it shares with 1.0, taught by 1.0 and 0.75",
}


def metadata(name):
    lines = [line.split("\t") for line in (HERE / "labels.txt").read_text().splitlines()]
    scale = (1 / dataset.DEVIATION).tolist()
    offset = (-dataset.MEAN / dataset.DEVIATION).tolist()
    return {
        "format": "mobilenet-explorer",
        "version": "1",
        "name": f"mobilenet-{name}",
        "resolution": "224",
        "architecture": json.dumps(
            {
                "width": float(name.removesuffix("-shallow")),
                "shallow": name.endswith("-shallow"),
                "classes": len(lines),
                "padding": "symmetric",
                "activation": "relu",
            }
        ),
        "preprocessing": json.dumps(
            {"channelOrder": "rgb", "scale": scale, "offset": offset, "cropFraction": 1}
        ),
        "labels": json.dumps([label for _, label, _ in lines]),
        "wordNetIDs": json.dumps([wnid for wnid, _, _ in lines]),
        "provenance": json.dumps(
            [
                {
                    "name": "data",
                    "value": "Tiny ImageNet: 100,000 training images of 64×64 in 200 classes",
                },
                {"name": "recipe", "value": f"{RECIPES[name]}; then all five by EfficientNet-Lite2"},
                {"name": "made by", "value": "Weights/training of this project, November 2026"},
            ],
            ensure_ascii=False,
        ),
    }


def write(path, network, described):
    header, blob = {"__metadata__": described}, b""
    for name, array in arrays(network):
        data = array.contiguous().half().numpy().tobytes()
        header[name] = {
            "dtype": "F16",
            "shape": list(array.shape),
            "data_offsets": [len(blob), len(blob) + len(data)],
        }
        blob += data
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def main():
    folder, output = map(pathlib.Path, sys.argv[1:3])
    for name in sys.argv[3:]:
        path = output / f"mobilenet-{name}.safetensors"
        write(path, trained(folder, name).fold(), metadata(name))
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
