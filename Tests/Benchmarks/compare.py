#!/usr/bin/env python3
"""Compares `mobilenet-explorer bench` with ONNX Runtime, OpenVINO, ncnn and LiteRT on this
machine.

The same network with the same weights, float32 or (--precision integer) 8-bit integers, one picture
at a time. Everybody takes turns, each turn in a process of its own, so that no one's waiting threads
disturb another and all share the machine's good and bad moments. Ratios are ours divided by theirs:
below 1, we are faster. --models keeps the files that the others read, so that another machine does not
need what makes them.

    pip install numpy onnx onnxruntime openvino ncnn ai-edge-litert
    swift build -c release
    python3 Tests/Benchmarks/compare.py                    # width 1 at 224, one and two threads
    python3 Tests/Benchmarks/compare.py --all --threads 1  # the sixteen combinations
    python3 Tests/Benchmarks/compare.py --precision integer
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import peers

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = {"float": ["recorded", "not recorded"], "integer": ["integers", "recorded"]}
FLAGS = {"recorded": [], "not recorded": ["--no-record"], "integers": ["--precision", "integer"]}
THEIRS = {"float": peers.FLOATS, "integer": peers.INTEGERS}


def turn_of_theirs(name, files, threads, seconds):
    """Runs in a process of its own; prints times in milliseconds and the likeliest class."""
    run = peers.load(name, files, threads)
    times, end = [], time.perf_counter() + seconds
    for _ in range(3):
        answer = run()
    while len(times) < 10 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    print(json.dumps({"times": times, "class": int(answer.argmax())}))


def turn(name, files, threads, seconds):
    """What one turn came to: its shortest and its median time, the likeliest class if it is known, and of
    ours how many times what the multiply-adds alone take."""
    numbers = ["--threads", str(threads), "--seconds", str(seconds)]
    if name in FLAGS:
        command = [files.program, "bench", "--json", "--width", str(files.width), "--resolution",
                   str(files.resolution), *numbers, *FLAGS[name]]
        output = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return {"minimum": output["minimumMilliseconds"], "median": output["medianMilliseconds"],
                "pace": output["GFLOPS"], "peak": output["peakGFLOPS"]}
    command = [sys.executable, __file__, "--turn", name, "--widths", str(files.width),
               "--resolutions", str(files.resolution), "--models", str(files.folder.parent), *numbers]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    # Before its times, a framework may say something of its own.
    output = json.loads(text.splitlines()[-1])
    found = {"minimum": min(output["times"]), "median": statistics.median(output["times"])}
    # Eight bits may see another class first.
    return found if name in peers.INTEGERS else found | {"class": output["class"]}


def compare(files, threads, names, rounds, seconds):
    """Prints the table of one network; returns the shortest time of each name."""
    for name in names:
        if name not in FLAGS:
            files.path(name)
    turns = {name: [] for name in names}
    for _ in range(rounds):
        for name in list(turns):
            try:
                turns[name].append(turn(name, files, threads, seconds))
            except subprocess.CalledProcessError as error:
                if name in FLAGS:
                    raise
                print(f"{name}: left out, exit status {error.returncode}", file=sys.stderr)
                del turns[name]
    names = list(turns)
    classes = {found["class"] for name in names for found in turns[name] if "class" in found}
    assert len(classes) < 2, "they do not run the same network"
    shortest = {name: min(found["minimum"] for found in turns[name]) for name in names}
    medians = {name: statistics.median(found["median"] for found in turns[name]) for name in names}
    print(f"\nwidth {files.width} at {files.resolution}, threads: {threads}, turns: {rounds}")
    print(f"{'':26} {'min ms':>8} {'median':>8} {'ratio':>7} {'of medians':>11} {'× floor':>8}")
    for name in names:
        floor = ""
        if name in FLAGS:
            peak = max(found["peak"] for found in turns[name])
            floor = f"{peak / max(found['pace'] for found in turns[name]):8.2f}"
        print(f"{name:26} {shortest[name]:8.2f} {medians[name]:8.2f} "
              f"{shortest[names[0]] / shortest[name]:7.2f} {medians[names[0]] / medians[name]:11.2f} "
              f"{floor}".rstrip(), flush=True)
    return shortest


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--widths", type=float, nargs="+")
    parser.add_argument("--resolutions", type=int, nargs="+")
    parser.add_argument("--all", action="store_true",
                        help="the sixteen combinations, or those of what is given")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--precision", choices=OURS, default="float")
    parser.add_argument("--against", nargs="+", choices=peers.FLOATS + peers.INTEGERS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="the length of a turn")
    parser.add_argument("--models", type=pathlib.Path, help="where the others' files are kept")
    parser.add_argument("--turn", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if min(options.rounds, *options.threads) < 1:
        parser.error("--rounds and --threads: expected 1 or more")
    every = [1.0, 0.75, 0.5, 0.25], [224, 192, 160, 128]
    widths = options.widths or (every[0] if options.all else [1.0])
    resolutions = options.resolutions or (every[1] if options.all else [224])
    against = options.against or THEIRS[options.precision]
    with tempfile.TemporaryDirectory() as scratch:
        def files(width, resolution):
            return peers.Files(
                options.models or pathlib.Path(scratch), width, resolution, options.program)
        if options.turn:
            return turn_of_theirs(options.turn, files(widths[0], resolutions[0]),
                                  options.threads[0], options.seconds)
        for width in widths:
            for resolution in resolutions:
                times = [
                    compare(files(width, resolution), threads, OURS[options.precision] + against,
                            options.rounds, options.seconds) for threads in options.threads]
                if len(times) > 1:
                    scale = " ".join(f"{name} {times[0][name] / times[-1][name]:.1f} ×;"
                                     for name in times[0] if name in times[-1]).rstrip(";")
                    print(f"from {options.threads[0]} to {options.threads[-1]} threads: {scale}")


main()
