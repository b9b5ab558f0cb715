#!/usr/bin/env python3
"""Writes small pictures of every kind to Fixtures/, and what is in them to two text files.

expected.txt   one line per picture: file, width, height, and red, green and blue as hex digits
resized.txt    one line per case: source width and height, width, height, box, and the same digits

PNGs are put together here, byte by byte, and what is in them follows from the samples by the
rules of w3.org/TR/png; JPEGs are written and read by Pillow, and so are the resized pictures.

    pip install numpy pillow
    python3 make_fixtures.py
"""
import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

FIXTURES = pathlib.Path(__file__).parent / "Fixtures"
# Odd, so that rows of fewer than eight bits a pixel end inside a byte.
WIDTH, HEIGHT = 13, 11
GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGB_ALPHA: 4}
# First column, first row, column step and row step of the seven passes.
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
         (0, 1, 1, 2)]
rng = np.random.default_rng(224)
expected = []


def keep(name, data, pixels):
    """Writes the file and remembers what is in it: height × width × 3."""
    (FIXTURES / name).write_bytes(data)
    pixels = np.asarray(pixels).round().astype("u1")
    expected.append(f"{name} {pixels.shape[1]} {pixels.shape[0]} {pixels.tobytes().hex()}")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(row, depth):
    """One row of samples, as bytes."""
    row = row.reshape(-1)
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype("u1")
    return np.packbits(bits.reshape(-1)).tobytes()


