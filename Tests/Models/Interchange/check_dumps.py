#!/usr/bin/env python3
"""The lines of .github/FORMATS.md that save activations, run as they stand there, and what
`weights verify --against` says of what they save.

    pip install numpy pillow torch timm keras tensorflow
    swift build -c release && python3 Tests/Models/Interchange/check_dumps.py
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = ROOT / ".build/release/mobilenet-explorer"
FIXTURES = ROOT / "Tests/Models/CheckpointsTests/Fixtures"
PHOTO = ROOT / "Samples/Images/circle.png"
failures = []


def snippet(framework):
    """The block of Python under the heading of that framework."""
    text = (ROOT / ".github/FORMATS.md").read_text()
    return re.search(rf"### {framework}\n+```python\n(.*?)```", text, re.S).group(1)


def program(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def expect(what, status, sentence, weights, dump, *options):
    done = program("weights", "verify", weights, PHOTO, "--against", dump, *options)
    verdict = (done.stdout + done.stderr).strip().split("\n")[0]
    isFine = done.returncode == status and re.search(sentence, verdict)
    failures.extend([] if isFine else [what])
    print(f"{'ok ' if isFine else 'BAD'} {what}: {done.returncode}, {verdict}")


def fed(weights, folder, *options):
    """What the program feeds the network with, height × width × channels."""
    done = program("export", PHOTO, "--weights", weights, "--layer", "input", "--format", "npy",
                   "-o", folder, *options)
    assert done.returncode == 0, done.stderr
    return np.load(folder / "input.npy")


def dump(framework, folder, **names):
    """Runs the lines in `folder`; answers the file that they write."""
    here = os.getcwd()
    os.chdir(folder)
    exec(snippet(framework), names)
    os.chdir(here)
    return folder / "activations.npz"


def check_pytorch(folder):
    import timm
    import torch
    target = folder / "model"
    program("weights", "convert", "mobilenet-1.0", "-o", target, "--names", "timm")
    model = timm.create_model(f"local-dir:{target}", pretrained=True).eval()
    own = fed(target, folder).transpose(2, 0, 1)[None].copy()
    file = dump("PyTorch", folder, model=model, x=torch.tensor(own))
    expect("PyTorch", 0, "^the same network$", target, file)
    expect("PyTorch, the original", 0, "^the same network$", "mobilenet-1.0", file)
    mean, std = (np.array(x, dtype="f4")[None, :, None, None]
                 for x in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
    file = dump("PyTorch", folder, model=model, x=torch.tensor(own * std + mean))
    expect("PyTorch, pixels from 0 to 1", 2, r"inputs differ: scale; .* 0\.00392", target, file)
    picture = Image.open(PHOTO).convert("RGB")
    part = picture.resize((224, 224), box=(0, 0, picture.width / 2, picture.height / 2))
    theirs = np.asarray(part, dtype="f4").transpose(2, 0, 1)[None] / 255
    file = dump("PyTorch", folder, model=model, x=torch.tensor((theirs - mean) / std))
    expect("PyTorch, a part of the picture", 2, "inputs differ: crop", target, file)
    with torch.no_grad():
        model.blocks[3][0].conv_dw.weight *= 1.1
    file = dump("PyTorch", folder, model=model, x=torch.tensor(own))
    expect("PyTorch, other weights", 1, "^weights differ from conv4_2_dw on", target, file)
    model = timm.create_model("mobilenetv1_100", num_classes=1000).eval()
    file = dump("PyTorch", folder, model=model, x=torch.tensor(own))
    expect("PyTorch, another network", 1, "^weights differ from conv1 on", target, file)
    # A folder of files, without the input.
    arrays = np.load(file)
    separate = folder / "separate"
    separate.mkdir()
    for number, name in enumerate(arrays.files[1:]):
        np.save(separate / f"{number}.npy", arrays[name])
    expect("PyTorch, no input", 1, "input is not in the dump", target, separate)


def check_keras(folder):
    import keras
    file = FIXTURES / "keras3.keras"
    model = keras.models.load_model(file)
    own = fed(file, folder)[None]
    saved = dump("Keras", folder, model=model, x=own)
    expect("Keras", 0, "^the same network$", file, saved, "--tolerance", "1e-4")
    expect("Keras, the other padding", 1, "the other padding makes them agree", file, saved,
           "--padding", "symmetric")


def check_tflite(folder):
    float_file, int_file = FIXTURES / "float.tflite", FIXTURES / "int8.tflite"
    own = fed(float_file, folder)[None]
    saved = dump("TensorFlow Lite", folder, file=str(float_file), x=own)
    expect("TensorFlow Lite", 0, "^the same network$", float_file, saved)
    integers = fed(int_file, folder, "--precision", "float")[None]
    saved = dump("TensorFlow Lite", folder, file=str(int_file), x=integers)
    expect("TensorFlow Lite, int8", 3, "^quantisation noise only", int_file, saved)


with tempfile.TemporaryDirectory() as temporary:
    for check in check_pytorch, check_keras, check_tflite:
        place = pathlib.Path(temporary) / check.__name__
        place.mkdir()
        check(place)
sys.exit(f"differ: {failures}" if failures else 0)
