"""Makes the networks of 8-bit integers that the program ships: ranges beside the floats' files.

    python3 quantize.py ../../.build/release/mobilenet-explorer packed val ../Files/*.safetensors

The ranges are those of 500 training images, spread over the classes. The program measures the
accuracy of the integers on every tenth of the validation images, five of each class, and writes it
into the file. -int8 has a scale for each channel of the weights, -int8-tensor one for each layer.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy as np

CALIBRATING = 500
EVERY = 10


def unpack(packed, folder):
    """Some of the training images as files."""
    with np.load(packed / "train-0.npz") as file:
        data, lengths = file["data"].tobytes(), file["lengths"].astype(int)
        classes = file["classes"]
    # The images are in random order; sorted by class, evenly spread ones are of all classes.
    order = np.argsort(classes, kind="stable")
    ends = np.cumsum(lengths)
    folder.mkdir()
    for number, index in enumerate(order[:: len(order) // CALIBRATING].tolist()):
        image = data[ends[index] - lengths[index] : ends[index]]
        (folder / f"{number:03}.JPEG").write_bytes(image)


def thin(validation, folder):
    """Every tenth image of each class, as links."""
    for own in sorted(validation.iterdir()):
        (folder / own.name).mkdir(parents=True)
        for image in sorted(own.iterdir())[::EVERY]:
            (folder / own.name / image.name).symlink_to(image.resolve())


def main():
    program, packed, validation, *files = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        calibrating, measuring = (pathlib.Path(folder) / name for name in ["train", "val"])
        unpack(pathlib.Path(packed), calibrating)
        thin(pathlib.Path(validation), measuring)
        for floats in map(pathlib.Path, files):
            for ending, scales in [("int8", "channel"), ("int8-tensor", "tensor")]:
                output = floats.with_name(f"{floats.stem}-{ending}.json")
                command = [program, "weights", "quantize", str(floats), "--scales", scales]
                command += ["--calibrate", str(calibrating), "--images", str(CALIBRATING)]
                command += ["--evaluate", str(measuring), "--name", output.stem]
                command += ["--output", str(output), "--force"]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
