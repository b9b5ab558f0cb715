#!/usr/bin/env python3
"""Runs every example of --help as it stands, where the files that it names exist.

Photos are the bundled samples; checkpoints are those that the tests read, and what the program itself
makes of the smallest bundled weights. What an example writes is there for the next of the same help. Left
out is what fetches from the network or needs another program that is not installed.

    swift build -c release
    python3 Tests/Documentation/examples.py             # all of them; minutes
    python3 Tests/Documentation/examples.py classify    # those of one command
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Samples/Images"
FIXTURES = ROOT / "Tests/Models/CheckpointsTests/Fixtures"
COMMANDS = """
    explore classify layers heatmap lesson explain visualize patch fool compare live export evaluate
    learn features similar atlas atlas:make atlas:compare atlas:merge atlas:show atlas:trim classes
    weights weights:list weights:info weights:convert weights:verify weights:fetch weights:quantize
    samples config bench
""".split()
# classes may find that nothing is called so, and verify that two checkpoints differ.
FINE = {"classes": {0, 1}, "verify": {0, 1, 2, 3}}


def examples(program, command):
    """The examples in the help of a command, each as a person would paste it."""
    text = subprocess.run(
        [program, *command, "--help"], capture_output=True, text=True, check=True).stdout
    block = re.search(r"^EXAMPLES\n((?: +.*\n)+)", text, re.M)
    found = []
    for line in block[1].splitlines() if block else []:
        if found and found[-1].endswith("\\"):
            found[-1] += "\n" + line
        elif not line.startswith("   "):
            found.append(line.strip())
    return found


def is_missing(example):
    """The reason for which an example is left out; nothing for most."""
    if re.search(r"weights fetch \S|https:|keras-0\.5-160", example):
        return "fetches"
    first = example.split()[0]
    if not shutil.which(first) and first != "mobilenet-explorer":
        return f"{first} is not here"
    return ""


def furnish(folder, run):
    """Puts what examples name into `folder`."""
    photos = sorted(SAMPLES.glob("*.jpg"))
    for name, photo in zip("photo a b dog cat".split(), photos):
        shutil.copy(photo, folder / f"{name}.jpg")
    shutil.copy(SAMPLES / "edges.png", folder / "b.png")
    for name in "photos val more a b".split():
        # Two images of each class is the least that can be learned from.
        for photo in photos[:3]:
            place = folder / name / photo.stem.replace("-", " ")
            place.mkdir(parents=True)
            for number in range(3):
                shutil.copy(photo, place / f"{number}.jpg")
    for name in "images frames".split():
        (folder / name).mkdir()
        for photo in photos[:3]:
            shutil.copy(photo, folder / name)
    (folder / "annotations.txt").write_text(
        "".join(f"{photo.name} {photo.stem.replace('-', ' ')}\n" for photo in photos[:3]))
    header, frame = b"YUV4MPEG2 W64 H48 F25:1 Cmono\n", b"FRAME\n" + bytes(range(48)) * 64
    (folder / "clip.y4m").write_bytes(header + 3 * frame)
    (folder / "mine.lesson").write_text("topic padding\ntitle at {layer}\n= {recorded}.\n")
    (folder / "monday.playlist").write_text("padding\nmine.lesson\n")
    for name in "my_model a my c mine".split():
        shutil.copy(FIXTURES / "keras2.h5", folder / f"{name}.h5")
    for name in "my_model a b my".split():
        run(f"mobilenet-explorer weights convert mobilenet-0.25 -o {name}.onnx")
    shutil.copy(FIXTURES / "state-dict.pth", folder / "my.pth")
    run("mobilenet-explorer weights convert mobilenet-0.25 -o b.safetensors")
    run("mobilenet-explorer weights convert mobilenet-0.25 -o mine.safetensors")
    run("mobilenet-explorer weights quantize mobilenet-0.25 --calibrate images -o quant.tflite")
    for name in "q a small".split():
        shutil.copy(folder / "quant.tflite", folder / f"{name}.tflite")
    for name in "a.safetensors photos.atlas.safetensors".split():
        run(f"mobilenet-explorer atlas val -o {name} --image-means")
    for part in "1 2".split():
        run(f"mobilenet-explorer atlas val -o part-{part}.safetensors --shard {part}/2")
        shutil.copy(folder / f"part-{part}.safetensors", folder / f"{part}.safetensors")
    run("mobilenet-explorer features images -o photos.npy")
    run("mobilenet-explorer export b.jpg --weights a.h5 --format npy -o dump")
    with zipfile.ZipFile(folder / "activations.npz", "w") as file:
        for path in (folder / "dump").iterdir():
            file.write(path, path.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="*", help="of these commands alone, as atlas:make")
    parser.add_argument("--program", default=ROOT / ".build/release/mobilenet-explorer")
    options = parser.parse_args()
    program = pathlib.Path(options.program).resolve()
    with tempfile.TemporaryDirectory() as home:
        folder, furnished = pathlib.Path(home, "work"), pathlib.Path(home, "furnished")
        folder.mkdir()
        variables = dict(
            os.environ, PATH=f"{program.parent}:{os.environ['PATH']}", HOME=home,
            SLURM_ARRAY_TASK_ID="0", SLURM_ARRAY_TASK_COUNT="1", SLURM_ARRAY_TASK_MIN="0")

        def run(line):
            return subprocess.run(
                ["bash", "-o", "pipefail", "-c", line], cwd=folder, env=variables,
                stdin=subprocess.DEVNULL, capture_output=True, text=True)

        furnish(folder, run)
        folder.rename(furnished)
        count, failed, left_out = 0, 0, 0
        for command in [""] + COMMANDS:
            if options.command and command not in options.command:
                continue
            # What one help writes is in no other's way.
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(furnished, folder)
            if command.startswith("atlas"):
                # There it is an atlas, elsewhere a checkpoint.
                shutil.copy(folder / "a.safetensors", folder / "b.safetensors")
            written = set()
            for example in examples(program, command.split(":") if command else []):
                if reason := is_missing(example):
                    left_out += 1
                    print(f"left out, {reason}: {example}")
                    continue
                count += 1
                for output in re.findall(r"(?:-o|--output) (\S+)", example):
                    if output not in written:
                        (folder / output).unlink(missing_ok=True)
                    written.add(output)
                done = run(example)
                fine = [FINE[word] for word in example.split() if word in FINE]
                if done.returncode not in (fine or [{0}])[0]:
                    failed += 1
                    print(f"status {done.returncode}: {example}\n{done.stderr}")
    print(f"{count} examples were run, {failed} failed, {left_out} were left out.")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
