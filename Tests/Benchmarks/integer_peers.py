"""The integer paths of the frameworks that compare.py measures against: the network of
make_references.py with 8-bit numbers, weights with a scale per channel, activations with one each.
"""
import pathlib
import tempfile

import numpy as np

PEERS = ["onnxruntime, integers", "openvino, integers", "ncnn, integers", "litert, integers"]


def ranges(model, image):
    """The largest absolute value of each tensor of the network of floats."""
    import onnxruntime
    tops = [node.output[0] for node in model.nodes]
    session = onnxruntime.InferenceSession(
        model.serialized(tops), providers=["CPUExecutionProvider"])
    found = {top: float(np.abs(values).max())
             for top, values in zip(tops, session.run(None, {"input": image}))}
    return found | {"input": float(np.abs(image).max())}


def quantised_onnx(model, image, folder):
    """Writes the network with QuantizeLinear and DequantizeLinear around every layer."""
    from onnxruntime.quantization import (
        CalibrationDataReader, QuantFormat, QuantType, quantize_static)

    class Once(CalibrationDataReader):
        def __init__(self):
            self.left = [{"input": image}]

        def get_next(self):
            return self.left.pop() if self.left else None

    floats, integers = folder / "float.onnx", folder / "integers.onnx"
    floats.write_bytes(model.serialized([model.top]))
    quantize_static(
        str(floats), str(integers), Once(), quant_format=QuantFormat.QDQ, per_channel=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
    return integers


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
        {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"})
    request = compiled.create_infer_request()
    return lambda: request.infer({0: image}, share_inputs=True, share_outputs=True)[0]


def ncnn_run(lines, data, top, image, threads, folder):
    """Runs what the lines of a .param file and the bytes of a .bin file say, up to `top`."""
    import ncnn
    header = f"7767517\n{len(lines)} {len(lines)}\n"
    (folder / "net.param").write_text(header + "\n".join(lines) + "\n")
    (folder / "net.bin").write_bytes(data)
    net = ncnn.Net()
    net.opt.num_threads = threads
    net.opt.use_vulkan_compute = False
    for option in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic",
                   "use_bf16_storage"):
        setattr(net.opt, option, False)
    assert net.load_param(str(folder / "net.param")) == 0
    assert net.load_model(str(folder / "net.bin")) == 0
    mat = ncnn.Mat(np.ascontiguousarray(image[0]))

    def run():
        extractor = net.create_extractor()
        extractor.input("input", mat)
        return np.array(extractor.extract(top)[1])
    return run


def ncnn_net(model, image, threads, folder):
    """ncnn quantises the weights itself when a layer comes with scales; 101: bytes go out, too."""
    from onnx import helper, numpy_helper
    arrays = {w.name: numpy_helper.to_array(w) for w in model.weights}
    largest = ranges(model, image)
    readers = {node.input[0]: node for node in model.nodes}
    lines, data, top = ["Input input 0 1 input"], b"", "input"
    for node in model.nodes:
        settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type in ("Relu", "Flatten"):
            continue
        name = node.output[0]
        if node.op_type in ("Conv", "Gemm"):
            weights, biases = (arrays[i] for i in node.input[1:])
            scales = 127 / np.abs(weights.reshape(len(weights), -1)).max(axis=1)
            data += np.uint32(0).tobytes() + weights.tobytes() + biases.tobytes()
            data += scales.astype("f4").tobytes()
            data += np.float32(127 / largest[node.input[0]]).tobytes()
        if node.op_type == "Conv":
            name = readers[name].output[0]
            following = readers[name].op_type
            isLast = following != "Conv"
            kind = "ConvolutionDepthWise" if settings["group"] > 1 else "Convolution"
            group = f" 7={settings['group']}" if settings["group"] > 1 else ""
            numbers = (f"0={weights.shape[0]} 1={weights.shape[2]} 3={settings['strides'][0]} "
                       f"4={settings['pads'][0]} 5=1 6={weights.size}{group} "
                       f"8={1 if isLast else 101} 9=1")
            if not isLast:
                data += np.float32(127 / largest[name]).tobytes()
        elif node.op_type == "Gemm":
            kind, numbers = "InnerProduct", f"0={weights.shape[0]} 1=1 2={weights.size} 8=1"
        elif node.op_type == "GlobalAveragePool":
            kind, numbers = "Pooling", "0=1 4=1"
        else:
            kind, numbers = "Softmax", "0=0"
        lines.append(f"{kind} {name} 1 1 {top} {name} {numbers}")
        top = name
    return ncnn_run(lines, data, top, image, threads, folder)


def litert_file(width, resolution, folder):
    """A MobileNet of this shape as a .tflite of int8, with made-up weights; made once."""
    path = folder / f"mobilenet-{width}-{resolution}.tflite"
    if path.exists():
        return path
    import keras
    import tensorflow as tf
    model = keras.applications.MobileNet(
        (resolution, resolution, 3), alpha=width, weights=None, classes=1000)
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    random = np.random.RandomState(5)
    converter.representative_dataset = lambda: (
        [random.uniform(-1, 1, (1, resolution, resolution, 3)).astype("f4")] for _ in range(2))
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    path.write_bytes(converter.convert())
    return path


def litert(path, threads):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(str(path), num_threads=threads)
    interpreter.allocate_tensors()
    given, made = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    interpreter.set_tensor(given["index"], np.zeros(given["shape"], "i1"))

    def run():
        interpreter.invoke()
        return interpreter.get_tensor(made["index"])
    return run


def peer(name, model, image, width, resolution, threads):
    """What runs the network once."""
    cache = pathlib.Path(tempfile.gettempdir()) / "mobilenet-explorer-integers"
    cache.mkdir(exist_ok=True)
    if name.startswith("litert"):
        return litert(litert_file(width, resolution, cache), threads)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if name.startswith("ncnn"):
            return ncnn_net(model, image, threads, folder)
        path = quantised_onnx(model, image, folder)
        return (onnx_runtime if name.startswith("onnx") else open_vino)(path, image, threads)
