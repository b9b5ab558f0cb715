"""Draws the test patterns among the samples: python3 patterns.py ../Images"""

import pathlib
import sys

import numpy as np
from PIL import Image

SIDE = 224
Y, X = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
RADIUS, ANGLE = np.hypot(X, Y), np.arctan2(Y, X)


def grey(values):
    """Values from 0 to 1 as a grey picture."""
    return np.repeat(np.uint8(np.clip(values, 0, 1) * 255 + 0.5)[..., None], 3, axis=2)


def edges():
    """A star whose rays are edges at 36 angles, smooth by a pixel."""
    distance = np.sin(18 * ANGLE) / 18 * RADIUS
    return grey(np.where(RADIUS < 106, 0.5 + distance, 0.5))


def zone_plate():
    """Rings whose pitch shrinks outwards to two pixels at the edge of the picture."""
    return grey(0.5 + 0.5 * np.cos(np.pi * RADIUS**2 / SIDE))


def checkerboards():
    """Squares of 2, 4, 8 and 16 pixels, a quarter of the picture each."""
    board = np.zeros((SIDE, SIDE))
    half = SIDE // 2
    for index, size in enumerate((2, 4, 8, 16)):
        rows, columns = np.mgrid[:half, :half] // size
        top, left = divmod(index, 2)
        board[top * half : (top + 1) * half, left * half : (left + 1) * half] = (rows + columns) % 2
    return grey(board)


def colour_bars():
    """White, yellow, cyan, green, magenta, red, blue, black."""
    bars = [(1, 1, 1), (1, 1, 0), (0, 1, 1), (0, 1, 0), (1, 0, 1), (1, 0, 0), (0, 0, 1), (0, 0, 0)]
    picture = np.array(bars, np.uint8)[np.arange(SIDE) * len(bars) // SIDE] * 255
    return np.repeat(picture[None], SIDE, axis=0)


def bright_pixel():
    """One white pixel on black."""
    picture = np.zeros((SIDE, SIDE))
    picture[SIDE // 2, SIDE // 2] = 1
    return grey(picture)


def gradient():
    """Black to white from left to right."""
    return grey((X - X.min()) / (X.max() - X.min()))


def circle():
    """A white disc on grey: one edge, every angle."""
    return grey(np.clip(80 - RADIUS, 0, 1) * 0.6 + 0.3)


def stripes():
    """Stripes that turn from upright to level, six pixels apart."""
    phase = np.where(Y < -37, X, np.where(Y < 37, (X + Y) / np.sqrt(2), Y))
    return grey(0.5 + 0.5 * np.cos(np.pi * phase / 3))


def main():
    folder = pathlib.Path(sys.argv[1])
    for draw in (edges, zone_plate, checkerboards, colour_bars, bright_pixel, gradient, circle, stripes):
        name = draw.__name__.replace("_", "-")
        Image.fromarray(draw()).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
