"""`loop.c`, built with the system's compiler and called through ctypes."""

import ctypes
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.workloads import Array, Workload
from mlp.compiled import layers_of, work_of
from mlp.network import Network

COMPILER = shutil.which(os.environ.get("CC", "gcc")) or shutil.which("cc")
PLAIN = ("-O3", "-march=native", "-fopenmp-simd")
FAST = (*PLAIN, "-ffast-math")  # with GNU's libraries this also takes tanh and exp in vectors, good to four units


@functools.cache
def library(flags: tuple[str, ...]) -> ctypes.CDLL:
    """Return the loop, compiled with these flags."""
    folder = Path(tempfile.mkdtemp(prefix="loop-"))
    source = Path(__file__).with_name("loop.c")
    # Two steps, because linking with -ffast-math would change the arithmetic of this whole process
    subprocess.run([COMPILER, *flags, "-fPIC", "-c", source, "-o", folder / "loop.o"], check=True)
    subprocess.run([COMPILER, "-shared", folder / "loop.o", "-o", folder / "loop.so", "-lm"], check=True)
    loaded = ctypes.CDLL(str(folder / "loop.so"))
    shutil.rmtree(folder)
    pointer, integer, real = ctypes.c_void_p, ctypes.c_longlong, ctypes.c_double
    loaded.epoch.argtypes = [ctypes.c_int, *[pointer] * 5, integer, real, pointer, pointer]
    loaded.epoch.restype = real
    return loaded


def c_epochs(workload: Workload, X: Array, Y: Array, flags: tuple[str, ...]):
    """Return a function that trains in the given orders, an epoch each, and returns the network."""
    network = workload.network
    work, sizes = work_of(network, 1), np.array(network.sizes, dtype=np.intc)
    epoch, eta = library(flags).epoch, workload.config.learning_rate_init

    def run(orders):
        for order in orders:
            arrays = (array.ctypes.data for array in (sizes, work.theta, X, Y, order))
            epoch(len(sizes) - 1, *arrays, len(order), eta, work.h.ctypes.data, work.delta.ctypes.data)
        return Network(layers_of(network.sizes, work.theta), network.hidden, network.loss)

    return run
