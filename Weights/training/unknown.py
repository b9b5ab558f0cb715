"""How often the program is sure of photos, and how often of things that it has no class for.

    python3 unknown.py ../../.build/release/mobilenet-explorer photos mobilenet-1.0 mobilenet-0.25

`photos` holds a folder for each WordNet id; those that are no class of the network are the unknown
ones. Their share that gets a sure answer is the false-alarm rate. AUROC is how often a photo of a
class has more confidence than one of something else: 0.5 is chance.
"""

import json
import pathlib
import subprocess
import sys

import numpy as np


def run(program, *arguments):
    return json.loads(
        subprocess.run([program, *arguments], stdout=subprocess.PIPE, check=True).stdout
    )


def area_under_curve(own, other):
    """Mann-Whitney; equals count half."""
    higher = (own[:, None] > other[None]).mean()
    return higher + (own[:, None] == other[None]).mean() / 2


def main():
    program, folder, names = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    images = sorted(folder.glob("*/*"))
    for name in names:
        classes = run(program, "classes", "--json", "--weights", name)
        ids = {row["wordNetID"]: row["class"] for row in classes}
        answers = run(
            program, "classify", "--json", "--top", "1", "--weights", name, *map(str, images)
        )
        truth = np.array([ids.get(image.parent.name, -1) for image in images])
        sure = np.array([answer["sure"] for answer in answers])
        best = [answer["predictions"][0] for answer in answers]
        right = np.array([one["class"] for one in best]) == truth
        confidence = np.array([one["probability"] for one in best])
        own = truth >= 0
        print(
            f"{name}: {own.sum()} photos of its classes, {right[own].mean():.1%} right; "
            f"sure of {sure[own].mean():.1%}, then {right[own & sure].mean():.1%} right; "
            f"{(~own).sum()} of others, sure of {sure[~own].mean():.1%}; "
            f"AUROC {area_under_curve(confidence[own], confidence[~own]):.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
