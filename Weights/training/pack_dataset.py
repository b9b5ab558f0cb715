"""Packs Tiny ImageNet out of a bare clone into few files.

    git clone --bare https://github.com/seshuad/IMagenet imagenet.git
    python3 pack_dataset.py imagenet.git packed --validation val

writes packed/train-0.npz … and packed/val.npz: the JPEG bytes of all images one after another,
their lengths and their classes, which are numbered in the order of the sorted WordNet ids. With
--validation, the validation images are also written as val/<WordNet id>/<name>.JPEG, which is
what `mobilenet-explorer evaluate` reads.
"""

import argparse
import pathlib
import subprocess

import numpy as np

ROOT = "tiny-imagenet-200"


def git(repository, *arguments, **options):
    command = ["git", f"--git-dir={repository}", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, **options).stdout


def blobs(repository, names):
    """The contents of the named objects, in order."""
    output = memoryview(
        git(repository, "cat-file", "--batch", input="\n".join(names).encode())
    )
    contents, position = [], 0
    for _ in names:
        end = position + bytes(output[position : position + 100]).index(b"\n")
        size = int(bytes(output[position:end]).split()[2])
        contents.append(bytes(output[end + 1 : end + 1 + size]))
        position = end + 1 + size + 1
    return contents


def save(path, images, classes):
    np.savez(
        path,
        data=np.frombuffer(b"".join(images), np.uint8),
        lengths=np.array([len(image) for image in images], np.uint32),
        classes=np.array(classes, np.uint8),
    )
    print(path, len(images), "images,", round(path.stat().st_size / 1e6, 1), "MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("repository")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--validation", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)

    listing = git(arguments.repository, "ls-tree", "-r", "HEAD", ROOT).decode()
    objects = {}
    for line in listing.splitlines():
        about, path = line.split("\t")
        objects[path.removeprefix(ROOT + "/")] = about.split()[2]
    names = ["wnids.txt", "val/val_annotations.txt"]
    wnids, annotations = (
        text.decode() for text in blobs(arguments.repository, [objects[name] for name in names])
    )
    classes = {wnid: number for number, wnid in enumerate(sorted(wnids.split()))}

    train = [
        path for path in objects if path.startswith("train/") and path.endswith(".JPEG")
    ]
    # Shuffled, so that every part holds all classes.
    order = np.random.default_rng(0).permutation(len(train))
    for part, indices in enumerate(np.array_split(order, arguments.parts)):
        paths = [train[index] for index in indices]
        images = blobs(arguments.repository, [objects[path] for path in paths])
        numbers = [classes[path.split("/")[1]] for path in paths]
        save(arguments.output / f"train-{part}.npz", images, numbers)

    rows = [line.split("\t")[:2] for line in annotations.splitlines()]
    images = blobs(arguments.repository, [objects[f"val/images/{name}"] for name, _ in rows])
    save(arguments.output / "val.npz", images, [classes[wnid] for _, wnid in rows])
    if arguments.validation:
        for (name, wnid), image in zip(rows, images):
            folder = arguments.validation / wnid
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(image)


if __name__ == "__main__":
    main()
