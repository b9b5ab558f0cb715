#!/usr/bin/env python3
"""The tiny network in ncnn's two files, as floats and as halves, run by ncnn.

    pip install numpy ncnn
    python3 make_ncnn.py
"""
import ncnn
import numpy as np

import tiny_mobilenet as tiny


def lines_and_numbers(network, isHalf):
    """ReLU6 is fused to half of the layers; the others have a Clip behind them, as converters mix it."""
    size = f"0={tiny.RESOLUTION} 1={tiny.RESOLUTION} 2=3"
    lines, numbers, top = [f"Input data 0 1 data {size}"], b"", "data"

    def stored(weights):
        if not isHalf:
            return np.uint32(0).tobytes() + weights.tobytes()
        halves = weights.astype("f2").tobytes()
        return np.uint32(0x01306B47).tobytes() + halves + b"\0" * (-len(halves) % 4)

    for number, layer in enumerate(network.layers):
        weight, bias = layer.folded
        kind = "ConvolutionDepthWise" if layer.kind == "depthwise" else "Convolution"
        settings = (f"0={layer.outputs} 1={layer.side} 3={layer.stride} "
                    f"4={-233 if layer.side == 3 else 0} 5=1 6={weight.size}")
        if layer.kind == "depthwise":
            settings += f" 7={layer.outputs}"
        isFused = number % 2 == 0
        if isFused:
            settings += " 9=3 -23310=2,0.000000e+00,6.000000e+00"
        lines.append(f"{kind:<24} {layer.name} 1 1 {top} {layer.name} {settings}")
        top = layer.name
        if not isFused:
            lines.append(f"Clip {layer.name}_clip 1 1 {top} {layer.name}_clip 0=0.0 1=6.0")
            top = f"{layer.name}_clip"
        numbers += stored(weight) + bias.tobytes()
    lines += [
        f"Pooling pool6 1 1 {top} pool6 0=1 4=1",
        f"InnerProduct fc7 1 1 pool6 fc7 0={tiny.CLASSES} 1=1 2={network.classifier.size}",
        "Softmax prob 1 1 fc7 prob 0=0"]
    numbers += stored(network.classifier) + network.classifier_bias.tobytes()
    return lines, numbers


def run(network, name, lines):
    net = ncnn.Net()
    for option in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic",
                   "use_bf16_storage"):
        setattr(net.opt, option, False)
    assert net.load_param(str(tiny.HERE / name / "net.param")) == 0
    assert net.load_model(str(tiny.HERE / name / "net.bin")) == 0
    # ncnn keeps no copy of it.
    pixels = np.ascontiguousarray(network.image.transpose(2, 0, 1))
    image = ncnn.Mat(pixels)
    tops = {line.split()[5] for line in lines[1:]}
    outputs = []
    for layer in network.names:
        extractor = net.create_extractor()
        extractor.input("data", image)
        found = np.array(
            extractor.extract(f"{layer}_clip" if f"{layer}_clip" in tops else layer)[1])
        outputs.append((layer, found.transpose(1, 2, 0) if found.ndim == 3 else found))
    return outputs


def main():
    network = tiny.TinyMobileNet()
    for name, isHalf in [("ncnn", False), ("ncnn-half", True)]:
        lines, numbers = lines_and_numbers(network, isHalf)
        header = f"7767517\n{len(lines)} {len(lines)}\n"
        folder = tiny.HERE / name
        folder.mkdir(exist_ok=True)
        (folder / "net.param").write_text(header + "\n".join(lines) + "\n")
        (folder / "net.bin").write_bytes(numbers)
        tiny.write_references(name, run(network, name, lines))


main()
