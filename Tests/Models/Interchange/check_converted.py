#!/usr/bin/env python3
"""What `weights convert` writes, in the frameworks that it is for: every layer equal to 1e-5.

Bundled, narrow, shallow, sigmoid, learned and odd-sided networks become ONNX, which onnx.checker
checks, ONNX Runtime runs and the program opens again; those that timm and transformers know become
theirs, opened by their own create_model and from_pretrained.

    pip install numpy onnx onnxruntime torch timm transformers
    swift build -c release && python3 Tests/Models/Interchange/check_converted.py
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = ROOT / ".build/release/mobilenet-explorer"
FIXTURES = ROOT / "Tests/Models/CheckpointsTests/Fixtures"
PHOTO = ROOT / "Samples/Images/circle.png"
LIMIT = 1e-5
failures = []


def program(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout


def layers(weights, folder, *options):
    """Each layer's output by name, N × C × H × W, and the input, of the program itself."""
    folder.mkdir()
    for what in "all", "input":
        program("export", PHOTO, "--weights", weights, "--layer", what, "--format", "npy", "-o",
                folder, *options)
    return {
        path.stem: np.load(path).transpose(2, 0, 1)[None] for path in folder.glob("*.npy")}


def compare(what, own, theirs):
    """Prints the largest difference of a layer, as a part of the layer's largest magnitude."""
    worst = ("", 0.0)
    for name, values in theirs.items():
        wanted = own[name].reshape(values.shape)
        difference = np.abs(values - wanted).max() / max(np.abs(wanted).max(), 1e-30)
        worst = max(worst, (name, float(difference)), key=lambda x: x[1])
    missing = set(own) - set(theirs) - {"input"}
    isFine = worst[1] <= LIMIT and not missing
    failures.extend([] if isFine else [what])
    print(f"{'ok ' if isFine else 'BAD'} {what}: {len(theirs)} layers, "
          f"{worst[0]} differs most, by {worst[1]:.1e}{' missing ' + str(missing) if missing else ''}")


def check_onnx(name, weights, *options, folder):
    import onnx
    import onnxruntime
    own = layers(weights, folder / "own", *options)
    for isWithPixels in False, True:
        file = folder / f"{isWithPixels}.onnx"
        flags = ["--with-preprocessing"] if isWithPixels else []
        program("weights", "convert", weights, "-o", file, *flags, *options)
        model = onnx.load(file)
        onnx.checker.check_model(model, full_check=True)
        assert model.opset_import[0].version == 13
        label = f"{name}, ONNX{', pixels' if isWithPixels else ''}"
        again = layers(file, folder / f"again-{isWithPixels}")
        compare(f"{label}, opened again", own, again)
        fed = own["input"]
        if isWithPixels:
            fed = pixels(own["input"], preprocessing(weights, folder, options))
        names = [node.output[0] for node in model.graph.node if node.output[0] in own]
        for layer in names[:-1]:
            model.graph.output.append(onnx.ValueInfoProto(name=layer))
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"])
        outputs = [output.name for output in session.get_outputs()]
        # Two pictures at once, as services send them.
        found = session.run(outputs, {"input": np.concatenate([fed, fed])})
        assert all(np.array_equal(values[0], values[1]) for values in found)
        compare(f"{label}, ONNX Runtime", own,
                {layer: values[:1] for layer, values in zip(outputs, found)})


