"""The engines that make an epoch: the readable one in NumPy, and the choice of its compiled twin."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np

from mlp.arrays import Array
from mlp.losses import LOSSES
from mlp.metrics import Metrics, evaluate
from mlp.network import ForwardPass, Gradients, Network, backward, forward, loss_value, penalty, require_choice
from mlp.optimizers import Memory, adam_step, momentum_step, sgd_step
from mlp.train_config import TrainConfig

ENGINES = ("numpy", "numba")


class Outcome(NamedTuple):
    """What an epoch leaves.

    Attributes
    ----------
    network, memory
        The state after it.
    loss : float
        The running loss: mean of the batches' losses before each update, penalty included.
    capped_loss : float
        The same with every -log p at 36.04 at the most, as the stopping rule sees it.
    """

    network: Network
    memory: Memory
    loss: float
    capped_loss: float


class EpochFunction(Protocol):
    """An engine: it makes one epoch."""

    def __call__(
        self,
        network: Network,
        memory: Memory,
        X: Array,
        Y: Array,
        order: Array,
        config: TrainConfig,
        weights: Array | None = None,
    ) -> Outcome:
        """Return what an epoch leaves."""


def numpy_epoch(
    network: Network,
    memory: Memory,
    X: Array,
    Y: Array,
    order: Array,
    config: TrainConfig,
    weights: Array | None = None,
) -> Outcome:
    """Return what an epoch leaves: the readable reference of every engine.

    Parameters
    ----------
    network, memory
        The state before.
    X, Y : arrays of shape (n, n_0), (n, n_L)
    order : int array of shape (n,)
        The order in which the examples are taken.
    config : TrainConfig
        With a whole number as batch_size.
    weights : array of shape (n,), optional
        How often each example counts in its batch, once by default. A batch that counts nothing is left out.
    """
    weights, totals = np.ones(len(X)) if weights is None else weights, np.zeros(2)
    with np.errstate(all="ignore"):
        for start in range(0, len(order), size := int(config.batch_size)):
            batch = order[start : start + size]
            if not weights[batch].any():
                continue
            forward_pass = forward(network, X[batch])
            weighting = {"reduction": "mean", "alpha": config.alpha, "weights": weights[batch]}
            loss = loss_value(network, forward_pass, Y[batch], **weighting)
            totals += len(batch) * np.array([loss, capped_loss(network, forward_pass, Y[batch], loss, **weighting)])
            gradients = backward(network, forward_pass, Y[batch], **weighting)
            network, memory = UPDATES[config.solver](network, memory, gradients, config)
    return Outcome(network, memory, *(totals / len(order)).tolist())


def capped_loss(
    network: Network, forward_pass: ForwardPass, Y: Array, loss: float, *, reduction: str, alpha: float, weights: Array
) -> float:
    """Return the mean loss of a batch as the stopping rule sees it, from the exact one."""
    of = LOSSES[network.loss]
    if of.capped is of.value:
        return loss
    return float((weights @ of.capped(forward_pass.z[-1], Y) + penalty(network, alpha)) / weights.sum())


def sgd_update(network: Network, memory: Memory, gradients: Gradients, config: TrainConfig) -> tuple[Network, Memory]:
    """Return network and memory after a step of gradient descent, with momentum where there is some."""
    learning_rate = config.learning_rate_init / memory.slowdown
    if config.momentum == 0.0:
        return sgd_step(network, gradients, learning_rate), memory
    network, velocity = momentum_step(
        network,
        memory.velocity,
        gradients,
        learning_rate,
        momentum=config.momentum,
        nesterovs_momentum=config.nesterovs_momentum,
    )
    return network, replace(memory, velocity=velocity)


def adam_update(network: Network, memory: Memory, gradients: Gradients, config: TrainConfig) -> tuple[Network, Memory]:
    """Return network and memory after a step of Adam."""
    kind = {"beta_1": config.beta_1, "beta_2": config.beta_2, "epsilon": config.epsilon}
    return adam_step(network, memory, gradients, config.learning_rate_init, **kind)


UPDATES: dict[str, Callable[[Network, Memory, Gradients, TrainConfig], tuple[Network, Memory]]] = {
    "sgd": sgd_update,
    "adam": adam_update,
}


def epoch_function(engine: str) -> EpochFunction:
    """Return the engine of that name, ready to run; "auto" is numba where it can be imported, otherwise numpy.

    "numba" waits until its kernels are compiled. "auto" doesn't: until then it trains in NumPy.
    """
    require_choice("engine", engine, ("auto", *ENGINES))
    if engine == "numpy":
        return numpy_epoch
    try:
        from mlp import compilation, compiled  # here, because numba is optional and takes a third of a second to import
    except ImportError as error:
        if engine == "auto":
            return numpy_epoch
        raise ImportError('engine="numba" needs the package numba (pip install numba); or take "numpy".') from error
    if engine == "auto":
        return compiled.epoch_when_ready
    compilation.compile_all()
    return compiled.compiled_epoch


def metrics_function(run_epoch: EpochFunction) -> Callable[[Network, Array, Array], Metrics]:
    """Return `evaluate`, or its compiled twin beside compiled epochs, of whose time it would take half."""
    if run_epoch is numpy_epoch:
        return evaluate
    from mlp import compiled

    return compiled.compiled_evaluate if run_epoch is compiled.compiled_epoch else compiled.evaluate_when_ready
