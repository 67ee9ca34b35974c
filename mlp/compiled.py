"""The engine over the compiled kernels: networks to flat vectors and back, and the warm-up."""

import functools
import math
from dataclasses import replace
from itertools import accumulate, pairwise
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
    work = arguments[3]
    loss, capped_loss, updates = kernel(kernel_for(config))(*arguments)
    sizes, (velocity, squares) = network.sizes, remembered(memory, config)
    after = replace(
        memory,
        velocity=layers_of(sizes, work.velocity) if velocity else memory.velocity,
        squares=layers_of(sizes, work.squares) if squares else memory.squares,
        updates=memory.updates + (updates if squares else 0),
    )
    return Outcome(Network(layers_of(sizes, work.theta), network.hidden, network.loss), after, loss, capped_loss)


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
    plan = plan_of(network.sizes, batch_size)
    work = work_of(network, batch_size, *remembered(memory, config))
    arguments = (plan, *codes(network), work, rule_of(config, memory), X, Y, weights, order)
    return arguments if config.batch_size == 1 else (*arguments, batch_size)


def remembered(memory: Memory, config: TrainConfig) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """Return velocity and squares as far as an update reads and changes them: without momentum neither."""
    moves = config.solver == "adam" or config.momentum != 0.0
    return memory.velocity if moves else (), memory.squares


def work_of(
    network: Network, batch_size: int, velocity: tuple[Layer, ...] = (), squares: tuple[Layer, ...] = ()
) -> Work:
    """Return the vectors of a kernel, filled with what is known before."""
    sizes = network.sizes
    n_theta = sum(layer.W.size + layer.b.size for layer in network.layers)
    n_units = batch_size * sum(sizes)
    n_slope = n_units if network.hidden in KEEPS_SLOPE else 0
    known = network.layers, velocity, squares
    work = Work(*aligned(*(n_theta if layers else 0 for layers in known), n_theta, n_units, n_units, n_slope))
    for layers, vector in zip(known, work, strict=False):
        fill(vector, layers)
    return work


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


LINE, FLOATS = 64, 8  # bytes of a cache line, and how many floats that is
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
    plan, work = plan_of(network.sizes, BLOCK), work_of(network, BLOCK)
    loss, accuracy = kernel("metrics")(plan, *codes(network), work, X, Y, BLOCK)
    return Metrics(loss, accuracy if math.isfinite(loss) else math.nan)


def examples(network: Network, X: Array, Y: Array) -> tuple[Array, Array]:
    """Return X and Y as the kernels read them; raise ValueError where compiled code would read past an end."""
    X = np.require(batch_of("X", X, network.sizes[0]), requirements=["C", "A"])
    Y = np.require(batch_of("Y", Y, network.sizes[-1]), requirements=["C", "A"])
    if len(X) != len(Y):
        raise ValueError(f"Y needs a row for each of the {len(X)} examples in X; got {len(Y)}.")
    return X, Y


@functools.lru_cache(maxsize=64)
def plan_of(sizes: tuple[int, ...], batch_size: int) -> Plan:
    """Return where each layer lies, with room for the units of a batch; read-only, because it is kept."""
    n = np.array(sizes, dtype=np.int64)
    n_W, n_b = n[1:] * n[:-1], n[1:]
    ends = np.concatenate([[0, 0], (n_W + n_b).cumsum()])
    biases = np.concatenate([[0], ends[1:-1] + n_W, ends[-1:]])
    units = batch_size * np.concatenate([[0], n.cumsum()])
    for part in (n, ends, biases, units):
        part.flags.writeable = False
    return Plan(n, ends, biases, units)


def aligned(*counts: int) -> list[Array]:
    """Return vectors of so many uninitialised floats, each from the beginning of a cache line.

    A vector of the processor that lies across two lines takes twice the time.
    """
    starts = [0, *accumulate(-(-count // FLOATS) * FLOATS for count in counts)]
    room = np.empty(starts[-1] + FLOATS)
    skip = -room.ctypes.data % LINE // 8
    return [room[skip + start : skip + start + count] for start, count in zip(starts, counts, strict=False)]


def fill(vector: Array, layers: tuple[Layer, ...]) -> None:
    """Write all parameters into the vector: W row by row, then b, layer by layer."""
    if layers:
        np.concatenate([part.ravel() for layer in layers for part in (layer.W, layer.b)], out=vector)


def layers_of(sizes: tuple[int, ...], vector: Array) -> tuple[Layer, ...]:
    """Return the layers whose parameters `fill` has written into this vector."""
    layers, start = [], 0
    for n_in, n_out in pairwise(sizes):
        middle, end = start + n_out * n_in, start + n_out * n_in + n_out
        layers.append(Layer(vector[start:middle].reshape(n_out, n_in), vector[middle:end]))
        start = end
    return tuple(layers)
