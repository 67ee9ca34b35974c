"""The engine over the compiled kernels: networks to flat vectors and back, and the warm-up."""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from mlp.arrays import Array
from mlp.compilation import is_ready, kernel
from mlp.engines import Outcome, numpy_epoch
from mlp.kernels import HIDDEN, KEEPS_SLOPE, LOSS, SOLVER, Plan, Rule, Work
from mlp.metrics import Metrics, evaluate
from mlp.network import Layer, Network, batch_of
from mlp.optimizers import Memory
from mlp.tables import entry_for
from mlp.train_config import TrainConfig


def compiled_epoch(
    network: Network,
    memory: Memory,
    X: Array,
    Y: Array,
    order: Array,
    config: TrainConfig,
    weights: Array | None = None,
) -> Outcome:
    """Return what an epoch leaves, as `engines.numpy_epoch` does.

    Parameters
    ----------
    network : Network
    memory : Memory
    X, Y : arrays of shape (n, n_0), (n, n_L)
    order : int array
        Which examples are taken, in their order.
    config : TrainConfig
        With a whole number as batch_size.
    weights : array of shape (n,), optional

    Raises
    ------
    ValueError, IndexError
        If X or Y do not fit the network, or order leaves them: compiled code would read past the end.
    """
    arguments = arguments_of(network, memory, X, Y, order, config, weights)
    plan, work = arguments[0], arguments[3]
    loss, capped_loss, updates = kernel(kernel_for(config))(*arguments)
    after = replace(
        memory,
        velocity=layers_of(plan, work.velocity),
        squares=layers_of(plan, work.squares) if memory.squares else (),
        updates=memory.updates + (updates if memory.squares else 0),
    )
    return Outcome(Network(layers_of(plan, work.theta), network.hidden, network.loss), after, loss, capped_loss)


def epoch_when_ready(
    network: Network,
    memory: Memory,
    X: Array,
    Y: Array,
    order: Array,
    config: TrainConfig,
    weights: Array | None = None,
) -> Outcome:
    """Return what an epoch leaves, by NumPy as long as the kernel for it is being compiled: nobody waits."""
    run_epoch = compiled_epoch if is_ready(kernel_for(config)) else numpy_epoch
    return run_epoch(network, memory, X, Y, order, config, weights)


def evaluate_when_ready(network: Network, X: Array, Y: Array) -> Metrics:
    """Return mean loss and accuracy on a whole set, by NumPy as long as the kernel for it is being compiled."""
    return (compiled_evaluate if is_ready("metrics") else evaluate)(network, X, Y)


def kernel_for(config: TrainConfig) -> str:
    """Return the name of the kernel that makes an epoch with these settings."""
    return "singles" if config.batch_size == 1 else "batches"


def arguments_of(
    network: Network,
    memory: Memory,
    X: Array,
    Y: Array,
    order: Array,
    config: TrainConfig,
    weights: Array | None = None,
) -> tuple[Any, ...]:
    """Return the arguments of the kernel that makes an epoch, in memory of its own where it writes."""
    X, Y = examples(network, X, Y)
    order = np.arange(len(X), dtype=np.int64)[order]
    weights = np.ones(len(X)) if weights is None else np.require(weights, np.float64, ["C", "A"])
    if weights.shape != (len(X),):
        raise ValueError(f"weights needs one for each of the {len(X)} examples in X; got {weights.shape}.")
    batch_size = min(int(config.batch_size), len(order))
    plan, theta = plan_of(network.sizes, batch_size), flat(network.layers)
    units = plan.h[-1]
    remembered = flat(memory.velocity), flat(memory.squares)
    slope = aligned(units if network.hidden in KEEPS_SLOPE else 0)
    work = Work(theta, *remembered, aligned(theta.size), aligned(units), aligned(units), slope)
    rule = rule_of(config, memory)
    arguments = (plan, *codes(network), work, rule, X, Y, weights, order)
    return arguments if config.batch_size == 1 else (*arguments, batch_size)


def rule_of(config: TrainConfig, memory: Memory) -> Rule:
    """Return the update that the config asks for."""
    numbers = (
        config.learning_rate_init / memory.slowdown,
        config.momentum,
        config.nesterovs_momentum,
        config.alpha,
        config.beta_1,
        config.beta_2,
        config.epsilon,
        memory.updates,
    )
    return Rule(SOLVER[config.solver], *map(float, numbers))


def codes(network: Network) -> tuple[int, int]:
    """Return the numbers by which compiled code knows the network's activation and loss."""
    where = 'compiled code (mlp.kernels; engine="numpy" does without)'
    return entry_for(network.hidden, HIDDEN, where), entry_for(network.loss, LOSS, where)


LINE = 64  # bytes
BLOCK = 64  # examples; h of the sheet's network is then 64 kB


def compiled_evaluate(network: Network, X: Array, Y: Array) -> Metrics:
    """Return the mean loss and the accuracy on a whole set, as `metrics.evaluate` does.

    Parameters
    ----------
    network : Network
    X, Y : arrays of shape (n, n_0), (n, n_L)

    Raises
    ------
    ValueError
        If X or Y do not fit the network, or each other.
    """
    X, Y = examples(network, X, Y)
    plan = plan_of(network.sizes, BLOCK)
    theta = flat(network.layers)
    work = Work(theta, theta, theta, theta, aligned(plan.h[-1]), aligned(plan.h[-1]), aligned(0))
    loss, accuracy = kernel("metrics")(plan, *codes(network), work, X, Y, BLOCK)
    return Metrics(loss, accuracy if math.isfinite(loss) else math.nan)


def examples(network: Network, X: Array, Y: Array) -> tuple[Array, Array]:
    """Return X and Y as the kernels read them; raise ValueError where compiled code would read past an end."""
    X = np.require(batch_of("X", X, network.sizes[0]), requirements=["C", "A"])
    Y = np.require(batch_of("Y", Y, network.sizes[-1]), requirements=["C", "A"])
    if len(X) != len(Y):
        raise ValueError(f"Y needs a row for each of the {len(X)} examples in X; got {len(Y)}.")
    return X, Y


def plan_of(sizes: tuple[int, ...], batch_size: int) -> Plan:
    """Return where each layer lies, with room for the units of a batch."""
    n = np.array(sizes, dtype=np.int64)
    n_W, n_b = n[1:] * n[:-1], n[1:]
    ends = np.concatenate([[0, 0], (n_W + n_b).cumsum()])
    biases = np.concatenate([[0], ends[1:-1] + n_W, ends[-1:]])
    units = batch_size * np.concatenate([[0], n.cumsum()])
    return Plan(n, ends, biases, units)


def flat(layers: tuple[Layer, ...]) -> Array:
    """Return all parameters as one vector: W row by row, then b, layer by layer."""
    parts = [part for layer in layers for part in (layer.W.ravel(), layer.b)]
    return np.concatenate(parts, out=aligned(sum(part.size for part in parts))) if parts else aligned(0)


def aligned(n: int) -> Array:
    """Return n uninitialised floats that begin at a cache line: a vector across two lines takes twice the time."""
    room = np.empty(n + LINE // 8)
    skip = -room.ctypes.data % LINE // 8
    return room[skip : skip + n]


def layers_of(plan: Plan, theta: Array) -> tuple[Layer, ...]:
    """Return the layers whose parameters `flat` made this vector of."""
    return tuple(
        Layer(theta[plan.W[l] : plan.b[l]].reshape(plan.sizes[l], -1), theta[plan.b[l] : plan.W[l + 1]])
        for l in range(1, len(plan.sizes))
    )
