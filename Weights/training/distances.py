"""Whether a photo of something unknown lies far from the classes in what pool6 makes of it.

    mobilenet-explorer features photos -o photos.npy --weights mobilenet-1.0
    mobilenet-explorer features train -o train.npy --weights mobilenet-1.0
    python3 distances.py ../Files/mobilenet-1.0.safetensors train.npy photos.npy

Both folders hold a folder for each WordNet id. Prints for each score how often a photo of a class has
more of it than one of something else (AUROC): 0.5 is chance.
"""

import csv
import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open

from unknown import area_under_curve


def load(path, ids):
    """Features, and the class of each row; -1 where it has none."""
    path = pathlib.Path(path)
    with path.with_suffix(".csv").open() as file:
        folders = [pathlib.Path(row["image"]).parent.name for row in csv.DictReader(file)]
    return np.load(path).astype(float), np.array([ids.get(folder, -1) for folder in folders])


def distances(features, means, covariance):
    """The square of Mahalanobis' distance to the nearest mean."""
    inverse = np.linalg.inv(covariance)
    squares = np.einsum("ij,jk,ik->i", features, inverse, features)[:, None]
    squares = squares - 2 * features @ inverse @ means.T
    return (squares + np.einsum("ij,jk,ik->i", means, inverse, means)).min(1)


def shrunk(deviations, part=0.1):
    """The covariance, a part of it evened out: there are few images for so many channels."""
    covariance = deviations.T @ deviations / len(deviations)
    even = np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    return (1 - part) * covariance + part * even


def directions(features):
    return features / np.linalg.norm(features, axis=1, keepdims=True)


def scores(weight, bias, known, classes, photos):
    logits = photos @ weight.T + bias
    exponents = np.exp(logits - logits.max(1, keepdims=True))
    energy = np.log(np.exp(logits).sum(1))
    centre = known.mean(0)
    means = np.stack([known[classes == number].mean(0) for number in range(len(weight))])
    near = distances(photos, means, shrunk(known - means[classes]))
    anywhere = distances(photos, centre[None], shrunk(known - centre))
    yield "confidence, temperature 1", exponents.max(1) / exponents.sum(1)
    yield "energy (Liu et al. 2020)", energy
    yield "Mahalanobis (Lee et al. 2018)", -near
    yield "relative Mahalanobis (Ren et al. 2021)", anywhere - near
    yield "cosine to a class's mean", (
        directions(photos - centre) @ directions(means - centre).T
    ).max(1)
    for percent in (80, 90, 95):
        clipped = np.minimum(photos, np.percentile(known, percent)) @ weight.T + bias
        yield f"ReAct at {percent} % (Sun et al. 2021)", np.log(np.exp(clipped).sum(1))
    # What is left of a photo outside the directions in which known images differ most.
    origin = -np.linalg.pinv(weight) @ bias
    rest = np.linalg.svd(known - origin, full_matrices=False)[2][200:]
    left, usual = (np.linalg.norm((x - origin) @ rest.T, axis=1) for x in (photos, known))
    scale = (known @ weight.T + bias).max(1).sum() / usual.sum()
    yield "residual", -left
    yield "ViM (Wang et al. 2022)", energy - scale * left


def main():
    with safe_open(sys.argv[1], "np") as file:
        ids = json.loads(file.metadata()["wordNetIDs"])
        weight, bias = (file.get_tensor(f"fc7.{part}").astype(float) for part in ("weight", "bias"))
    numbers = {wordnet_id: number for number, wordnet_id in enumerate(ids)}
    known, classes = load(sys.argv[2], numbers)
    photos, truth = load(sys.argv[3], numbers)
    own = truth >= 0
    print(f"{own.sum()} photos of its classes, {(~own).sum()} of others")
    for name, score in scores(weight, bias, known, classes, photos):
        print(f"{area_under_curve(score[own], score[~own]):.3f}  {name}")


if __name__ == "__main__":
    main()
