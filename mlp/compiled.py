"""The engine over the compiled kernels: networks to flat vectors and back, and the warm-up."""

import functools
import math
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mlp.arrays import Array
from mlp.engines import Outcome
from mlp.kernels import CROSS_ENTROPY, HIDDEN, LOSS, SGD, SOLVER, TANH, compiled_for, measure_in_blocks, train_in_order
from mlp.metrics import Metrics
from mlp.network import Layer, Network, batch_of
from mlp.optimizers import Memory
from mlp.tables import entry_for
from mlp.train_config import TrainConfig

# A compiled function of `kernels`, which numba types by its arguments
Kernel = Callable[..., Any]


class Plan(NamedTuple):
    """Where layers 0 to L lie in the flat vectors: int64 arrays of shape (L + 2,), `sizes` of shape (L + 1,).

    Layer l owns W, row by row, at `theta[W[l] : b[l]]`, its biases at `theta[b[l] : W[l + 1]]`, and its units of the
    current batch, example by example, from `h[l]` on in the vectors of h and of delta.
    """

    sizes: Array
    W: Array
    b: Array
    h: Array


class Work(NamedTuple):
    """The flat float64 vectors of an epoch.

    The parameters, what `optimizers.Memory` has of them (`squares` is empty but for Adam), their gradient; the units'
    h (first z) and delta.
    """

    theta: Array
    velocity: Array
    squares: Array
    gradient: Array
    h: Array
    delta: Array


class Rule(NamedTuple):
    """The update: numbers of `TrainConfig` and `Memory`, nesterovs_momentum 0 or 1, solver as in `kernels.SOLVER`."""

    solver: int
    learning_rate: float
    momentum: float
    nesterovs_momentum: float
    alpha: float
    beta_1: float
    beta_2: float
    epsilon: float
    updates: float


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
    loss, capped_loss, updates = epoch_kernel()(*arguments)
    after = Memory(
        velocity=layers_of(plan, work.velocity),
        squares=layers_of(plan, work.squares) if memory.squares else (),
        updates=memory.updates + (updates if config.solver == "adam" else 0),
        slowdown=memory.slowdown,
    )
    return Outcome(Network(layers_of(plan, work.theta), network.hidden, network.loss), after, loss, capped_loss)


def arguments_of(
    network: Network, memory: Memory, X: Array, Y: Array, order: Array, config: TrainConfig, weights: Array | None
) -> tuple[Plan, int, int, Work, Rule, Array, Array, Array, Array, int]:
    """Return the arguments of `kernels.train_in_order`, in memory of its own where it writes."""
    X, Y = examples(network, X, Y)
    order = np.arange(len(X), dtype=np.int64)[order]
    weights = np.ones(len(X)) if weights is None else np.require(weights, np.float64, ["C", "A"])
    if weights.shape != (len(X),):
        raise ValueError(f"weights needs one for each of the {len(X)} examples in X; got {weights.shape}.")
    batch_size = min(int(config.batch_size), len(order))
    plan, theta = plan_of(network.sizes, batch_size), flat(network.layers)
    units = plan.h[-1]
    remembered = flat(memory.velocity), flat(memory.squares)
    work = Work(theta, *remembered, aligned(theta.size), aligned(units), aligned(units))
    rule = rule_of(config, memory)
    return plan, *codes(network), work, rule, X, Y, weights, order, batch_size


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
    work = Work(theta, theta, theta, theta, aligned(plan.h[-1]), aligned(plan.h[-1]))
    loss, accuracy = metrics_kernel()(plan, *codes(network), work, X, Y, BLOCK)
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


_lock = threading.RLock()  # functools.cache alone lets two threads compile at once


def epoch_kernel() -> Kernel:
    """Return the compiled epoch: compiled, or loaded from disk, once a process; whoever comes meanwhile waits."""
    with _lock:
        return _epoch_kernel()


def metrics_kernel() -> Kernel:
    """Return the compiled metrics, in the same way."""
    with _lock:
        return _metrics_kernel()


@functools.cache
def _epoch_kernel() -> Kernel:
    order, rule = np.zeros(1, dtype=np.int64), Rule(SGD, *[0.0] * 8)
    plan, work, x = _example()
    return compiled_for(train_in_order, plan, TANH, CROSS_ENTROPY, work, rule, x, x, x[0], order, 1)


@functools.cache
def _metrics_kernel() -> Kernel:
    plan, work, x = _example()
    return compiled_for(measure_in_blocks, plan, TANH, CROSS_ENTROPY, work, x, x, BLOCK)


def _example() -> tuple[Plan, Work, Array]:
    return plan_of((1, 1), 1), Work(*np.zeros((6, 2))), np.zeros((1, 1))


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


def compile_all() -> None:
    """Compile or load both kernels, the one that a first visitor needs first."""
    epoch_kernel()
    metrics_kernel()