def preprocessing(weights, folder, options):
    """What the project's own format says of it."""
    file = folder / "own.safetensors"
    program("weights", "convert", weights, "-o", file, *options)
    with open(file, "rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        return json.loads(json.loads(stream.read(length))["__metadata__"]["preprocessing"])


def pixels(fed, preprocessing):
    """The pixels, red first, that the preprocessing made `fed` of."""
    scale, offset = (np.array(preprocessing[key], dtype="f8")[None, :, None, None]
                     for key in ("scale", "offset"))
    found = np.rint((fed - offset) / scale).astype("f4")
    return found[:, ::-1].copy() if preprocessing["channelOrder"] == "bgr" else found


def hooked(model, modules, fed):
    """What `modules`, by our names, make of `fed`."""
    import torch
    found = {}
    for name, module in modules.items():
        module.register_forward_hook(
            lambda m, i, o, name=name: found.__setitem__(name, o.detach().numpy().copy()))
    with torch.no_grad():
        output = model.eval()(torch.tensor(fed))
    logits = getattr(output, "logits", output)
    return found, logits


def check_library(library, name, weights, *options, folder):
    import torch
    target = folder / library
    program("weights", "convert", weights, "-o", target, "--names", library, *options)
    # What comes back is fed red first, whatever the file was.
    own = layers(target, folder / f"{library}-own")
    before = layers(weights, folder / f"{library}-before", *options)
    compare(f"{name}, {library}, opened again", {k: v for k, v in before.items() if k != "input"},
            {k: v for k, v in own.items() if k != "input"})
    names = [name for name in convolutions() if name in own]
    if library == "timm":
        import timm
        model = timm.create_model(f"local-dir:{target}", pretrained=True)
        blocks = [block for stage in model.blocks for block in stage]
        activated = [model.bn1] + [norm for block in blocks for norm in (block.bn1, block.bn2)]
        pool = model.global_pool
        data = timm.data.resolve_model_data_config(model)
        print("    timm prepares with", data["mean"], data["std"], data["crop_pct"])
    else:
        from transformers import AutoImageProcessor, AutoModelForImageClassification
        model, report = AutoModelForImageClassification.from_pretrained(
            target, output_loading_info=True)
        assert not report["missing_keys"] and not report["unexpected_keys"], report
        base = model.mobilenet_v1
        activated = [part.activation for part in (base.conv_stem, *base.layer)]
        pool = base.pooler
        from PIL import Image
        processor = AutoImageProcessor.from_pretrained(target)
        prepared = processor(Image.open(PHOTO).convert("RGB"), return_tensors="np")["pixel_values"]
        assert prepared.shape == own["input"].shape
        print("    transformers' own picture differs on average by",
              f"{np.abs(prepared - own['input']).mean():.1e}")
    modules = dict(zip(names, activated)) | {"pool6": pool, "fc7": model.classifier}
    found, logits = hooked(model, modules, own["input"])
    probabilities = torch.softmax(logits, 1).numpy()
    compare(f"{name}, {library}", own, found | {"prob": probabilities})


def convolutions():
    """The convolutions' names in their order."""
    counts = {2: 2, 3: 2, 4: 2, 5: 6}
    pairs = [f"conv{stage}_{i + 1}" for stage in counts for i in range(counts[stage])] + ["conv6"]
    return ["conv1"] + [f"{pair}_{kind}" for pair in pairs for kind in ("dw", "sep")]


def invent(file, pairs=13, hidden=(), head="softmax", channels=3, classes=7):
    """Writes a narrow network that knows nothing, in the project's own format."""
    from safetensors.numpy import save_file
    random = np.random.RandomState(1704)
    names = convolutions()[1::2]
    names = [n for n in names if pairs == 13 or n not in {f"conv5_{i}_dw" for i in range(1, 6)}]
    arrays, inputs = {}, channels

    def add(name, *shape):
        scale = 1.4 / np.sqrt(np.prod(shape[1:]))
        arrays[f"{name}.weight"] = (random.standard_normal(shape) * scale).astype("f4")
        arrays[f"{name}.bias"] = random.uniform(-0.3, 0.6, shape[0]).astype("f4")
        return shape[0]

    inputs = add("conv1", 8, 3, 3, channels)
    for number, depthwise in enumerate(names):
        add(depthwise, inputs, 3, 3)
        inputs = add(depthwise.replace("_dw", "_sep"), 10 + 2 * number, inputs)
    for number, size in enumerate(hidden):
        inputs = add(f"fc{7 + number}", size, inputs)
    if classes:
        add(f"fc{7 + len(hidden)}", classes, inputs)
    architecture = {"shallow": pairs < 13, "padding": "same", "activation": "relu6",
                    "inputChannels": channels, "head": head,
                    "hidden": [{"channels": n, "activation": "relu"} for n in hidden]}
    if classes:
        architecture["classes"] = classes
    grey = {"channelOrder": "grey", "scale": [0.02], "offset": [-1.5], "cropFraction": 1}
    colours = {"channelOrder": "rgb", "scale": [0.02, 0.03, 0.01], "offset": [-1, 0, 0.5]}
    save_file(arrays, file, {
        "format": "mobilenet-explorer", "version": "1", "name": file.stem, "resolution": "64",
        "architecture": json.dumps(architecture),
        "preprocessing": json.dumps(grey if channels == 1 else colours)})
    return file


def two_classes(folder):
    """The samples in two folders, whatever is on them."""
    images = [p for p in sorted((ROOT / "Samples/Images").iterdir())
              if p.suffix in {".png", ".jpg", ".jpeg"}]
    for name in "ab":
        (folder / name).mkdir(parents=True)
    for number, path in enumerate(images):
        (folder / "ab"[number % 2] / path.name).write_bytes(path.read_bytes())
    return folder


def main():
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        learned = root / "learned.safetensors"
        program("learn", two_classes(root / "classes"), "-o", learned, "--weights",
                "mobilenet-0.25")
        tiny = FIXTURES / "project.safetensors"
        cases = [
            (check_onnx, "width 1", "mobilenet-1.0"),
            (check_onnx, "width 0.25", "mobilenet-0.25", "--resolution", "128"),
            (check_onnx, "learned", learned),
            (check_onnx, "tiny, blue first", tiny),
            (check_onnx, "TensorFlow's padding, side 75", invent(root / "odd.safetensors"),
             "--resolution", "75"),
            (check_onnx, "rows and columns", "mobilenet-0.25", "--resolution", "192x256"),
            (check_onnx, "TensorFlow's padding, an odd and an even side",
             invent(root / "wide.safetensors"), "--resolution", "150x224"),
            (check_onnx, "tiny, other conventions", tiny, "--padding", "symmetric",
             "--activation", "relu"),
            (check_onnx, "shallow", invent(root / "shallow.safetensors", pairs=8)),
            (check_onnx, "hidden layers, sigmoid",
             invent(root / "deep.safetensors", hidden=(9, 5), head="sigmoid")),
            (check_onnx, "grey, one output",
             invent(root / "grey.safetensors", channels=1, classes=1, head="sigmoid")),
            (check_onnx, "features", invent(root / "features.safetensors", classes=0)),
            (check_library, "timm", "width 1", "mobilenet-1.0"),
            (check_library, "timm", "width 1, other conventions", "mobilenet-1.0", "--padding",
             "symmetric", "--activation", "relu", "--channel-order", "bgr"),
            (check_library, "transformers", "width 1", "mobilenet-1.0"),
            (check_library, "transformers", "learned", learned),
            (check_library, "transformers", "width 0.5, other conventions", "mobilenet-0.5",
             "--padding", "symmetric", "--activation", "relu", "--channel-order", "bgr"),
        ]
        for number, (check, *arguments) in enumerate(cases):
            folder = root / str(number)
            folder.mkdir()
            check(*arguments, folder=folder)
    sys.exit(f"differ: {failures}" if failures else 0)


main()
