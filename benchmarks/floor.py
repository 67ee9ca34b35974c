"""Where a step at batch 200 spends its time, and the least that it can take: `python -m benchmarks.floor [--runs N]`.

Microseconds of the processor a step of 180 examples (an epoch of 1437 makes 8), everybody in turns: the five matrix
products alone, by BLAS in one thread as the kernels ask for them, and with W turned by BLAS itself; tanh alone; the
compiled epoch alone, and with the Python around it. What `MLPClassifier` takes stands beside it.
"""

import argparse
import statistics
from collections.abc import Callable

import numpy as np
from numba import njit

from benchmarks.contestants import our_epochs, sklearn_epochs
from benchmarks.measure import orders, seconds
from benchmarks.workloads import SHEET, WORKLOADS, Array, Workload, batches, data
from mlp import kernels
from mlp.compilation import kernel
from mlp.compiled import arguments_of, kernel_for
from mlp.optimizers import no_memory

EXAMPLES, REPEATS, EPOCHS = 180, 400, 100


@njit
def products(X, W_1, W_2, h, z, delta, delta_in, gradient_1, gradient_2, repeats):
    """Make the products of a step, W_1 and W_2 as they are multiplied: W^T lying row by row, or W turned."""
    for _ in range(repeats):
        np.dot(X, W_1, h)
        np.dot(h, W_2, z)
        np.dot(delta.T, h, gradient_2)
        np.dot(delta, gradient_2, delta_in)  # of W[2]'s shape
        np.dot(delta_in.T, X, gradient_1)


@njit(fastmath=kernels.REORDER, error_model="numpy")
def activations(h, repeats):
    """Take tanh of all hidden units of a step."""
    for _ in range(repeats):
        kernels.activate(kernels.TANH, h)


def parts() -> dict[str, Callable[[], object]]:
    """Return what makes a part of many steps, by its name."""
    n_0, n_1, n_2 = SHEET
    rng = np.random.default_rng(0)
    shapes = (EXAMPLES, n_0), (EXAMPLES, n_1), (EXAMPLES, n_2), (EXAMPLES, n_2), (EXAMPLES, n_1), (n_1, n_0), (n_2, n_1)
    X, *rest = (0.1 * rng.normal(size=shape) for shape in shapes)
    W_1, W_2, h = rng.normal(size=(n_1, n_0)), rng.normal(size=(n_2, n_1)), rng.normal(size=EXAMPLES * n_1)
    turned = np.ascontiguousarray(W_1.T), np.ascontiguousarray(W_2.T)
    return {
        "products": lambda: products(X, *turned, *rest, REPEATS),
        "products, W turned by BLAS": lambda: products(X, W_1.T, W_2.T, *rest, REPEATS),
        "tanh": lambda: activations(h, REPEATS),
    }


def kernel_alone(workload: Workload, X: Array, Y: Array) -> Callable[[list[Array]], object]:
    """Return a function that makes an epoch for each order by the compiled kernel and nothing else."""
    network, config = workload.network, workload.config
    memory, compiled = no_memory(network, config.solver), kernel(kernel_for(config))
    arguments = arguments_of(network, memory, X, Y, np.arange(len(X)), config)
    return lambda some: [compiled(*arguments[:-2], order, arguments[-1]) for order in some]


def contestants(workload: Workload, X: Array, Y: Array) -> dict[str, Callable[[], object]]:
    """Return what makes many epochs, by its name."""
    turn = orders(len(X), EPOCHS)
    runs = {
        "the kernel alone": kernel_alone(workload, X, Y),
        "the epoch": our_epochs("numba", workload, X, Y),
        "MLPClassifier": sklearn_epochs(workload, X, Y),
    }
    return {f"{workload.name}: {name}": lambda run=run: run(turn) for name, run in runs.items()}


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="turns of everybody (9)")
    X, Y, *_ = data()
    steps = dict.fromkeys(small := parts(), REPEATS)
    everybody = small
    for workload in WORKLOADS:
        if workload.config.batch_size == 200:
            epochs = contestants(workload, X, Y)
            everybody, steps = everybody | epochs, steps | dict.fromkeys(epochs, EPOCHS * batches(len(X), 200))
    for call in everybody.values():
        call()
    times = {name: [] for name in everybody}
    for _ in range(parser.parse_args().runs):
        for name, call in everybody.items():
            times[name].append(1e6 * seconds(call) / steps[name])
    for name, values in times.items():
        print(f"{name:<50} {statistics.median(values):7.1f} us a step (fastest {min(values):.1f})")


if __name__ == "__main__":
    main()
