#!/usr/bin/env python3
"""Kills the program at random moments while it writes: nothing may be lost or half written.

Each round starts one of convert, export, fetch, a saved session or a recording, sends SIGKILL after a
random part of the time that it needs, and looks: under the final name lies the file that was there
before or all of the new one, and beside it nothing that was not there. What is in the cache has its
SHA-256. The moments come from a seed, so that a run can be repeated.

    python3 Tests/Endurance/kill.py --program .build/release/mobilenet-explorer
    python3 Tests/Endurance/kill.py --rounds 1000 --seed 7 --program ...
"""
import argparse
import hashlib
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Benchmarks"))
from pseudo_terminal import PseudoTerminal  # noqa: E402

WEIGHTS = ROOT / "Weights/Files/mobilenet-0.25.safetensors"
PHOTO = ROOT / "Samples/Images/circle.png"


class Server(http.server.BaseHTTPRequestHandler):
    """Sends the bundled width 0.25 slowly, from where it is asked to."""
    body = WEIGHTS.read_bytes()

    def do_GET(self):
        start = int((self.headers["Range"] or "bytes=0-")[6:].split("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("ETag", '"one"')
        if start:
            total = len(self.body)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.send_header("Content-Length", str(len(self.body) - start))
        self.end_headers()
        try:
            for place in range(start, len(self.body), 1 << 15):
                self.wfile.write(self.body[place:min(place + (1 << 15), len(self.body))])
                time.sleep(0.01)
        except OSError:
            pass

    def log_message(self, *_):
        pass


class Work:
    """A command, the files that it makes under their final names, and what whole ones are."""

    def __init__(self, folder, command, environment=None, keys=None):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self.command, self.keys = command, keys
        self.environment = {"XDG_STATE_HOME": str(folder.parent / "state"),
                            "no_proxy": "127.0.0.1", **(environment or {})}

    def start(self):
        """Starts it; a program in a terminal is ready to write when this returns."""
        if self.keys is None:
            return subprocess.Popen(self.command, cwd=self.folder,
                                    env={**os.environ, **self.environment},
                                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        terminal = PseudoTerminal(self.command, 100, 30, self.environment, str(self.folder))
        if terminal.until(b"%") is None:
            sys.exit(f"{self.command}: no predictions on the screen")
        # A stream has a frame to record a little later.
        terminal.burst(0.3, 1)
        for key in self.keys:
            terminal.press(key)
        return terminal

    def seconds(self):
        """How long it takes when nobody kills it, or until its file is there."""
        begun = time.perf_counter()
        running = self.start()
        begun = begun if self.keys is None else time.perf_counter()
        if self.keys is None:
            if running.wait() != 0:
                sys.exit(f"{self.command}: status {running.returncode}")
        else:
            while not self.files() and time.perf_counter() - begun < 20:
                running.burst(0.02)
            if not self.files():
                sys.exit(f"{self.command}: nothing was written")
        needed = time.perf_counter() - begun
        if self.keys is not None:
            running.close()
        return needed

    def kill(self, after):
        running = self.start()
        end = time.perf_counter() + after
        if self.keys is None:
            time.sleep(after)
            running.kill()
            running.wait()
        else:
            while time.perf_counter() < end:
                running.burst(0.001)
            if running.is_running():
                os.kill(running.process, signal.SIGKILL)
            while running.is_running():
                time.sleep(0.01)
            os.close(running.file)

    def files(self):
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in self.folder.rglob("*") if path.is_file()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    dice = random.Random(options.seed)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        catalogue = place / "catalogue.json"
        catalogue.write_text(json.dumps({"checkpoints": [{
            "name": "own-0.25", "format": "safetensors", "width": 0.25, "resolution": 224,
            "classes": 200, "url": f"http://127.0.0.1:{server.server_port}/own.safetensors",
            "sha256": hashlib.sha256(Server.body).hexdigest()}]}))
        small = ["--weights", "mobilenet-0.25"]
        works = {
            "convert": Work(place / "convert", [
                program, "weights", "convert", "mobilenet-1.0", "-o", "out.safetensors",
                "--force"]),
            "export": Work(place / "export", [
                program, "export", str(PHOTO), "--format", "npy", "-o", "."] + small),
            "fetch": Work(place / "fetch", [
                program, "weights", "fetch", "own-0.25", "--catalogue", str(catalogue)],
                {"XDG_CACHE_HOME": str(place / "fetch")}),
            "session": Work(place / "session", [program, str(PHOTO)] + small,
                            keys=["s"] + ["Down"] * 6 + ["Enter"]),
            "recording": Work(place / "recording", [
                program, "live", str(ROOT / "Samples/Images"), "--rate", "30"] + small,
                keys=["R"]),
        }
        needed, whole = {}, {}
        for name, work in works.items():
            # Long enough for all of it; a stream goes on for as long as one likes.
            needed[name] = min(work.seconds(), 2)
            # What a run of its own leaves is what a whole file is; a recording differs every time.
            whole[name] = work.files()
            print(f"{name:10} {needed[name]:6.2f} s, {len(whole[name])} files", flush=True)
        counts = dict.fromkeys(works, 0)
        for step in range(options.rounds):
            name = dice.choice(list(works))
            work = works[name]
            # Beginning anew, or over what is there.
            if name in ("session", "recording", "fetch") or dice.random() < 0.5:
                # curl may write its last line after the program that started it was killed.
                time.sleep(0.1)
                for path in work.folder.iterdir():
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            work.kill(dice.random() * needed[name])
            counts[name] += 1
            look(name, step, work, whole[name])
        # After all that, one more run brings what is missing.
        if works["fetch"].seconds() and works["fetch"].files() != whole["fetch"]:
            sys.exit("fetch: not whole after a last run")
    server.shutdown()
    print(f"{options.rounds} kills, seed {options.seed}: "
          + ", ".join(f"{name} {count}" for name, count in counts.items()) + "; nothing lost")


def look(name, step, work, whole):
    """Ends the script where something is half written, or left over."""
    for file, digest in work.files().items():
        if name == "fetch" and "/partial/" in file:
            continue
        if name == "recording":
            data = (work.folder / file).read_bytes()
            count = npy_bytes(data)
            if count != len(data):
                sys.exit(f"round {step}, {file}: {len(data)} bytes of {count}")
        elif file not in whole:
            sys.exit(f"round {step}, {name}: {file} is left over")
        elif digest != whole[file]:
            sys.exit(f"round {step}, {name}: {file} is neither old nor whole")


def npy_bytes(data):
    """The bytes that a .npy file has by its own header."""
    length = data[8] | data[9] << 8
    shape = data[10:10 + length].split(b"(")[1].split(b")")[0]
    count = 4
    for side in shape.split(b","):
        count *= int(side) if side.strip() else 1
    return 10 + length + count


if __name__ == "__main__":
    main()
