"""The packed images as pixels in the device's memory."""

import hashlib
import io
import multiprocessing
import pathlib

import numpy as np
import torch
from PIL import Image

MEAN = torch.tensor([0.485, 0.456, 0.406]) * 255
DEVIATION = torch.tensor([0.229, 0.224, 0.225]) * 255


def decode(image):
    return np.asarray(Image.open(io.BytesIO(image)).convert("RGB"))


def load(paths, device):
    """Pixels as [images, 64, 64, 3] bytes, and classes."""
    images, classes = [], []
    for path in paths:
        with np.load(path) as file:
            data, lengths = file["data"].tobytes(), file["lengths"].astype(np.int64)
            print(path.name, "SHA-256 of its images", hashlib.sha256(data).hexdigest(), flush=True)
            classes.append(torch.from_numpy(file["classes"].astype(np.int64)))
        ends = np.cumsum(lengths)
        images += [data[end - length : end] for end, length in zip(ends, lengths)]
    # A new interpreter for each worker: the parent's may hold a GPU.
    with multiprocessing.get_context("spawn").Pool() as pool:
        pixels = np.stack(pool.map(decode, images, chunksize=500))
    return torch.from_numpy(pixels).to(device), torch.cat(classes).to(device)


def load_training(folder, device):
    return load(sorted(pathlib.Path(folder).glob("train-*.npz")), device)


def load_validation(folder, device):
    return load([pathlib.Path(folder) / "val.npz"], device)


def load_all(folder, device):
    """Training images, their classes, and both of the validation images."""
    return *load_training(folder, device), load_validation(folder, device)


def normalized(pixels):
    """Images [n, 3, height, width] of 0…255, as the network wants them."""
    mean = MEAN.to(pixels.device)[:, None, None]
    return (pixels - mean) / DEVIATION.to(pixels.device)[:, None, None]


def resized(pixels, resolution):
    """Whole images [n, 64, 64, 3] as normalized [n, 3, resolution, resolution].

    Enlarging needs no antialiasing, so this is Pillow's bilinear; it rounds to whole numbers too.
    """
    images = pixels.permute(0, 3, 1, 2).float()
    images = torch.nn.functional.interpolate(
        images, size=(resolution, resolution), mode="bilinear", align_corners=False
    )
    return normalized(images.round())
