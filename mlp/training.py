"""Training: a generator that yields one record an epoch, so that a page can draw, and stop, in between."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlp.arrays import Array
from mlp.engines import EpochFunction, epoch_function, metrics_function
from mlp.metrics import Metrics, evaluate, one_hot
from mlp.network import Network, Rng, batch_of
from mlp.optimizers import Velocity, zero_velocity
from mlp.train_config import TrainConfig, require

Examples = tuple[Array, Array]
Measure = Callable[[Network, Array, Array], Metrics]


@dataclass(frozen=True, eq=False)
class EpochRecord:
    """The state at the end of an epoch; epoch 0 is the network before training.

    Attributes
    ----------
    epoch, updates : int
        Epochs and parameter updates made so far.
    train_loss, train_accuracy, test_loss, test_accuracy : float
        From `evaluate`; the last two are nan without a test set.
    seconds : float
        Spent training so far, without evaluation.
    running_loss : float
        Mean of the batches' losses *before* each update, penalty included: scikit-learn's `loss_curve_`; nan at 0.
    network : Network
        The parameters at this point.
    ended : None, "max_iter", "tol" or "diverged"
        Why this record is the last one, None if it is not.

    Examples
    --------
    >>> import numpy as np
    >>> from mlp import TrainConfig, init_network, train
    >>> network = init_network((2, 3, 2), rng=np.random.RandomState(1))
    >>> start, end = train(network, [[0.0, 1.0], [1.0, 0.0]], [0, 1], TrainConfig(max_iter=1), engine="numpy")
    >>> (start.epoch, start.updates, start.ended), (end.epoch, end.updates, end.ended)
    ((0, 0, None), (1, 2, 'max_iter'))
    """

    epoch: int
    updates: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    seconds: float
    running_loss: float
    network: Network
    ended: str | None = None


def examples(network: Network, X: Array, y: Array, suffix: str = "") -> Examples:
    """Return inputs (n, n_0) and targets (n, n_L) that fit the network and each other."""
    X, Y = batch_of(f"X{suffix}", X, network.sizes[0]), one_hot(y, network.sizes[-1], name=f"y{suffix}")
    require(len(X) == len(Y), f"y{suffix}", f"a target for each of the {len(X)} examples", len(Y))
    return X, Y


@dataclass(frozen=True)
class Patience:
    """scikit-learn's stopping rule: how often in a row the loss has not fallen by tol below the best one."""

    best: float = math.inf
    count: int = 0

    def after(self, loss: float, tol: float) -> "Patience":
        """Return the state after an epoch with this running loss."""
        return Patience(min(loss, self.best), self.count + 1 if loss > self.best - tol else 0)


def next_order(order: Array, rng: Rng) -> Array:
    """Return the running order of the examples, shuffled once more.

    scikit-learn shuffles the order of the epoch before, not the original one; with its RandomState this is bit for bit
    `sklearn.utils.shuffle(order, random_state=rng)`.
    """
    indices = np.arange(len(order))
    rng.shuffle(indices)
    return order[indices]


@dataclass(frozen=True, eq=False)
class Epoch:
    """Training at the end of an epoch, not measured yet: what the next epoch goes on from.

    Attributes
    ----------
    epoch, updates : int
        Epochs and parameter updates made so far.
    network : Network
    velocity : Velocity
    running_loss, seconds : float
        As in `EpochRecord`.
    """

    epoch: int
    updates: int
    network: Network
    velocity: Velocity
    running_loss: float
    seconds: float


def descend(
    network: Network,
    X: Array,
    Y: Array,
    config: TrainConfig,
    *,
    run_epoch: EpochFunction,
    rng: Rng,
    velocity: Velocity | None = None,
) -> Iterator[Epoch]:
    """Make `config.max_iter` epochs and yield each one: the loop behind `train` and the estimator.

    Whoever consumes it decides whether to measure and when to stop. The order of the examples starts from the one they
    come in.

    Parameters
    ----------
    network : Network
    X, Y : arrays of shape (n, n_0), (n, n_L)
    config : TrainConfig
    run_epoch : callable
        One of `ENGINES`.
    rng : numpy Generator or RandomState
        The source of the shuffling.
    velocity : Velocity, optional
        Where momentum starts; 0 by default.
    """
    if config.batch_size == "auto":
        config = replace(config, batch_size=min(200, len(X)))
    order, velocity, seconds = np.arange(len(X)), velocity or zero_velocity(network), 0.0
    for epoch in range(1, config.max_iter + 1):
        order = next_order(order, rng) if config.shuffle else order
        begin = time.perf_counter()
        network, velocity, running_loss = run_epoch(network, velocity, X, Y, order, config)
        seconds += time.perf_counter() - begin
        yield Epoch(epoch, epoch * math.ceil(len(X) / config.batch_size), network, velocity, running_loss, seconds)


