"""Writes the trained networks as the checkpoints that the program ships.

    python3 export.py weights ../Files

Batch norm is folded and numbers are rounded to float16. The accuracy that goes into each file is
what evaluate.py wrote to weights/accuracy.json.
"""

import json
import pathlib
import struct
import sys

import torch

import dataset
from evaluate import WIDTHS, trained

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


def metadata(width, rows, source):
    lines = [line.split("\t") for line in (HERE / "labels.txt").read_text().splitlines()]
    scale = (1 / dataset.DEVIATION).tolist()
    offset = (-dataset.MEAN / dataset.DEVIATION).tolist()
    return {
        "format": "mobilenet-explorer",
        "version": "1",
        "name": f"mobilenet-{float(width)}",
        "resolution": "224",
        "architecture": json.dumps(
            {
                "width": width,
                "shallow": False,
                "classes": len(lines),
                "padding": "symmetric",
                "activation": "relu",
            }
        ),
        "preprocessing": json.dumps(
            {"channelOrder": "rgb", "scale": scale, "offset": offset, "cropFraction": 1}
        ),
        "labels": json.dumps([label for _, label in lines]),
        "wordNetIDs": json.dumps([wnid for wnid, _ in lines]),
        "accuracy": json.dumps(rows),
        "accuracySource": source,
        "provenance": json.dumps(
            [
                {
                    "name": "data",
                    "value": "Tiny ImageNet: 100,000 training images of 64×64 in 200 classes",
                },
                {
                    "name": "recipe",
                    "value": "widths 1 and 0.75 together, then again, taught by both; 0.5 and 0.25 "
                    "taught by these; 0.5 longer, 1 on larger views",
                },
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
    folder, output = map(pathlib.Path, sys.argv[1:])
    measured = json.loads((folder / "accuracy.json").read_text())
    for width in WIDTHS:
        path = output / f"mobilenet-{float(width)}.safetensors"
        described = metadata(width, measured["widths"][f"{width:g}"], measured["source"])
        write(path, trained(folder, width).fold(), described)
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
