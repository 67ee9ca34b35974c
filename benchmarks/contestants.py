"""Who takes part: a name and a function that trains in the given orders, an epoch each."""

import importlib.util
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks import c_loop, peers
from benchmarks.workloads import Array, Workload
from mlp.engines import epoch_function
from mlp.optimizers import no_memory

Run = Callable[[list[Array]], object]


def our_epochs(engine: str, workload: Workload, X: Array, Y: Array) -> Run:
    """Return a function that trains with an engine of ours, and returns the network."""
    epoch, state = epoch_function(engine), [workload.network, no_memory(workload.network, workload.config.solver)]

    def run(orders):
        for order in orders:
            state[:] = epoch(*state, X, Y, order, workload.config)[:2]
        return state[0]

    return run


def sklearn_epochs(workload: Workload, X: Array, Y: Array) -> Run:
    """Return a function that fits scikit-learn's MLPClassifier for as many epochs; it takes orders of its own."""
    config, y = workload.config, Y.argmax(axis=1)

    def run(orders):
        model = MLPClassifier(
            workload.sizes[1:-1], activation="tanh", solver=config.solver, learning_rate_init=config.learning_rate_init,
            batch_size=config.batch_size, momentum=config.momentum, nesterovs_momentum=config.nesterovs_momentum,
            alpha=config.alpha, max_iter=len(orders), tol=0.0, n_iter_no_change=np.inf, random_state=1,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(X, y)

    return run


OURS, NUMPY, SKLEARN = "ours (numba)", "ours (NumPy)", "MLPClassifier"
TORCH, JAX, C, C_FAST = "PyTorch", "JAX", "C", "C, -ffast-math"


def contestants(workload: Workload, X: Array, Y: Array) -> dict[str, Run]:
    """Return who can take part on this machine, ready to run; C only writes out the batch of one, Torch and JAX SGD."""
    everybody = {
        OURS: partial(our_epochs, "numba"),
        C: partial(c_loop.c_epochs, flags=c_loop.PLAIN) if c_loop.COMPILER else None,
        C_FAST: partial(c_loop.c_epochs, flags=c_loop.FAST) if c_loop.COMPILER else None,
        JAX: peers.jax_epochs if importlib.util.find_spec("jax") else None,
        NUMPY: partial(our_epochs, "numpy"),
        SKLEARN: sklearn_epochs,
        TORCH: peers.torch_epochs if importlib.util.find_spec("torch") else None,
    }
    if workload.config.batch_size > 1:
        everybody[C] = everybody[C_FAST] = None
    if workload.config.solver != "sgd":
        everybody[TORCH] = everybody[JAX] = None
    return {name: make(workload, X, Y) for name, make in everybody.items() if make}
