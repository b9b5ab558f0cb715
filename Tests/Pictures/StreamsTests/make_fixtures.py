"""Makes the streams under Fixtures, and what other programs see in them.

    python3 Tests/Pictures/StreamsTests/make_fixtures.py

Needs ffmpeg, NumPy and Pillow. Every stream holds two frames of 48 x 32 pixels of ffmpeg's moving
test picture. Beside each NAME.y4m lies NAME.rgb, its second frame as red, green and blue: where
every pixel has its own colour differences ffmpeg converts it; where several share them, Pillow
resizes the planes and NumPy converts them in floating point. frames.rgb is a part of the second
frame of frames.ppm that Pillow resized.
"""

import pathlib
import subprocess

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).parent / "Fixtures"
WIDTH, HEIGHT = 48, 32
SOURCE = ["-f", "lavfi", "-i", f"testsrc2=size={WIDTH}x{HEIGHT}:rate=25:duration=0.08"]
EXACT = "flags=accurate_rnd+full_chroma_int+full_chroma_inp"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def stream(name, pixels, colors, matrix="bt601"):
    path = HERE / f"{name}.y4m"
    ffmpeg(*SOURCE, "-vf", f"scale=out_range={colors}:out_color_matrix={matrix}:{EXACT},"
           f"format={pixels}", "-strict", "-1", "-f", "yuv4mpegpipe", path)
    return path


def full_samples(name, pixels, colors, matrix="bt601"):
    path = stream(name, pixels, colors, matrix)
    ffmpeg("-i", path, "-vf", f"select=eq(n\\,1),scale=in_range={colors}:in_color_matrix={matrix}"
           f":{EXACT},format=gbrp,format=rgb24", "-frames:v", "1", "-f", "rawvideo",
           HERE / f"{name}.rgb")


def shared_samples(name, pixels, columns, rows, lies_left):
    frame = stream(name, pixels, "limited").read_bytes().split(b"FRAME\n")[2]
    shape = (HEIGHT // rows, WIDTH // columns)
    count = shape[0] * shape[1]
    y = numpy.frombuffer(frame, numpy.uint8, WIDTH * HEIGHT).reshape(HEIGHT, WIDTH)
    planes = [y.astype(float)]
    for start in (WIDTH * HEIGHT, WIDTH * HEIGHT + count):
        plane = numpy.frombuffer(frame, numpy.uint8, count, start).reshape(shape).astype("float32")
        if lies_left:  # A box may not leave the picture: one more column, then the part of it.
            plane = numpy.pad(plane, ((0, 0), (0, 1)), "edge")
        shift = 0.25 if lies_left else 0
        box = (shift, 0, shape[1] + shift, shape[0])
        image = Image.fromarray(plane, "F").resize((WIDTH, HEIGHT), Image.BILINEAR, box=box)
        planes.append(numpy.asarray(image, float))
    y, u, v = (planes[0] - 16) / 219, (planes[1] - 128) / 224, (planes[2] - 128) / 224
    red, blue = y + 2 * (1 - 0.299) * v, y + 2 * (1 - 0.114) * u
    green = (y - 0.299 * red - 0.114 * blue) / 0.587
    color = numpy.stack([red, green, blue], axis=2) * 255
    (HERE / f"{name}.rgb").write_bytes(color.round().clip(0, 255).astype(numpy.uint8).tobytes())


def main():
    HERE.mkdir(exist_ok=True)
    shared_samples("yuv420-limited", "yuv420p", 2, 2, lies_left=False)
    shared_samples("yuv422-limited", "yuv422p", 2, 1, lies_left=True)
    full_samples("yuv444-limited", "yuv444p", "limited")
    full_samples("yuv444-full", "yuvj444p", "full")
    full_samples("yuv444-bt709", "yuv444p", "limited", "bt709")
    full_samples("mono", "gray", "full")
    path = HERE / "frames.ppm"
    ffmpeg(*SOURCE, "-pix_fmt", "rgb24", "-f", "image2pipe", "-c:v", "ppm", path)
    second = path.read_bytes()[-3 * WIDTH * HEIGHT:]
    part = Image.frombytes("RGB", (WIDTH, HEIGHT), second).resize(
        (17, 13), Image.BILINEAR, box=(8.5, 1.25, 39.5, 30.75))
    (HERE / "frames.rgb").write_bytes(part.tobytes())


main()
