#!/usr/bin/env python3
"""Kills `atlas` at random moments, as a machine that goes down would, and lets it go on.

What comes of it must be the file of a run that nobody disturbed, byte for byte; and so must what
three shards come to, one of which was killed.

    swift build -c release
    python3 Tests/Study/AtlasTests/kill_atlas.py FOLDER [--times 20]
"""
import argparse
import pathlib
import random
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def kill_until_done(command, times, longest):
    """Runs the command, killing it up to so many times; says how often that was."""
    killed = 0
    while True:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if killed == times:
                process.wait()
            else:
                process.wait(random.uniform(0.05, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
            continue
        assert process.returncode == 0, f"exit status {process.returncode}"
        return killed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        def atlas(name, *more):
            return [options.program, "atlas", options.folder, "-o", f"{scratch}/{name}",
                    "--weights", "mobilenet-0.25", "--resolution", "128", "--save-every", "1",
                    *more]
        start = time.monotonic()
        subprocess.run(atlas("whole"), check=True, capture_output=True)
        longest = time.monotonic() - start
        whole = pathlib.Path(f"{scratch}/whole").read_bytes()
        killed = kill_until_done(atlas("killed"), options.times, longest)
        assert pathlib.Path(f"{scratch}/killed").read_bytes() == whole, "killed: another file"
        print(f"killed {killed} times: the same {len(whole)} bytes")
        killed = 0
        for shard in (3, 1, 2):
            killed += kill_until_done(
                atlas(f"part{shard}", "--shard", f"{shard}/3"), 3, longest / 2)
        subprocess.run(
            [options.program, "atlas", "merge", *(f"{scratch}/part{i}" for i in (2, 3, 1)),
             "-o", f"{scratch}/merged"], check=True, capture_output=True)
        assert pathlib.Path(f"{scratch}/merged").read_bytes() == whole, "merged: another file"
        print(f"three shards, killed {killed} times: the same")
        left = sorted(p.name for p in pathlib.Path(scratch).iterdir())
        assert left == ["killed", "merged", "part1", "part2", "part3", "whole"], left


if __name__ == "__main__":
    main()
