"""What a first start pays for machine code: `python -m benchmarks.compiling [--times N]`.

Every time the cache on disk is empty: seconds by the clock until all kernels are there, the processor's seconds of this
process and of the one beside it, and their most memory; with two processes, as it is, and with one; then loaded again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHILD = """
import json, resource, sys, time
begin = time.perf_counter()
from mlp import compilation
found = {"import": time.perf_counter() - begin}
begin = time.perf_counter()
if "one" in sys.argv:
    compilation.BESIDE.clear()
compilation.compile_all()
found["all kernels"] = time.perf_counter() - begin
for name, who in (("here", resource.RUSAGE_SELF), ("beside", resource.RUSAGE_CHILDREN)):
    used = resource.getrusage(who)
    found |= {f"processor {name}": used.ru_utime + used.ru_stime, f"MB {name}": used.ru_maxrss / 1024}
print(json.dumps(found))
"""
ONE_AFTER_THE_OTHER = """
import json, time
from mlp.compilation import COMPILE
found = {}
for name, make in COMPILE.items():
    begin = time.perf_counter()
    make()
    found[name] = time.perf_counter() - begin
print(json.dumps(found))
"""


def start(folder: str, *words: str, code: str = CHILD) -> dict[str, float]:
    """Return what a fresh process found that keeps its machine code in this folder."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
    command = [sys.executable, "-c", code, *words]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(made.stdout)


def cold_start() -> dict[str, float]:
    """Return the seconds to import the engine, to compile it from nothing, and to load it from the cache on disk."""
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = start(folder), start(folder)
    with tempfile.TemporaryDirectory() as folder:
        kernels = start(folder, code=ONE_AFTER_THE_OTHER)
    return {
        "import": warm["import"],
        "compile everything, two processes": cold["all kernels"],
        **{f"compile {name}, one process": value for name, value in kernels.items()},
        "compile everything, one process": sum(kernels.values()),
        "load everything from the cache": warm["all kernels"],
    }


def main() -> None:
    """Print what every start found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compiling", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="how often (3)")
    for _ in range(parser.parse_args().times):
        for way in ("two processes", "one"):
            with tempfile.TemporaryDirectory() as folder:
                show(f"{way}, from nothing", start(folder, way))
                show(f"{way}, from the disk", start(folder, way))


def show(title: str, found: dict[str, float]) -> None:
    """Print one line."""
    print(f"{title}: " + ", ".join(f"{name} {value:.2f}" for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()
