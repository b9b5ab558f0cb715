#!/usr/bin/env python3
"""Compares `mobilenet-explorer bench` with ONNX Runtime, OpenVINO, ncnn and LiteRT on this
machine.

The same network with the same weights, float32 or (--precision integer) 8-bit integers, one picture
at a time; LiteRT's has weights of its own, on which time does not depend. Everybody takes turns, each
turn in a process of its own, so that no one's waiting threads disturb another and all share the
machine's good and bad moments. Ratios are ours divided by theirs: below 1, we are faster.

    pip install numpy onnx onnxruntime openvino ncnn ai-edge-litert tensorflow
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

import integer_peers

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = {"float": ["recorded", "not recorded"], "integer": ["integers", "recorded"]}
FLAGS = {"recorded": [], "not recorded": ["--no-record"], "integers": ["--precision", "integer"]}
THEIRS = ["onnxruntime", "onnxruntime, all outputs", "openvino", "ncnn"]


def network(width, resolution):
    sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))
    import make_references
    model = make_references.build(width, False, 1000, "symmetric", "relu", resolution)
    image = make_references.values(3 * resolution * resolution, 1000, 2)
    return model, image.reshape(1, 3, resolution, resolution)


def onnx_runtime(model, image, threads, all_outputs):
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    tops = [top for _, top in model.layers]
    session = onnxruntime.InferenceSession(
        model.serialized(tops if all_outputs else tops[-1:]), options,
        providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"input": image})[-1]


def open_vino(model, image, threads):
    import openvino
    core = openvino.Core()
    compiled = core.compile_model(
        core.read_model(model.serialized([model.top])), "CPU",
        {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
         "INFERENCE_PRECISION_HINT": "f32"})
    request = compiled.create_infer_request()
    return lambda: request.infer({0: image}, share_inputs=True, share_outputs=True)[0]


def ncnn_net(model, image, threads):
    import numpy as np
    from onnx import helper, numpy_helper
    arrays = {w.name: numpy_helper.to_array(w) for w in model.weights}
    lines, data, top = ["Input input 0 1 input"], b"", "input"
    for node in model.nodes:
        name = node.output[0]
        settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type in ("Conv", "Gemm"):
            weights, biases = (arrays[i] for i in node.input[1:])
            data += np.uint32(0).tobytes() + weights.tobytes() + biases.tobytes()
        if node.op_type == "Conv":
            kind = "ConvolutionDepthWise" if settings["group"] > 1 else "Convolution"
            group = f" 7={settings['group']}" if settings["group"] > 1 else ""
            numbers = (f"0={weights.shape[0]} 1={weights.shape[2]} 3={settings['strides'][0]} "
                       f"4={settings['pads'][0]} 5=1 6={weights.size}{group}")
        elif node.op_type == "Gemm":
            kind, numbers = "InnerProduct", f"0={weights.shape[0]} 1=1 2={weights.size}"
        elif node.op_type == "GlobalAveragePool":
            kind, numbers = "Pooling", "0=1 4=1"
        elif node.op_type == "Relu":
            kind, numbers = "ReLU", ""
        elif node.op_type == "Softmax":
            kind, numbers = "Softmax", "0=0"
        else:  # Flatten: what comes before is flat.
            continue
        lines.append(f"{kind} {name} 1 1 {top} {name} {numbers}")
        top = name
    with tempfile.TemporaryDirectory() as folder:
        return integer_peers.ncnn_run(lines, data, top, image, threads, pathlib.Path(folder))


def turn_of_theirs(name, width, resolution, threads, seconds):
    """Runs in a process of its own; prints times in milliseconds and the likeliest class."""
    model, image = network(width, resolution)
    if name in integer_peers.PEERS:
        run = integer_peers.peer(name, model, image, width, resolution, threads)
    elif name.startswith("onnxruntime"):
        run = onnx_runtime(model, image, threads, "all" in name)
    elif name == "openvino":
        run = open_vino(model, image, threads)
    else:
        run = ncnn_net(model, image, threads)
    times, end = [], time.perf_counter() + seconds
    for _ in range(3):
        answer = run()
    while len(times) < 10 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    print(json.dumps({"times": times, "class": int(answer.argmax())}))


def turn(name, program, width, resolution, threads, seconds):
    """The shortest and the median time of one turn, and the likeliest class if it is known."""
    numbers = ["--threads", str(threads), "--seconds", str(seconds)]
    if name in FLAGS:
        command = [program, "bench", "--json", "--width", str(width), "--resolution",
                   str(resolution), *numbers, *FLAGS[name]]
    else:
        command = [sys.executable, __file__, "--turn", name, "--widths", str(width),
                   "--resolutions", str(resolution), *numbers]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    # Before its times, a framework may say something of its own.
    output = json.loads(text if name in FLAGS else text.splitlines()[-1])
    if name in FLAGS:
        return output["minimumMilliseconds"], output["medianMilliseconds"], None
    # Eight bits may see another class first, and LiteRT has other weights.
    likeliest = None if name in integer_peers.PEERS else output["class"]
    return min(output["times"]), statistics.median(output["times"]), likeliest


def compare(program, width, resolution, threads, names, rounds, seconds):
    minima, medians, classes = {}, {}, set()
    for _ in range(rounds):
        for name in names:
            minimum, median, likeliest = turn(name, program, width, resolution, threads, seconds)
            minima.setdefault(name, []).append(minimum)
            medians.setdefault(name, []).append(median)
            classes |= {likeliest} - {None}
    assert len(classes) < 2, "they do not run the same network"
    ours_minimum, ours_median = min(minima[names[0]]), statistics.median(medians[names[0]])
    print(f"\nwidth {width} at {resolution}, threads: {threads}, turns: {rounds}")
    print(f"{'':26} {'min ms':>8} {'median':>8} {'ratio':>7} {'of medians':>11}")
    for name in names:
        minimum, median = min(minima[name]), statistics.median(medians[name])
        print(f"{name:26} {minimum:8.2f} {median:8.2f} {ours_minimum / minimum:7.2f} "
              f"{ours_median / median:11.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=str(ROOT / ".build/release/mobilenet-explorer"))
    parser.add_argument("--widths", type=float, nargs="+")
    parser.add_argument("--resolutions", type=int, nargs="+")
    parser.add_argument("--all", action="store_true", help="the sixteen combinations, or those of what is given")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--precision", choices=OURS, default="float")
    parser.add_argument("--against", nargs="+", choices=THEIRS + integer_peers.PEERS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="the length of a turn")
    parser.add_argument("--turn", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.turn:
        return turn_of_theirs(options.turn, options.widths[0], options.resolutions[0],
                              options.threads[0], options.seconds)
    if min(options.rounds, *options.threads) < 1:
        parser.error("--rounds and --threads: expected 1 or more")
    against = options.against or (THEIRS if options.precision == "float" else integer_peers.PEERS)
    every = [1, 0.75, 0.5, 0.25], [224, 192, 160, 128]
    widths = options.widths or (every[0] if options.all else [1])
    resolutions = options.resolutions or (every[1] if options.all else [224])
    for threads in options.threads:
        for width in widths:
            for resolution in resolutions:
                compare(options.program, width, resolution, threads,
                        OURS[options.precision] + against, options.rounds, options.seconds)


main()
