"""Top-1 and top-5 on the validation images, of the weights as they are shipped.

    python3 evaluate.py weights packed

reads every weights/mobilenet-NAME.pt that is there and writes weights/accuracy.json: batch norm
folded, weights rounded to float16, computed in float32.
"""

import json
import pathlib
import sys

import torch

import dataset
from network import MobileNet

RESOLUTIONS = [128, 160, 192, 224]
NAMES = ["1.0", "1.0-shallow", "0.75", "0.5", "0.25"]
SOURCE = (
    "Weights/training/evaluate.py, these weights in float32, on the 10,000 validation images of "
    "Tiny ImageNet"
)


def path(folder, name):
    return folder / ("teacher.pt" if name == "teacher" else f"mobilenet-{name}.pt")


def untrained(name):
    """A network as train.py wants it; only who trains with the teacher needs its packages."""
    if name != "teacher":
        return MobileNet(name)
    from teacher import Teacher

    return Teacher()


def trained(folder, name):
    """The network that was saved there, for answers only."""
    network = untrained(name)
    network.load_state_dict(torch.load(path(folder, name), "cpu"))
    return network.eval()


@torch.no_grad()
def accuracy(network, pixels, classes, resolution):
    """Top-1 and top-5 in percent."""
    hits = torch.zeros(2, device=pixels.device)
    for images, answers in zip(pixels.split(500), classes.split(500)):
        images = dataset.resized(images, resolution)
        best = network(images).topk(5).indices == answers[:, None]
        hits += torch.stack([best[:, 0].sum(), best.sum()])
    return [round(100 * hit / len(pixels), 2) for hit in hits.tolist()]


def main():
    folder, packed = map(pathlib.Path, sys.argv[1:])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    pixels, classes = dataset.load_validation(packed, device)
    table = {}
    for name in filter(lambda name: path(folder, name).exists(), NAMES):
        network = trained(folder, name).fold().to(device)
        table[name] = rows = []
        for resolution in RESOLUTIONS:
            top1, top5 = accuracy(network, pixels, classes, resolution)
            rows.append({"resolution": resolution, "top1": top1, "top5": top5})
            print(f"{name}, {resolution}: {top1:.2f} / {top5:.2f}", flush=True)
    measured = {"source": SOURCE, "networks": table}
    (folder / "accuracy.json").write_text(json.dumps(measured, indent=1) + "\n")


if __name__ == "__main__":
    main()
