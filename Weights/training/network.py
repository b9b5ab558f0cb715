"""MobileNet v1 in PyTorch, with the layer names of the Caffe model."""

import torch
from torch import nn

# Name, stride and output channels at width 1 of the depthwise separable pairs.
PAIRS = [
    ("conv2_1", 1, 64),
    ("conv2_2", 2, 128),
    ("conv3_1", 1, 128),
    ("conv3_2", 2, 256),
    ("conv4_1", 1, 256),
    ("conv4_2", 2, 512),
    ("conv5_1", 1, 512),
    ("conv5_2", 1, 512),
    ("conv5_3", 1, 512),
    ("conv5_4", 1, 512),
    ("conv5_5", 1, 512),
    ("conv5_6", 2, 1024),
    ("conv6", 1, 1024),
]
# What a shallow network leaves out: the pairs of 14×14×512 that change neither side nor channels.
LEFT_OUT = {"conv5_1", "conv5_2", "conv5_3", "conv5_4", "conv5_5"}


class Unit(nn.Module):
    """A convolution without bias, batch norm, ReLU."""

    def __init__(self, inputs, outputs, side, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(
            inputs, outputs, side, stride, padding=side // 2, groups=groups, bias=False
        )
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))

    def folded(self):
        """Weights and biases that do the work of convolution and batch norm."""
        scale = self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        # What is 0 in every image has no variance: its filter says nothing, and could overflow.
        scale = torch.where(self.bn.running_var > 0, scale, 0)
        return (
            self.conv.weight * scale[:, None, None, None],
            self.bn.bias - self.bn.running_mean * scale,
        )


class MobileNet(nn.Module):
    """MobileNet v1 with symmetric padding; images in, logits out.

    Its name is its width, "0.75" for example, with "-shallow" behind it for a shallow one.
    """

    def __init__(self, name, classes=200):
        super().__init__()
        width, shallow = float(name.removesuffix("-shallow")), name.endswith("-shallow")
        channels = max(8, int(32 * width))
        self.units = nn.ModuleDict({"conv1": Unit(3, channels, 3, stride=2)})
        for name, stride, outputs in PAIRS:
            if shallow and name in LEFT_OUT:
                continue
            outputs = max(8, int(outputs * width))
            self.units[name + "_dw"] = Unit(channels, channels, 3, stride, groups=channels)
            self.units[name + "_sep"] = Unit(channels, outputs, 1)
            channels = outputs
        self.fc7 = nn.Linear(channels, classes)
        for unit in self.units.values():
            nn.init.kaiming_normal_(unit.conv.weight, mode="fan_out")
        nn.init.normal_(self.fc7.weight, std=0.01)
        nn.init.zeros_(self.fc7.bias)

    def forward(self, x):
        for unit in self.units.values():
            x = unit(x)
        return self.fc7(x.mean((2, 3)))

    def fold(self):
        """Replaces every batch norm with what it amounts to, a bias, in float16's precision."""
        for unit in self.units.values():
            weight, bias = unit.folded()
            conv = unit.conv
            conv.weight = nn.Parameter(weight.half().float())
            conv.bias = nn.Parameter(bias.half().float())
            unit.bn = nn.Identity()
        self.fc7.weight = nn.Parameter(self.fc7.weight.half().float())
        self.fc7.bias = nn.Parameter(self.fc7.bias.half().float())
        return self