def filtered(row, previous, pixel_bytes, kind):
    """One row after filter `kind`, 0 to 4, with the kind before it."""
    out = bytearray([kind])
    for i, value in enumerate(row):
        left = row[i - pixel_bytes] if i >= pixel_bytes else 0
        up = previous[i] if previous else 0
        corner = previous[i - pixel_bytes] if previous and i >= pixel_bytes else 0
        estimate = left + up - corner
        paeth = min((left, up, corner), key=lambda near: abs(estimate - near))
        out.append((value - (0, left, up, (left + up) // 2, paeth)[kind]) & 255)
    return bytes(out)


def png(samples, color, depth, interlaced=False, before=()):
    """A PNG of height × width × channels samples; `before` holds chunks to put before the data."""
    height, width = samples.shape[:2]
    pixel_bytes = max(1, CHANNELS[color] * depth // 8)
    data = b""
    for x, y, step_x, step_y in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part, previous = samples[y::step_y, x::step_x], None
        for index, row in enumerate(part if part.size else ()):
            row = packed(row, depth)
            data += filtered(row, previous, pixel_bytes, index % 5)
            previous = row
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*c) for c in before)
            + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def random_samples(color, depth):
    return rng.integers(0, 1 << depth, (HEIGHT, WIDTH, CHANNELS[color]))


def on_white(colors, alpha):
    return colors * alpha + 255 * (1 - alpha)


def meaning(samples, color, depth):
    """What samples without palette look like."""
    levels = samples / ((1 << depth) - 1)
    if color in (GRAY_ALPHA, RGB_ALPHA):
        levels, alpha = levels[..., :-1], levels[..., -1:]
    else:
        alpha = 1
    return on_white(255 * levels, alpha) + np.zeros(3)


def make_png_kinds():
    kinds = {GRAY: (1, 2, 4, 8, 16), RGB: (8, 16), GRAY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
    names = {GRAY: "gray", RGB: "rgb", GRAY_ALPHA: "gray-alpha", RGB_ALPHA: "rgb-alpha"}
    for interlaced in (False, True):
        suffix = "-interlaced" if interlaced else ""
        for color, depths in kinds.items():
            for depth in depths:
                samples = random_samples(color, depth)
                keep(f"{names[color]}{depth}{suffix}.png", png(samples, color, depth, interlaced),
                     meaning(samples, color, depth))
        for depth in (1, 2, 4, 8):
            samples = random_samples(PALETTE, depth)
            palette = rng.integers(0, 256, (1 << depth, 3)).astype("u1")
            # Fewer alphas than colours: the others are opaque.
            alphas = rng.integers(0, 256, max(1, len(palette) // 2)).astype("u1")
            colors, chunks = palette[samples[..., 0]], [(b"PLTE", palette.tobytes())]
            keep(f"palette{depth}{suffix}.png",
                 png(samples, PALETTE, depth, interlaced, chunks), colors)
            chunks.append((b"tRNS", alphas.tobytes()))
            alpha = np.append(alphas, np.full(len(palette) - len(alphas), 255))[samples] / 255
            keep(f"palette{depth}-transparent{suffix}.png",
                 png(samples, PALETTE, depth, interlaced, chunks), on_white(colors, alpha))


def make_png_transparent_color():
    for color, depth in ((GRAY, 1), (GRAY, 4), (GRAY, 8), (GRAY, 16), (RGB, 8), (RGB, 16)):
        samples = random_samples(color, depth)
        chosen = samples[3, 4]
        samples[7:9, 2:6] = chosen
        see_through = (samples == chosen).all(axis=-1, keepdims=True)
        keep(f"transparent-{'gray' if color == GRAY else 'rgb'}{depth}.png",
             png(samples, color, depth, before=[(b"tRNS", chosen.astype(">u2").tobytes())]),
             np.where(see_through, 255, meaning(samples, color, depth)))


def make_png_extras():
    samples = random_samples(RGB, 8)
    plain = meaning(samples, RGB, 8)

    def gamma(value):
        return b"gAMA", struct.pack(">I", value)

    def write(name, pixels, *before):
        keep(name, png(samples, RGB, 8, before=before), pixels)

    srgb = b"sRGB", b"\0"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    icc = b"iCCP", b"sRGB\0\0" + zlib.compress(profile)
    write("gamma-srgb.png", plain, gamma(45455))
    write("gamma-linear.png", 255 * (plain / 255) ** (1 / 2.2), gamma(100000))
    write("gamma-old-mac.png", 255 * (plain / 255) ** (1.8 / 2.2), gamma(55556))
    write("gamma-and-srgb.png", plain, gamma(100000), srgb)
    write("gamma-and-profile.png", plain, gamma(100000), icc)
    write("gamma-absurd.png", plain, gamma(1))
    write("orientation6.png", np.rot90(plain, -1), (b"eXIf", exif(6)))
    # An animation: the first picture is what readers that know nothing of it show.
    other = random_samples(RGB, 8)
    data = zlib.compress(b"".join(b"\0" + packed(row, 8) for row in other))
    animated = png(samples, RGB, 8, before=[
        (b"acTL", struct.pack(">II", 2, 0)),
        (b"fcTL", struct.pack(">IIIIIHHBB", 0, WIDTH, HEIGHT, 0, 0, 1, 10, 0, 0))])
    later = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 1, WIDTH, HEIGHT, 0, 0, 1, 10, 0, 0))
    later += chunk(b"fdAT", struct.pack(">I", 2) + data)
    keep("animated.png", animated[:-12] + later + animated[-12:], plain)


def exif(orientation):
    """A big-endian TIFF directory with a description before the orientation."""
    entries = struct.pack(">HHI4s", 0x010E, 2, 4, b"cat\0")
    entries += struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 2) + entries + struct.pack(">I", 0)


def scene(width, height):
    """Something like a photo: soft light, edges, and grain."""
    y, x = np.mgrid[0:height, 0:width] / max(width, height)
    light = np.stack([120 + 90 * np.sin(5 * x + 2 * y + c) * np.cos(4 * y - c) for c in range(3)], -1)
    disc = (x - 0.4) ** 2 + (y - 0.5) ** 2 < 0.06
    light[disc] = light[disc][:, ::-1] * 0.6 + (80, 20, 0)
    light += 6 * rng.standard_normal((height, width, 1))
    return Image.fromarray(light.clip(0, 255).astype("u1"))


def jpeg(image, **options):
    data = io.BytesIO()
    image.save(data, "JPEG", **{"quality": 90, **options})
    return data.getvalue()


def keep_jpeg(name, data):
    keep(name, data, ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))


def make_jpegs():
    image = scene(37, 29)
    keep_jpeg("baseline.jpg", jpeg(image))
    keep_jpeg("full-chroma.jpg", jpeg(image, subsampling=0))
    keep_jpeg("half-chroma.jpg", jpeg(image, subsampling=1))
    keep_jpeg("progressive.jpg", jpeg(image, progressive=True))
    keep_jpeg("restarts.jpg", jpeg(image, restart_marker_blocks=2))
    keep_jpeg("gray.jpg", jpeg(image.convert("L")))
    keep_jpeg("gray-progressive.jpg", jpeg(image.convert("L"), progressive=True))
    keep_jpeg("rgb.jpg", jpeg(image, keep_rgb=True))
    inks = Image.merge("CMYK", (*ImageOps.invert(image).split(), scene(37, 29).convert("L")))
    keep_jpeg("cmyk.jpg", jpeg(inks))
    # YCCK: the same file with other inks in it, and a header that says so. Adobe's marker ends
    # with the colour transform.
    light = [ImageOps.invert(band) for band in image.convert("YCbCr").split()]
    data = bytearray(jpeg(Image.merge("CMYK", (*light, inks.getchannel("K")))))
    data[data.index(b"Adobe") + 11] = 2
    keep_jpeg("ycck.jpg", bytes(data))
    for orientation in range(1, 9):
        tags = Image.Exif()
        tags[0x0112] = orientation
        keep_jpeg(f"orientation{orientation}.jpg", jpeg(scene(21, 10), exif=tags))


def make_resized():
    """Sources are computed on both sides. Rows first, then columns: the order that Pillow takes
    for pictures that are not much higher than wide."""
    lines = []
    for source_width, source_height, width, height, box in [
        (64, 48, 16, 12, (0, 0, 64, 48)),
        (64, 48, 9, 7, (0, 0, 64, 48)),
        (64, 48, 20, 20, (10.25, 3.5, 51.75, 45)),
        (300, 200, 12, 12, (62.5, 12.5, 237.5, 187.5)),
        (7, 5, 21, 16, (0, 0, 7, 5)),
        (7, 5, 16, 16, (1.125, 0.25, 5.5, 4.625)),
        (40, 90, 11, 13, (2.5, 11.25, 37.5, 80.75)),
        (1000, 3, 10, 3, (0, 0, 1000, 3)),
        (3, 1000, 3, 10, (0, 0, 3, 1000)),
        (1, 1, 4, 3, (0, 0, 1, 1)),
        (33, 21, 33, 21, (0, 0, 33, 21)),
        (33, 21, 8, 21, (0, 0, 33, 21)),
    ]:
        y, x, c = np.mgrid[0:source_height, 0:source_width, 0:3]
        source = Image.fromarray(((x * x * 3 + y * y * 5 + x * y * 7 + c * 331) // 8 % 256).astype("u1"))
        left, top, right, bottom = box
        rows = source.resize((width, source_height), Image.BILINEAR,
                             box=(left, 0, right, source_height))
        result = rows.resize((width, height), Image.BILINEAR, box=(0, top, width, bottom))
        numbers = (source_width, source_height, width, height, *box)
        lines.append(" ".join(map(str, numbers)) + " " + result.tobytes().hex())
        direct = np.array(source.resize((width, height), Image.BILINEAR, box=box)).astype(int)
        assert abs(direct - np.array(result)).max() <= 1
    (FIXTURES / "resized.txt").write_text("\n".join(lines) + "\n")


FIXTURES.mkdir(exist_ok=True)
make_png_kinds()
make_png_transparent_color()
make_png_extras()
make_jpegs()
make_resized()
(FIXTURES / "expected.txt").write_text("\n".join(expected) + "\n")
# Larger than the others: it is there to be scaled down while it is decoded.
(FIXTURES / "large.jpg").write_bytes(jpeg(scene(403, 389), quality=80))
