#!/usr/bin/env python3
"""Compares `learn` with a linear probe in Python: scikit-learn's LogisticRegression on the same features.

Three tasks are made from a folder per WordNet id, such as Tiny ImageNet's: cats and dogs by breed,
vehicles by kind, and indoors or outdoors, each of the two put together from several ids. Of each class
every other image is learned from, the others are the test. `features` writes what the network makes of
both halves, scikit-learn fits them with the C that `learn` found, and for every test image the
probabilities of all classes must be the same within 1e-4. Beside them stand the accuracies of `learn` as
people use it, with mirror images and calibration, and of LogisticRegressionCV.

Of two classes scikit-learn fits one vector where `learn` fits two, which takes twice the C.

    pip install numpy scikit-learn
    swift build -c release
    python3 Tests/Study/LearningTests/linear_probe.py FOLDER [--weights NAME] [--resolution R]
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV

ROOT = pathlib.Path(__file__).resolve().parents[3]
LARGEST_DIFFERENCE = 1e-4

# The classes of each task, with the folders that hold their images.
TASKS = {
    "cats and dogs": {
        "tabby": ["n02123045"], "Persian cat": ["n02123394"], "Egyptian cat": ["n02124075"],
        "Chihuahua": ["n02085620"], "Yorkshire terrier": ["n02094433"],
        "golden retriever": ["n02099601"], "Labrador": ["n02099712"],
        "German shepherd": ["n02106662"], "poodle": ["n02113799"],
    },
    "vehicles": {
        "beach wagon": ["n02814533"], "bullet train": ["n02917067"], "convertible": ["n03100240"],
        "freight car": ["n03393912"], "go-kart": ["n03444034"], "jinrikisha": ["n03599486"],
        "limousine": ["n03670208"], "moving van": ["n03796401"], "police van": ["n03977966"],
        "school bus": ["n04146614"], "sports car": ["n04285008"], "tractor": ["n04465501"],
        "trolleybus": ["n04487081"],
    },
    "indoors or outdoors": {
        # Furniture, a barber's, a butcher's and a confectioner's shop.
        "indoors": ["n02808440", "n03179701", "n03201208", "n04099969", "n04070727", "n02791270",
                    "n02927161", "n03089624"],
        # Mountains, shores, bridges and buildings.
        "outdoors": ["n09193705", "n09246464", "n09332890", "n09428293", "n04366367", "n04532670",
                     "n02793495", "n03160309"],
    },
}
PICTURES = {".jpg", ".jpeg", ".png"}


def deal(images, classes, scratch):
    """Links every other image of each class into one folder and the rest into another."""
    for name, folders in classes.items():
        found = sorted(path for folder in folders for path in (images / folder).rglob("*")
                       if path.suffix.lower() in PICTURES)
        if len(found) < 4:
            raise SystemExit(f"{images}: {len(found)} images of {', '.join(folders)}, expected 4 or more")
        for index, path in enumerate(found):
            place = scratch / ("test" if index % 2 else "taught") / name
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{index}{path.suffix}").symlink_to(path.resolve())


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True,
                          text=True).stdout


def features(program, network, folder, scratch):
    """A row for each image, and the rows' classes."""
    path = scratch / f"{folder.name}.npy"
    run(program, "features", folder, "-o", path, *network)
    with open(path.with_suffix(".csv"), newline="") as table:
        images = [row["image"] for row in csv.DictReader(table)]
    return np.load(path).astype(np.float64), [image.split("/")[0] for image in images]


def answers(program, weights, folder):
    """The probabilities of all classes for each image, in the order of the images' paths' bytes."""
    entries = json.loads(run(program, "classify", folder, "--weights", weights, "--top", 1000, "--json"))
    labels = sorted({answer["label"] for answer in entries[0]["predictions"]})
    entries.sort(key=lambda entry: entry["image"].encode())
    probabilities = [{answer["label"]: answer["probability"] for answer in entry["predictions"]}
                     for entry in entries]
    return np.array([[row[label] for label in labels] for row in probabilities]), labels


def right(probabilities, labels, truths):
    """The percentage of answers that is right."""
    return 100 * np.mean([labels[row.argmax()] == truth for row, truth in zip(probabilities, truths)])


def compare(name, program, network, scratch):
    """Prints a line on a task; answers the largest difference of a probability."""
    taught, truths = features(program, network, scratch / "taught", scratch)
    tested, test_truths = features(program, network, scratch / "test", scratch)
    plain, usual = scratch / "plain.safetensors", scratch / "usual.safetensors"
    found = json.loads(run(program, "learn", scratch / "taught", "-o", plain, "--no-flips",
                           "--no-calibration", "--json", *network))
    run(program, "learn", scratch / "taught", "-o", usual, *network)
    ours, labels = answers(program, plain, scratch / "test")
    mirrored, _ = answers(program, usual, scratch / "test")

    strength = found["strength"] * (2 if len(labels) == 2 else 1)
    # Features of mean square one are fitted sooner, and C counts for them as for the others.
    mean, scale = taught.mean(axis=0), np.sqrt(((taught - taught.mean(axis=0)) ** 2).sum(axis=1).mean())
    shifted = [(rows - mean) / scale for rows in (taught, tested)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        probe = LogisticRegression(C=strength * scale ** 2, class_weight="balanced", tol=1e-10,
                                   max_iter=100_000).fit(shifted[0], truths)
        searched = LogisticRegressionCV(Cs=10, cv=5, class_weight="balanced", scoring="neg_log_loss",
                                        max_iter=1000).fit(shifted[0], truths)
    theirs = probe.predict_proba(shifted[1])
    assert list(probe.classes_) == labels
    difference = np.abs(ours - theirs).max()
    agreeing = np.mean(ours.argmax(axis=1) == theirs.argmax(axis=1))
    print(f"{name}: {len(labels)} classes, {len(truths)} images taught, {len(test_truths)} tested, "
          f"C {found['strength']:.3g}")
    print(f"  right of the test: learn {right(ours, labels, test_truths):.1f} %, "
          f"scikit-learn {right(theirs, labels, test_truths):.1f} %; largest difference of a "
          f"probability {difference:.1e}, same answers {100 * agreeing:.1f} %")
    print(f"  as people use them: learn {right(mirrored, labels, test_truths):.1f} %, "
          f"LogisticRegressionCV {right(searched.predict_proba(shifted[1]), labels, test_truths):.1f} %",
          flush=True)
    return difference


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--weights", default="mobilenet-1.0")
    parser.add_argument("--resolution", default="224")
    options = parser.parse_args()
    network = ["--weights", options.weights, "--resolution", options.resolution]
    differences = []
    for name, classes in TASKS.items():
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            deal(options.folder, classes, scratch)
            differences.append(compare(name, options.program, network, scratch))
    sys.exit(0 if max(differences) <= LARGEST_DIFFERENCE else
             f"a probability differs by {max(differences):.1e}, at most {LARGEST_DIFFERENCE} was expected")


if __name__ == "__main__":
    main()
