"""Renders the scenes with POV-Ray 3.7: python3 render.py ../Images [SCENE.pov ...]"""

import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
SIDE = 320


def render(scene, folder):
    with tempfile.TemporaryDirectory() as scratch:
        picture = pathlib.Path(scratch) / "picture.png"
        subprocess.run(
            ["povray", "-D", f"+I{scene.name}", f"+O{picture}", f"+W{SIDE}", f"+H{SIDE}", "+A0.1"],
            cwd=HERE, check=True, capture_output=True,
        )
        path = folder / f"{scene.stem}.jpg"
        Image.open(picture).convert("RGB").save(path, quality=88, optimize=True)
        print(path, path.stat().st_size, "bytes")


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    scenes = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(HERE.glob("*.pov"))
    for scene in scenes:
        render(scene, folder)


if __name__ == "__main__":
    main()
