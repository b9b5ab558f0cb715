#!/usr/bin/env python3
"""Counts the instructions of the kernels' inner loops, as the compiler writes them for a processor.

Prints, for each kernel, the innermost loop that does the most: its multiply-adds, its instructions, and
among these those that multiply and add, that load and do nothing else, that copy a number into all
lanes, and that reach for the stack (sums that did not fit into the registers).

    python3 Tests/Engine/KernelShapes/inner_loops.py                  # Apple's M1 and a Cortex-A76
    python3 Tests/Engine/KernelShapes/inner_loops.py neoverse-v1 znver4

It needs clang, Swift's own too.
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

KERNELS = pathlib.Path(__file__).resolve().parents[3] / "Sources/Engine/CKernels"
ARM = ["neon.c", "integers/neon.c"]
X86 = ["avx2.c", "avx512.c", "integers/avx2.c", "integers/avx512vnni.c"]
# How instructions that multiply and add begin, and how many of either they do in 16 bytes of a register.
WORK = {"fmla": 4, "sdot": 16, "vfmadd": 4, "vpmaddwd": 8, "vpdpbusd": 16}
COPIES = ("dup", "vbroadcast", "vpbroadcast")
LOADS = ("ld", "vmov", "mov")


def targets():
    """Processors that are named, each with the compiler's name of its architecture."""
    for processor in sys.argv[1:] or ["apple-m1", "cortex-a76"]:
        isARM = re.match(r"(apple|cortex|neoverse|ampere|generic)", processor)
        yield processor, ("aarch64", ARM) if isARM else ("x86_64", X86)


def assembly(source, processor, architecture):
    with tempfile.NamedTemporaryFile(suffix=".s") as file:
        cpu = "-mcpu" if architecture == "aarch64" else "-mtune"
        subprocess.run(
            ["clang", f"--target={architecture}-linux-gnu", f"{cpu}={processor}", "-O2", "-S",
             "-I", str(KERNELS / "include"), "-I", str(KERNELS / "integers"),
             str(KERNELS / source), "-o", file.name], check=True)
        return pathlib.Path(file.name).read_text().splitlines()


def functions(lines):
    """The instructions of each function, labels among them."""
    name, found = None, collections.defaultdict(list)
    for line in lines:
        if match := re.match(r"(CK\w+):", line):
            name = match.group(1)
        elif line.startswith(".Lfunc_end"):
            name = None
        elif name and (line.startswith(".LBB") or re.match(r"\t[a-z]", line)):
            found[name].append(re.split(r"//|\s#", line)[0].strip())
    return found


def loops(lines):
    """The instructions from each label that is jumped back to, where no other such loop lies within."""
    labels = {line[:-1]: i for i, line in enumerate(lines) if line.endswith(":")}
    jumps = []
    for i, line in enumerate(lines):
        match = re.match(r"(b|b\.\w+|cbn?z|tbn?z|j\w+)\s.*?(\.LBB\w+)$", line)
        if match and labels[match.group(2)] < i:
            jumps.append((labels[match.group(2)], i))
    for first, last in jumps:
        if not any(first <= a and b < last for a, b in jumps if (a, b) != (first, last)):
            yield [line for line in lines[first:last + 1] if not line.endswith(":")]


def multiply_adds(line):
    """What an instruction does of them."""
    width = 4 if "%zmm" in line else 2 if "%ymm" in line else 1
    return next((n * width for name, n in WORK.items() if line.startswith(name)), 0)


def count(loop):
    """Multiply-adds, instructions, those that do the work, loads, copies into lanes, the stack."""
    names = [line.split()[0] for line in loop]
    loads = [line for line in loop if line.startswith(LOADS) and ("[" in line or "), " in line)]
    return (sum(map(multiply_adds, loop)), len(loop), sum(multiply_adds(l) > 0 for l in loop),
            len(loads), sum(n.startswith(COPIES) for n in names),
            sum("[sp" in line or "(%rsp" in line for line in loop))


def main():
    for processor, (architecture, sources) in targets():
        print(processor)
        print(f"  {'kernel':27} {'per multiply-add':>16} {'multiply-adds':>14} {'instructions':>13} "
              f"{'work':>5} {'loads':>6} {'copies':>7} {'stack':>6}")
        for source in sources:
            for name, lines in functions(assembly(source, processor, architecture)).items():
                best = max(map(count, loops(lines)), default=(0,))
                if best[0]:
                    print(f"  {name:27} {best[1] / best[0]:16.3f} {best[0]:14} {best[1]:13} "
                          f"{best[2]:5} {best[3]:6} {best[4]:7} {best[5]:6}")


if __name__ == "__main__":
    main()
