"""The engines that make an epoch: the readable one in NumPy, and the choice of its compiled twin."""

from collections.abc import Callable

import numpy as np

from mlp.arrays import Array
from mlp.metrics import Metrics, evaluate
from mlp.network import Network, backward, forward, loss_value, require_choice
from mlp.optimizers import Velocity, momentum_step, sgd_step
from mlp.train_config import TrainConfig

EpochFunction = Callable[[Network, Velocity, Array, Array, Array, TrainConfig], tuple[Network, Velocity, float]]
ENGINES = ("numpy", "numba")


def numpy_epoch(
    network: Network, velocity: Velocity, X: Array, Y: Array, order: Array, config: TrainConfig
) -> tuple[Network, Velocity, float]:
    """Return network, velocity and running loss after one epoch: the readable reference of every engine.

    Parameters
    ----------
    network, velocity
        The state before.
    X, Y : arrays of shape (n, n_0), (n, n_L)
    order : int array of shape (n,)
        The order in which the examples are taken.
    config : TrainConfig
        With a whole number as batch_size.
    """
    total = 0.0
    with np.errstate(all="ignore"):
        for start in range(0, len(order), config.batch_size):
            batch = order[start : start + config.batch_size]
            forward_pass = forward(network, X[batch])
            weighting = {"reduction": "mean", "alpha": config.alpha}
            total += len(batch) * loss_value(network, forward_pass, Y[batch], **weighting)
            gradients = backward(network, forward_pass, Y[batch], **weighting)
            network, velocity = update(network, velocity, gradients, config)
    return network, velocity, total / len(order)


def update(network: Network, velocity: Velocity, gradients, config: TrainConfig) -> tuple[Network, Velocity]:
    """Return network and velocity after the one update the config asks for."""
    if config.momentum == 0.0:
        return sgd_step(network, gradients, config.learning_rate_init), velocity
    return momentum_step(
        network,
        velocity,
        gradients,
        config.learning_rate_init,
        momentum=config.momentum,
        nesterovs_momentum=config.nesterovs_momentum,
    )


def epoch_function(engine: str) -> EpochFunction:
    """Return the engine of that name, ready to run; "auto" is numba where it can be imported, otherwise numpy."""
    require_choice("engine", engine, ("auto", *ENGINES))
    if engine == "numpy":
        return numpy_epoch
    try:
        from mlp import compiled  # here, because numba is optional and takes a third of a second to import
    except ImportError as error:
        if engine == "auto":
            return numpy_epoch
        raise ImportError('engine="numba" needs the package numba (pip install numba); or take "numpy".') from error
    compiled.compile_all()
    return compiled.compiled_epoch


def metrics_function(run_epoch: EpochFunction) -> Callable[[Network, Array, Array], Metrics]:
    """Return `evaluate`, or its compiled twin beside compiled epochs, of whose time it would take half."""
    if run_epoch is numpy_epoch:
        return evaluate
    from mlp import compiled

    return compiled.compiled_evaluate
