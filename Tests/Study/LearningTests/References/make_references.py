#!/usr/bin/env python3
"""Fits scikit-learn's LogisticRegression to made-up features; writes its probabilities to
references.txt.

The features come from a small integer hash (Checkpoint.syntheticValues makes the very same ones).
A line "case CLASSES IMAGES FEATURES C" is followed by a line of probabilities for each image.

Of two classes scikit-learn fits one vector w, as if the other's were zero; two vectors ±w/2 answer
the same and are penalised by half as much. So it is given twice the C there.

    pip install numpy scikit-learn
    python3 make_references.py
"""
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression

# Classes, images, features, C.
CASES = [(3, 60, 24, 0.05), (3, 60, 24, 100.0), (2, 40, 16, 0.5), (7, 90, 40, 2.0)]


def values(count, seed, scale):
    """Numbers from -scale to scale, as Checkpoint.syntheticValues makes them."""
    index = np.arange(count, dtype=np.uint32)
    with np.errstate(over="ignore"):
        hashed = (index + np.uint32(seed) * np.uint32(0x9E3779B9)) * np.uint32(0x85EBCA6B)
        hashed ^= hashed >> np.uint32(15)
        hashed *= np.uint32(0xC2B2AE35)
        hashed ^= hashed >> np.uint32(13)
    return ((hashed >> np.uint32(8)) / 8388608.0 - 1) * scale


def example(classes, images, width):
    """Features and classes: of the first class there are most, and each moves features of its own."""
    labels = np.array([0 if i % 4 == 0 else i % classes for i in range(images)])
    features = np.stack([values(width, 1000 + i, 1.0).astype(np.float32) for i in range(images)])
    for row, label in enumerate(labels):
        features[row, np.arange(width) % classes == label] += np.float32(0.75)
    return features + np.float32(1), labels


def main():
    lines = []
    for classes, images, width, strength in CASES:
        features, labels = example(classes, images, width)
        model = LogisticRegression(
            C=strength * (2 if classes == 2 else 1), class_weight="balanced", tol=1e-12,
            max_iter=1_000_000)
        model.fit(features.astype(np.float64), labels)
        lines.append(f"case {classes} {images} {width} {strength}")
        for row in model.predict_proba(features.astype(np.float64)):
            lines.append(" ".join(f"{value:.7f}" for value in row))
    path = pathlib.Path(__file__).with_name("references.txt")
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