def train(
    network: Network,
    X: Array,
    y: Array,
    config: TrainConfig,
    *,
    X_test: Array | None = None,
    y_test: Array | None = None,
    engine: str = "auto",
    rng: Rng | None = None,
) -> Iterator[EpochRecord]:
    """Train by mini-batch gradient descent and yield a record an epoch, epoch 0 first.

    Parameters
    ----------
    network : Network
        The parameters to start from; it is not changed.
    X : array of shape (n, n_0)
    y : int array of shape (n,), or float array of shape (n, n_L)
        Class indices, or targets.
    config : TrainConfig
    X_test, y_test : arrays, optional
        A test set for the learning curves.
    engine : {"auto", "numba", "numpy"}
        numba is compiled and about ten times faster on single examples; "auto" takes it where it can be imported.
    rng : numpy Generator or RandomState, optional
        The source of the shuffling in place of `config.random_state`: with the RandomState that also made the network,
        the trajectory is scikit-learn's.

    Yields
    ------
    EpochRecord
        The last one says in `ended` why it is the last: all epochs made, no improvement, or numbers that overflowed.

    Raises
    ------
    ValueError
        At the call, if shapes do not fit the network or a name is unknown.

    Examples
    --------
    XOR is learnt in a hundred epochs:

    >>> import numpy as np
    >>> from mlp import TrainConfig, init_network, train
    >>> X, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0]
    >>> network = init_network((2, 4, 2), rng=np.random.RandomState(1))
    >>> for record in train(network, X, y, TrainConfig(learning_rate_init=0.5, max_iter=100), engine="numpy"):
    ...     last = record
    >>> last.epoch, last.updates, last.train_accuracy, last.ended
    (100, 400, 1.0, 'max_iter')
    """
    train_set = examples(network, X, y)
    test_set = None if X_test is None else examples(network, X_test, y_test, suffix="_test")
    rng = rng or np.random.RandomState(config.random_state)
    run_epoch = epoch_function(engine)
    start = Epoch(0, 0, network, zero_velocity(network), math.nan, 0.0)
    epochs = descend(network, *train_set, config, run_epoch=run_epoch, rng=rng)
    return recorded(start, epochs, config, train_set, test_set, metrics_function(run_epoch))


def recorded(
    start: Epoch,
    epochs: Iterable[Epoch],
    config: TrainConfig,
    train_set: Examples,
    test_set: Examples | None,
    measure: Measure = evaluate,
) -> Iterator[EpochRecord]:
    """Measure epochs and yield a record of each until training ends: the loop behind every learning curve.

    Parameters
    ----------
    start : Epoch
        Epoch 0.
    epochs : iterable of Epoch
        Those after it, made as they are asked for; whoever makes them.
    config : TrainConfig
        When training ends.
    train_set, test_set : pairs of arrays (n, n_0), (n, n_L)
        Inputs and targets; None without a test set.
    measure : callable
        `evaluate` or its compiled twin.
    """
    patience = Patience()
    yield epoch_record(start, train_set, test_set, measure)
    for epoch in epochs:
        patience = patience.after(epoch.running_loss, config.tol)
        record = epoch_record(epoch, train_set, test_set, measure)
        ended = reason_to_end(record, patience, config)
        yield replace(record, ended=ended)
        if ended:
            return


def epoch_record(
    epoch: Epoch, train_set: Examples, test_set: Examples | None, measure: Measure = evaluate
) -> EpochRecord:
    """Return the record of an epoch, its network measured on the whole train and test sets."""
    train = measure(epoch.network, *train_set)
    test = measure(epoch.network, *test_set) if test_set else Metrics(math.nan, math.nan)
    return EpochRecord(
        epoch=epoch.epoch,
        updates=epoch.updates,
        train_loss=train.loss,
        train_accuracy=train.accuracy,
        test_loss=test.loss,
        test_accuracy=test.accuracy,
        seconds=epoch.seconds,
        running_loss=epoch.running_loss,
        network=epoch.network,
    )


def reason_to_end(record: EpochRecord, patience: Patience, config: TrainConfig) -> str | None:
    """Return why training ends with this record, or None."""
    if not (math.isfinite(record.running_loss) and math.isfinite(record.train_loss)):
        return "diverged"
    if patience.count > config.n_iter_no_change:
        return "tol"
    return "max_iter" if record.epoch == config.max_iter else None
