"""The frameworks that compare.py measures against: files of the same network for each of them, and what runs
them. Integers have a scale per channel in weights and one per tensor in between.
"""
import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOATS = ["onnxruntime", "onnxruntime, all outputs", "openvino", "ncnn"]
INTEGERS = ["onnxruntime, integers", "openvino, integers", "ncnn, integers", "litert, integers"]


class Files:
    """The files of one network: those that are not there yet are written when somebody asks."""

    def __init__(self, folder, width, resolution, program):
        self.folder = folder / f"{width}-{resolution}"
        self.width, self.resolution, self.program = width, resolution, program
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def model(self):
        sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))
        import make_references
        return make_references.build(
            self.width, False, 1000, "symmetric", "relu", self.resolution)

    @property
    def image(self):
        side = self.resolution
        path = self.folder / "image.npy"
        if not path.exists():
            sys.path.insert(0, str(ROOT / "Tests/Engine/MobileNetTests/References"))
            import make_references
            values = make_references.values(3 * side * side, 1000, 2)
            np.save(path, values.reshape(1, 3, side, side))
        return np.load(path)

    def path(self, name):
        """The file that the peer `name` reads."""
        kind = "ncnn" if "ncnn" in name else "tflite" if "litert" in name else "onnx"
        what = "integers" if "integers" in name else "outputs" if "all" in name else "floats"
        path = self.folder / f"{what}.{kind}"
        if not path.exists():
            getattr(self, f"write_{what}_{kind}")(path)
        return path

    def write_floats_onnx(self, path):
        model = self.model
        path.write_bytes(model.serialized([model.top]))

    def write_outputs_onnx(self, path):
        model = self.model
        path.write_bytes(model.serialized([top for _, top in model.layers]))

    def write_integers_onnx(self, path):
        """The network with QuantizeLinear and DequantizeLinear around every layer."""
        from onnxruntime.quantization import (
            CalibrationDataReader, QuantFormat, QuantType, quantize_static)

        class Once(CalibrationDataReader):
            def __init__(self, image):
                self.left = [{"input": image}]

            def get_next(self):
                return self.left.pop() if self.left else None

        quantize_static(
            str(self.path("onnxruntime")), str(path), Once(self.image),
            quant_format=QuantFormat.QDQ, per_channel=True, activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8)

    def write_integers_tflite(self, path):
        """What this program makes of the network of floats."""
        subprocess.run(
            [self.program, "weights", "quantize", str(self.path("onnxruntime")), "--calibrate",
             str(ROOT / "Samples/Images"), "-o", str(path)],
            check=True, stdout=subprocess.DEVNULL)

    def write_floats_ncnn(self, path):
        write_ncnn(self.model, None, path)

    def write_integers_ncnn(self, path):
        write_ncnn(self.model, self.ranges(), path)

    def ranges(self):
        """The largest absolute value of each tensor of the network of floats."""
        import onnxruntime
        model, image = self.model, self.image
        tops = [node.output[0] for node in model.nodes]
        session = onnxruntime.InferenceSession(
            model.serialized(tops), providers=["CPUExecutionProvider"])
        found = {top: float(np.abs(values).max())
                 for top, values in zip(tops, session.run(None, {"input": image}))}
        return found | {"input": float(np.abs(image).max())}


def write_ncnn(model, largest, folder):
    """A folder with net.param and net.bin; with `largest`, the range of each tensor, of integers.

    ncnn quantises the weights itself when a layer comes with scales; 101: bytes go out, too.
    """
    from onnx import helper, numpy_helper
    arrays = {w.name: numpy_helper.to_array(w) for w in model.weights}
    readers = {node.input[0]: node for node in model.nodes}
    lines, data, top = ["Input input 0 1 input"], b"", "input"
    for node in model.nodes:
        name = node.output[0]
        settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        # Flatten: what comes before is flat. Integers leave ReLU to the layer before.
        if node.op_type == "Flatten" or node.op_type == "Relu" and largest:
            continue
        if node.op_type in ("Conv", "Gemm"):
            weights, biases = (arrays[i] for i in node.input[1:])
            data += np.uint32(0).tobytes() + weights.tobytes() + biases.tobytes()
            if largest:
                scales = 127 / np.abs(weights.reshape(len(weights), -1)).max(axis=1)
                data += scales.astype("f4").tobytes()
                data += np.float32(127 / largest[node.input[0]]).tobytes()
        if node.op_type == "Conv":
            group = settings["group"]
            kind = "ConvolutionDepthWise" if group > 1 else "Convolution"
            numbers = (f"0={weights.shape[0]} 1={weights.shape[2]} 3={settings['strides'][0]} "
                       f"4={settings['pads'][0]} 5=1 6={weights.size}")
            if group > 1:
                numbers += f" 7={group}"
            if largest:
                name = readers[name].output[0]
                isLast = readers[name].op_type != "Conv"
                numbers += f" 8={1 if isLast else 101} 9=1"
                if not isLast:
                    data += np.float32(127 / largest[name]).tobytes()
        elif node.op_type == "Gemm":
            kind, numbers = "InnerProduct", f"0={weights.shape[0]} 1=1 2={weights.size}"
            if largest:
                numbers += " 8=1"
        else:
            kind, numbers = {"GlobalAveragePool": ("Pooling", "0=1 4=1"), "Relu": ("ReLU", ""),
                             "Softmax": ("Softmax", "0=0")}[node.op_type]
        lines.append(f"{kind} {name} 1 1 {top} {name} {numbers}")
        top = name
    folder.mkdir()
    header = f"7767517\n{len(lines)} {len(lines)}\n"
    (folder / "net.param").write_text(header + "\n".join(lines) + "\n")
    (folder / "net.bin").write_bytes(data)


def onnx_runtime(path, image, threads):
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"input": image})[-1]


def open_vino(path, image, threads):
    import openvino
    core = openvino.Core()
    compiled = core.compile_model(
        core.read_model(path), "CPU",
        {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
         "INFERENCE_PRECISION_HINT": "f32"})
    request = compiled.create_infer_request()
    return lambda: request.infer({0: image}, share_inputs=True, share_outputs=True)[0]


def ncnn_run(folder, image, threads):
    import ncnn
    net = ncnn.Net()
    net.opt.num_threads = threads
    net.opt.use_vulkan_compute = False
    for option in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic",
                   "use_bf16_storage"):
        setattr(net.opt, option, False)
    assert net.load_param(str(folder / "net.param")) == 0
    assert net.load_model(str(folder / "net.bin")) == 0
    top = (folder / "net.param").read_text().split("\n")[-2].split()[1]
    # A copy: it would go on with the array's memory after that is freed.
    mat = ncnn.Mat(np.ascontiguousarray(image[0])).clone()

    def run():
        extractor = net.create_extractor()
        extractor.input("input", mat)
        return np.array(extractor.extract(top)[1])
    return run


def litert(path, image, threads):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(str(path), num_threads=threads)
    interpreter.allocate_tensors()
    given, made = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    scale, zero = given["quantization"]
    limits = np.iinfo(given["dtype"])
    bytes = np.clip(np.round(image.transpose(0, 2, 3, 1) / scale + zero), limits.min, limits.max)
    interpreter.set_tensor(given["index"], bytes.astype(given["dtype"]))

    def run():
        interpreter.invoke()
        return interpreter.get_tensor(made["index"])
    return run


def load(name, files, threads):
    """What runs the network once."""
    run = {"onnxruntime": onnx_runtime, "openvino": open_vino, "ncnn": ncnn_run, "litert": litert}
    return run[name.split(",")[0]](files.path(name), files.image, threads)
