"""Workers where the disk is of no use: no home, nowhere to write, a damaged cache, two servers that compile one.

Each case is a process of its own that trains one slice in a worker; what it prints is the accuracy, always the same.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.serving import ROOT

SCRIPT = """
from mlp.experiments.config import DataConfig, OurConfig
from mlp.experiments.execution.choice import chosen_executor
from mlp.experiments.training.material import make_slice
with chosen_executor() as executor:
    state = executor.submit(make_slice, OurConfig(max_iter=1), DataConfig(), 0.0).result()
    print(f"accuracy {state.record.train_accuracy:.5f}, made by {len(executor.workers)} worker")
"""


def without_home(folder: Path) -> dict[str, str]:
    """Unset HOME, and name no other place but for the cache."""
    return {"HOME": "", "XDG_CACHE_HOME": "", "NUMBA_CACHE_DIR": str(folder)}


def nowhere_to_write(folder: Path) -> dict[str, str]:
    """Give a cache directory that can't be made, as on a full or read-only disk."""
    return {"NUMBA_CACHE_DIR": "/proc/nowhere", "HOME": "/proc/nowhere", "BACKPROP_RUNS": "sqlite:////proc/nowhere"}


def full_disk(folder: Path) -> dict[str, str]:
    """Give a cache on a device that takes no byte: its index is /dev/full."""
    return damaged(folder, lambda path: (path.unlink(), path.symlink_to("/dev/full")))


def damaged_cache(folder: Path) -> dict[str, str]:
    """Fill a cache, then write nonsense over every file of it."""
    return damaged(folder, lambda path: path.write_bytes(b"nonsense"))


def damaged(folder: Path, harm: Callable[[Path], object]) -> dict[str, str]:
    """Fill a cache and harm every file in it."""
    cache = {"NUMBA_CACHE_DIR": str(folder)}
    run(cache)
    for path in folder.rglob("*.nb?"):
        harm(path)
    return cache


CASES: dict[str, Callable[[Path], dict[str, str]]] = {
    "HOME unset": without_home,
    "cache directories unwritable": nowhere_to_write,
    "disk full": full_disk,
    "cache damaged": damaged_cache,
}


def begun(settings: dict[str, str]) -> subprocess.Popen[str]:
    """Start a process that trains a slice in a worker, with these environment variables; blank ones are unset."""
    environment = {name: value for name, value in (os.environ | settings).items() if value}
    return subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip


def run(settings: dict[str, str]) -> str:
    """Return what such a process prints in the end."""
    return begun(settings).communicate(timeout=300)[0].strip().rpartition("\n")[2]


async def drill(full: bool) -> None:
    """Print what each case comes to, and two servers that compile into one empty cache at the same time."""
    for name, prepare in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            settings, begin = prepare(Path(folder)), time.perf_counter()
            print(f"{name}: {run(settings)} after {time.perf_counter() - begin:.1f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        both = [begun({"NUMBA_CACHE_DIR": folder}) for _ in range(2)]
        print("two servers, one cache:", *(each.communicate(timeout=300)[0].strip() for each in both), flush=True)
