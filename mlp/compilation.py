"""When the kernels are compiled: each once a process, in the background, and never in the way of who can do without."""

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from mlp.kernels import (
    CROSS_ENTROPY,
    TANH,
    Plan,
    Rule,
    Work,
    compiled_for,
    is_missing_on_disk,
    measure_in_blocks,
    train_batches,
    train_singles,
)
from mlp.limits import processors

# A compiled function of `kernels`, which numba types by its arguments
Kernel = Callable[..., Any]


def compile_singles() -> Kernel:
    """Return `kernels.train_singles` compiled, or loaded from disk."""
    plan, work, rule, x, order = _example()
    return compiled_for(train_singles, plan, TANH, CROSS_ENTROPY, work, rule, x, x, x[0], order)


def compile_batches() -> Kernel:
    """Return `kernels.train_batches` compiled, or loaded from disk."""
    plan, work, rule, x, order = _example()
    return compiled_for(train_batches, plan, TANH, CROSS_ENTROPY, work, rule, x, x, x[0], order, 1)


def compile_metrics() -> Kernel:
    """Return `kernels.measure_in_blocks` compiled, or loaded from disk."""
    plan, work, _, x, _ = _example()
    return compiled_for(measure_in_blocks, plan, TANH, CROSS_ENTROPY, work, x, x, 1)


def _example() -> tuple[Plan, Work, Rule, np.ndarray, np.ndarray]:
    numbers = np.zeros(3, dtype=np.int64)
    numbers.flags.writeable = False
    plan, work = Plan(numbers, numbers, numbers, numbers), Work(*np.zeros((7, 2)))
    return plan, work, Rule(0, *[0.0] * 8), np.zeros((1, 1)), np.zeros(1, dtype=np.int64)


# In the order in which a first visitor needs them
COMPILE: dict[str, Callable[[], Kernel]] = {
    "singles": compile_singles,
    "metrics": compile_metrics,
    "batches": compile_batches,
}
# What takes as long as the others together
BESIDE = {"batches": train_batches}
HOUSE = Path(__file__).parents[1]
PATIENCE = 120.0  # seconds
_lock = threading.Lock()  # functools.cache alone lets two threads begin at once


def promised(name: str) -> Future[Kernel]:
    """Return the kernel of that name as a future, the same one at every call; the first one begins to compile it."""
    with _lock:
        return _promised(name)


@functools.cache
def _promised(name: str) -> Future[Kernel]:
    promise: Future[Kernel] = Future()
    threading.Thread(target=_keep, args=(promise, name), name=f"compile-{name}", daemon=True).start()
    return promise


def _keep(promise: Future[Kernel], name: str) -> None:
    try:
        compile_beside(name)
        promise.set_result(COMPILE[name]())
    except BaseException as error:  # whoever asks for the kernel is told
        promise.set_exception(error)


def compile_beside(name: str) -> None:
    """Let a process of its own compile a kernel onto the disk, where there is a second processor for it.

    numba compiles one function at a time in a process. Whatever becomes of that one, the kernel is then loaded here, or
    compiled.
    """
    if name not in BESIDE or processors() < 2 or not is_missing_on_disk(BESIDE[name]):
        return
    path = os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-c", f"from mlp.compilation import COMPILE; COMPILE[{name!r}]()"]
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, stdin=subprocess.DEVNULL, timeout=PATIENCE)


def kernel(name: str) -> Kernel:
    """Return the compiled kernel; wait for it where it is not ready."""
    return promised(name).result()


def is_ready(name: str) -> bool:
    """Return whether the kernel is compiled by now; where nobody has asked for it yet, begin with it."""
    return promised(name).done()


def compile_all() -> None:
    """Compile or load every kernel."""
    for name in BESIDE:
        promised(name)
    for name in COMPILE:
        kernel(name)


def warm_up() -> threading.Thread:
    """Start to compile the engine, or to load it, in the background; return the thread, the same one at every call.

    A server calls it at its start, so that no visitor waits for the compiler.
    """
    with _lock:
        return _warm_up()


@functools.cache
def _warm_up() -> threading.Thread:
    thread = threading.Thread(target=compile_all, name="compile-engine", daemon=True)
    thread.start()
    return thread
