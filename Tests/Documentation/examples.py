#!/usr/bin/env python3
"""Runs every example of --help and of the manual as it stands, where the files that it names exist.

Photos are the bundled samples; checkpoints are those that the tests read, and what the program itself
makes of the smallest bundled weights. What an example writes is there for the next of the same help. Left
out is what fetches from the network or needs another program that is not installed.

    swift build -c release
    python3 Tests/Documentation/examples.py                   # all of them; minutes
    python3 Tests/Documentation/examples.py classify manual   # those of one command and the manual
    python3 Tests/Documentation/examples.py --only "--truth"  # those with these words
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Samples/Images"
MANUAL = ROOT / "Sources/mobilenet-explorer/Manual/mobilenet-explorer.1"
FIXTURES = ROOT / "Tests/Models/CheckpointsTests/Fixtures"
# Those that compute longest come first, so that nobody waits for them at the end. The empty name is
# the program's own help.
COMMANDS = """
    compare explain visualize lesson bench weights:quantize atlas:merge explore classify layers heatmap
    patch fool live export evaluate learn features similar atlas atlas:make atlas:compare atlas:show
    atlas:trim classes weights weights:list weights:info weights:convert weights:verify weights:fetch
    samples config manual
""".split() + [""]
# classes may find that nothing is called so, and verify that two checkpoints differ.
FINE = {"classes": {0, 1}, "verify": {0, 1, 2, 3}}


def examples(program, command):
    """The examples in the help of a command, each as a person would paste it."""
    if command == "manual":
        return re.findall(r"^\.Dl (.+)$", MANUAL.read_text(), re.M)
    words = command.split(":") if command else []
    text = subprocess.run(
        [program, *words, "--help"], capture_output=True, text=True, check=True).stdout
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
    # Examples ask for the lemon.
    shown = [photo for photo in photos if photo.stem in ("candle", "hourglass", "lemon")]
    for name, photo in zip("photo a b dog cat".split(), photos):
        shutil.copy(photo, folder / f"{name}.jpg")
    shutil.copy(SAMPLES / "edges.png", folder / "b.png")
    for name in "photos val more a b".split():
        # Two images of each class is the least that can be learned from.
        for photo in shown:
            inside = folder / name / photo.stem.replace("-", " ")
            inside.mkdir(parents=True)
            for number in range(3):
                shutil.copy(photo, inside / f"{number}.jpg")
    for name in "images frames".split():
        (folder / name).mkdir()
        for photo in shown:
            shutil.copy(photo, folder / name)
    (folder / "annotations.txt").write_text(
        "".join(f"{photo.name} {photo.stem}\n" for photo in shown))
    # The names of the eleven classes of the Keras network.
    names = [photo.stem.replace("-", " ") for photo in photos] + [f"other {n}" for n in range(11)]
    (folder / "labels.txt").write_text("".join(f"{name}\n" for name in names[:11]))
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


def run_help(command, program, furnished, folder, run, only):
    """Runs the examples of one help, in order, in a copy of what was furnished; returns how many were run,
    failed and were left out, and a report."""
    counts, report = [0, 0, 0], []
    # What one help writes is in no other's way, and is there for the next example of the same help.
    shutil.copytree(furnished, folder)
    if command.startswith("atlas"):
        # There it is an atlas, elsewhere a checkpoint.
        shutil.copy(folder / "a.safetensors", folder / "b.safetensors")
    written = set()
    for example in examples(program, command):
        if only and only not in example:
            continue
        if reason := is_missing(example):
            counts[2] += 1
            report.append(f"left out, {reason}: {example}")
            continue
        counts[0] += 1
        for output in re.findall(r"(?:-o|--output) (\S+)", example):
            if output not in written:
                (folder / output).unlink(missing_ok=True)
            written.add(output)
        start = time.monotonic()
        done = run(example, folder)
        seconds = time.monotonic() - start
        fine = [FINE[word] for word in example.split() if word in FINE]
        if done.returncode not in (fine or [{0}])[0]:
            counts[1] += 1
            report.append(f"status {done.returncode}: {example}\n{done.stderr.strip()}")
        elif seconds > 10:
            report.append(f"{seconds:.0f} s: {example}")
    shutil.rmtree(folder)
    return counts, report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="*", help="of these commands alone, as atlas:make or manual")
    parser.add_argument("--only", help="only examples with these words")
    parser.add_argument("--jobs", type=int, default=2, help="how many helps at a time (2)")
    parser.add_argument("--program", default=ROOT / ".build/release/mobilenet-explorer")
    options = parser.parse_args()
    if unknown := set(options.command) - set(COMMANDS):
        parser.error(f"no such command: {', '.join(sorted(unknown))}")
    program = pathlib.Path(options.program).resolve()
    with tempfile.TemporaryDirectory() as home:
        furnished = pathlib.Path(home, "furnished")
        furnished.mkdir()
        # Without the settings of whoever runs this.
        inherited = {name: value for name, value in os.environ.items() if name[:4] != "XDG_"}
        variables = dict(
            inherited, PATH=f"{program.parent}:{os.environ['PATH']}", HOME=home,
            SLURM_ARRAY_TASK_ID="0", SLURM_ARRAY_TASK_COUNT="1", SLURM_ARRAY_TASK_MIN="0")

        def run(line, folder=furnished):
            return subprocess.run(
                ["bash", "-o", "pipefail", "-c", line], cwd=folder, env=variables,
                stdin=subprocess.DEVNULL, capture_output=True, text=True)

        furnish(furnished, run)
        totals = [0, 0, 0]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            jobs = [
                pool.submit(
                    run_help, command, program, furnished, pathlib.Path(home, f"work {number}"), run,
                    options.only)
                for number, command in enumerate(COMMANDS)
                if not options.command or command in options.command
            ]
            for job in concurrent.futures.as_completed(jobs):
                counts, report = job.result()
                totals = [sum(pair) for pair in zip(totals, counts)]
                for line in report:
                    print(line, flush=True)
    count, failed, left_out = totals
    print(f"{count} examples were run, {failed} failed, {left_out} were left out.")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
