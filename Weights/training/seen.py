"""Names the photos that are among the training images, in small.

    python3 seen.py packed photos | xargs rm

`photos` holds a folder for each WordNet id; those of the 200 classes are compared with the training
images of the class, both as 16×16 shades of grey. A correlation above 0.9 is taken for the same
photograph: of 200 photos 74 were above 0.94 and the others below 0.89.
"""

import io
import pathlib
import sys

import numpy as np
from PIL import Image

SIDE = 16
HERE = pathlib.Path(__file__).resolve().parent


def shades(image, box=None):
    """The image in few pixels, of mean 0 and length 1."""
    small = np.asarray(image.convert("L").resize((SIDE, SIDE), Image.BOX, box=box), float).ravel()
    small -= small.mean()
    return small / (np.linalg.norm(small) + 1e-6)


def views(path):
    """A photo squeezed into a square, and its middle."""
    image = Image.open(path)
    side = min(image.size)
    left, top = ((length - side) / 2 for length in image.size)
    return [shades(image), shades(image, (left, top, left + side, top + side))]


def training_images(packed):
    """Class and shades of each."""
    for path in sorted(packed.glob("train-*.npz")):
        with np.load(path) as file:
            data, ends = file["data"].tobytes(), np.cumsum(file["lengths"].astype(int)).tolist()
            for start, end, number in zip([0] + ends, ends, file["classes"].tolist()):
                yield number, shades(Image.open(io.BytesIO(data[start:end])))


def main():
    packed, photos = map(pathlib.Path, sys.argv[1:])
    ids = [line.split("\t")[0] for line in (HERE / "labels.txt").read_text().splitlines()]
    found = {}
    for number, wordnet_id in enumerate(ids):
        paths = sorted((photos / wordnet_id).glob("*"))
        found[number] = [(path, np.array(views(path))) for path in paths]
    best = {path: -1.0 for pairs in found.values() for path, _ in pairs}
    for number, image in training_images(packed):
        for path, both in found[number]:
            best[path] = max(best[path], (both @ image).max())
    for path, correlation in best.items():
        if correlation > 0.9:
            print(path)


if __name__ == "__main__":
    main()
