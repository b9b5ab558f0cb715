"""Random views of images, made in batches on the device that trains."""

import math

import torch
from torch.nn import functional as F

from dataset import normalized


def uniform(count, low, high, device):
    return torch.rand(count, device=device) * (high - low) + low


def views(pixels, resolution, smallest_area):
    """Crops, mirrored and turned a little, of [n, 64, 64, 3] as [n, 3, resolution, resolution]."""
    count, device = len(pixels), pixels.device
    area = uniform(count, smallest_area, 1, device)
    stretch = torch.exp(uniform(count, -1, 1, device) * math.log(4 / 3) / 2)
    width = (area.sqrt() * stretch).clamp(max=1)
    height = (area.sqrt() / stretch).clamp(max=1)
    x = uniform(count, -1, 1, device) * (1 - width)
    y = uniform(count, -1, 1, device) * (1 - height)
    mirror = torch.where(torch.rand(count, device=device) < 0.5, -1.0, 1.0)
    # Every third image is turned by up to 15 degrees.
    angle = uniform(count, -1, 1, device) * math.radians(15)
    angle *= torch.rand(count, device=device) < 1 / 3
    cosine, sine = angle.cos(), angle.sin()
    matrix = torch.stack(
        [
            torch.stack([width * cosine * mirror, -width * sine, x], 1),
            torch.stack([height * sine * mirror, height * cosine, y], 1),
        ],
        1,
    )
    grid = F.affine_grid(matrix, (count, 3, resolution, resolution), align_corners=False)
    images = pixels.permute(0, 3, 1, 2).float()
    return F.grid_sample(
        images, grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )


def jittered(images):
    """Other brightness, contrast, saturation and tint."""
    count, device = len(images), images.device

    def factor(strength):
        return torch.exp(uniform(count, -strength, strength, device))[:, None, None, None]

    gray = images.mean(1, keepdim=True)
    images = gray + (images - gray) * factor(0.4)
    mean = images.mean((1, 2, 3), keepdim=True)
    images = mean * factor(0.3) + (images - mean) * factor(0.3)
    tint = torch.exp(0.08 * torch.randn(count, 3, 1, 1, device=device))
    return images * tint


def refocused(images):
    """Half of the images blurred or sharpened: photos are sharper than enlarged 64-pixel ones."""
    count, device = len(images), images.device
    side = 2 * round(images.shape[-1] / 75) + 1
    blurred = F.avg_pool2d(
        F.avg_pool2d(images, side, 1, side // 2, count_include_pad=False),
        side, 1, side // 2, count_include_pad=False,
    )
    amount = uniform(count, -1, 2.5, device) * (torch.rand(count, device=device) < 0.5)
    return torch.lerp(blurred, images, 1 + amount[:, None, None, None])


def mixed(images, targets, share, blending):
    """A `share` of the batches blended (mixup) or pasted into each other (cutmix)."""
    if torch.rand(()) >= share:
        return images, targets
    partner = torch.randperm(len(images), device=images.device)
    side = images.shape[-1]
    if torch.rand(()) < 0.5:
        kept = torch.distributions.Beta(blending, blending).sample((len(images),)).to(images.device)
        kept = torch.maximum(kept, 1 - kept)[:, None, None, None]
        images = torch.lerp(images[partner], images, kept)
        kept = kept[:, 0, 0]
    else:
        cut = int(side * math.sqrt(1 - torch.rand(()).item()))
        top, left = (int(torch.randint(0, side - cut + 1, ())) for _ in range(2))
        images = images.clone()
        images[:, :, top : top + cut, left : left + cut] = images[partner][
            :, :, top : top + cut, left : left + cut
        ]
        kept = 1 - (cut / side) ** 2
    return images, torch.lerp(
        targets[partner], targets, torch.as_tensor(kept, device=images.device)
    )


def batch(pixels, targets, resolution, smallest_area, mixing, blending):
    """Normalized images and the classes' probabilities to learn."""
    images = refocused(jittered(views(pixels, resolution, smallest_area))).clamp(0, 255)
    images, targets = mixed(normalized(images), targets, mixing, blending)
    return images.to(memory_format=torch.channels_last), targets
