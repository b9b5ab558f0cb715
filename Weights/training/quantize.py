"""Makes the networks of 8-bit integers that the program ships: ranges beside the floats' files.

    python3 quantize.py ../../.build/release/mobilenet-explorer packed val ../Files/*.safetensors

The ranges are those of 500 training images, spread over the classes; the program measures the
accuracy of the integers on the validation images and writes it into the file. -int8 has a scale for
each channel of the weights, -int8-tensor one for each layer.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy as np

IMAGES = 500


def unpack(packed, folder):
    """Some of the training images as files."""
    with np.load(packed / "train-0.npz") as file:
        data, ends = file["data"].tobytes(), np.cumsum(file["lengths"].astype(int)).tolist()
        lengths, classes = file["lengths"].tolist(), file["classes"]
    # As many of each class; the parts are shuffled, so these are any.
    order = np.argsort(classes, kind="stable")
    for number, index in enumerate(order[:: len(order) // IMAGES][:IMAGES].tolist()):
        image = data[ends[index] - lengths[index] : ends[index]]
        (folder / f"{number:03}.JPEG").write_bytes(image)


def main():
    program, packed, validation, *files = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        unpack(pathlib.Path(packed), pathlib.Path(folder))
        for floats in map(pathlib.Path, files):
            for ending, scales in [("int8", "channel"), ("int8-tensor", "tensor")]:
                output = floats.with_name(f"{floats.stem}-{ending}.json")
                command = [program, "weights", "quantize", str(floats), "--scales", scales]
                command += ["--calibrate", folder, "--images", str(IMAGES)]
                command += ["--evaluate", validation, "--name", output.stem]
                command += ["--output", str(output), "--force"]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
