#!/usr/bin/env python3
"""How the times of the compared networks follow their multiply-adds, on the kernels that all share.

Each turn runs `compare --networks`; of each network the shortest time of all turns counts. A network
that takes longer per multiply-add than MobileNet of width 1 has a ratio above 1.

    python3 Tests/Benchmarks/networks.py --program .build/release/mobilenet-explorer --turns 3
"""
import argparse
import json
import subprocess


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/mobilenet-explorer")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    shortest, work = {}, {}
    for _ in range(options.turns):
        rows = json.loads(subprocess.run(
            [options.program, "compare", "--networks", "--json"], check=True,
            stdout=subprocess.PIPE).stdout)
        for row in rows:
            if "milliseconds" in row:
                name = row["name"]
                work[name] = row["multiplyAdds"]
                shortest[name] = min(shortest.get(name, float("inf")), row["milliseconds"])
    first = next(iter(shortest))
    pace = shortest[first] / work[first]
    print(f"{'network':36} {'M mult-adds':>12} {'ms':>8} {'work':>6} {'time':>6} {'ratio':>6}")
    for name, time in shortest.items():
        print(f"{name:36} {work[name] / 1e6:12.1f} {time:8.2f} {work[name] / work[first]:6.1f} "
              f"{time / shortest[first]:6.1f} {time / work[name] / pace:6.2f}")


if __name__ == "__main__":
    main()
