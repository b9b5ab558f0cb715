#!/usr/bin/env python3
"""Compares `mobilenet-explorer bench --backward` with PyTorch and JAX on this machine.

The same network with the same weights, float32, one picture at a time: a forward pass and the
gradient of a logit with respect to the input. PyTorch runs as people write it (eager), JAX compiles
(jit). Everybody takes turns, each turn in a process of its own. Ratios are ours divided by theirs:
below 1, we are faster.

    pip install numpy onnx onnxruntime torch jax
    swift build -c release
    python3 Tests/Benchmarks/backward.py
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))


def layers(width, resolution):
    """The weights of make_references.py: (weights, biases, stride, groups) of each layer."""
    import make_references
    from onnx import helper, numpy_helper
    model = make_references.build(width, False, 1000, "symmetric", "relu", resolution)
    arrays = {w.name: numpy_helper.to_array(w) for w in model.weights}
    found = []
    for node in model.nodes:
        if node.op_type in ("Conv", "Gemm"):
            settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            stride = settings["strides"][0] if "strides" in settings else 0
            found.append((*(arrays[name] for name in node.input[1:]), stride, settings.get("group")))
    image = make_references.values(3 * resolution * resolution, 1000, 2)
    return found, image.reshape(1, 3, resolution, resolution)


def pytorch(found, image, threads):
    import torch
    import torch.nn.functional as F
    torch.set_num_threads(threads)
    weights = [(torch.tensor(w), torch.tensor(b), stride, group) for w, b, stride, group in found]

    def run():
        x = source = torch.tensor(image).requires_grad_()
        for w, b, stride, group in weights[:-1]:
            padding = w.shape[2] // 2
            x = F.relu(F.conv2d(x, w, b, stride=stride, padding=padding, groups=group))
        logits = F.linear(x.mean((2, 3)), *weights[-1][:2])
        (logits[0, 0] - logits.mean()).backward()
        return source.grad
    return run


def jax_jit(found, image, threads):
    import jax
    import jax.numpy as jnp
    weights = [(jnp.array(w), jnp.array(b)) for w, b, _, _ in found]

    def logit(x, weights):
        for (w, b), (_, _, stride, group) in zip(weights[:-1], found[:-1]):
            padding = w.shape[2] // 2
            x = jax.lax.conv_general_dilated(
                x, w, (stride, stride), [(padding, padding)] * 2, feature_group_count=group,
                dimension_numbers=("NCHW", "OIHW", "NCHW"))
            x = jax.nn.relu(x + b[None, :, None, None])
        w, b = weights[-1]
        logits = x.mean((2, 3)) @ w.T + b
        return logits[0, 0] - logits.mean()
    gradient = jax.jit(jax.value_and_grad(logit))
    source = jnp.array(image)
    return lambda: jax.block_until_ready(gradient(source, weights))


def turn(name, width, resolution, threads, seconds):
    """The shortest time of one turn of `name`, in milliseconds."""
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), JAX_PLATFORMS="cpu")
    if threads == 1:
        environment["XLA_FLAGS"] = (
            "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    if name == "ours":
        command = [str(ROOT / ".build/release/mobilenet-explorer"), "bench", "--backward", "--json",
                   "--width", str(width), "--resolution", str(resolution),
                   "--threads", str(threads), "--seconds", str(seconds)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return found["minimumMilliseconds"], found["backward"]["minimumMilliseconds"]
    command = [sys.executable, __file__, "--turn", name, "--width", str(width), "--resolution",
               str(resolution), "--threads", str(threads), "--seconds", str(seconds)]
    out = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    return float(out)


def measure(name, width, resolution, threads, seconds):
    run = {"pytorch": pytorch, "jax": jax_jit}[name](*layers(width, resolution), threads)
    for _ in range(3):
        run()
    shortest, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        run()
        shortest = min(shortest, time.perf_counter() - start)
    print(shortest * 1e3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--turn", help=argparse.SUPPRESS)
    parser.add_argument("--width", type=float, default=1)
    parser.add_argument("--resolution", type=int, default=224)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1)
    options = parser.parse_args()
    if options.turn:
        measure(options.turn, options.width, options.resolution, options.threads[0], options.seconds)
        return
    for threads in options.threads:
        ours, backward = [], []
        theirs = {"pytorch": [], "jax": []}
        for _ in range(options.rounds):
            arguments = (options.width, options.resolution, threads, options.seconds)
            forward, back = turn("ours", *arguments)
            ours.append(forward + back)
            backward.append(back / forward)
            for name, times in theirs.items():
                times.append(turn(name, *arguments))
        print(f"{threads} thread(s): ours {min(ours):.2f} ms, of which backward is "
              f"{statistics.median(backward):.2f} × forward (median of {options.rounds})")
        for name, times in theirs.items():
            ratios = [a / b for a, b in zip(ours, times)]
            print(f"  {name}: {min(times):.2f} ms; ours / theirs: shortest "
                  f"{min(ours) / min(times):.2f}, median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
