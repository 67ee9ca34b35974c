"""Training: a generator that yields one record an epoch, so that a page can draw, and stop, in between."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlp.network import Network, Rng, backward, batch_of, forward, loss_value, require_choice
from mlp.optimizers import Velocity, momentum_step, sgd_step, zero_velocity

Array = np.ndarray


@dataclass(frozen=True)
class TrainConfig:
    """How to train, in plain values with scikit-learn's names; the defaults are the sheet's question 3, part 2.

    Parameters
    ----------
    learning_rate_init : float
        eta, above 0.
    batch_size : int or "auto"
        Examples an update; "auto" is min(200, n).
    max_iter : int
        Epochs at the most.
    momentum : float in [0, 1)
    nesterovs_momentum : bool
    alpha : float
        The loss of a batch of n gets alpha / 2n * ||W||^2.
    shuffle : bool
        Whether each epoch takes the examples in a new order.
    tol, n_iter_no_change : float, int or inf
        Training ends when the running loss has not fallen by tol for more than n_iter_no_change epochs in a row;
        inf, the default, never ends it early.
    random_state : int or None
        Seed of the shuffling; None takes a new one.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """

    learning_rate_init: float = 0.001
    batch_size: int | str = 1
    max_iter: int = 100
    momentum: float = 0.0
    nesterovs_momentum: bool = False
    alpha: float = 0.0
    shuffle: bool = True
    tol: float = 1e-4
    n_iter_no_change: float = math.inf
    random_state: int | None = 1

    def __post_init__(self) -> None:
        require(
            0 < self.learning_rate_init < math.inf, "learning_rate_init", "a number above 0", self.learning_rate_init
        )
        auto = self.batch_size == "auto"
        require(auto or is_count(self.batch_size), "batch_size", 'a whole number from 1 or "auto"', self.batch_size)
        require(is_count(self.max_iter), "max_iter", "a whole number from 1", self.max_iter)
        require(0 <= self.momentum < 1, "momentum", "a number from 0 to below 1", self.momentum)
        require(0 <= self.alpha < math.inf, "alpha", "a number from 0", self.alpha)
        require(0 <= self.tol < math.inf, "tol", "a number from 0", self.tol)
        patient = self.n_iter_no_change == math.inf or is_count(self.n_iter_no_change)
        require(patient, "n_iter_no_change", "a whole number from 1, or inf", self.n_iter_no_change)
        seeded = self.random_state is None or self.random_state == 0 or is_count(self.random_state)
        require(seeded, "random_state", "a whole number from 0, or None", self.random_state)


def require(holds: bool, name: str, needed: str, got: object) -> None:
    """Raise a ValueError that says what was needed and what came, unless it holds."""
    if not holds:
        raise ValueError(f"{name} needs {needed}; got {got!r}.")


def is_count(value: object) -> bool:
    """Return whether value is a whole number from 1."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and value >= 1


@dataclass(frozen=True)
class Metrics:
    """Mean loss (without penalty) and accuracy of a network on a whole data set."""

    loss: float
    accuracy: float


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


def evaluate(network: Network, X: Array, Y: Array) -> Metrics:
    """Return the mean loss and the accuracy on a whole set: the one metric behind every learning curve.

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0)
    Y : array of shape (n, n_L)
        Targets; the class is the largest one's.
    """
    with np.errstate(all="ignore"):
        forward_pass = forward(network, X)
        loss = loss_value(network, forward_pass, Y, reduction="mean")
    hits = forward_pass.output.argmax(axis=1) == Y.argmax(axis=1)
    return Metrics(loss, float(hits.mean()) if math.isfinite(loss) else math.nan)


def examples(network: Network, X: Array, y: Array, suffix: str = "") -> tuple[Array, Array]:
    """Return inputs (n, n_0) and targets (n, n_L) that fit the network and each other."""
    X, Y = batch_of(f"X{suffix}", X, network.sizes[0]), one_hot(y, network.sizes[-1], name=f"y{suffix}")
    require(len(X) == len(Y), f"y{suffix}", f"a target for each of the {len(X)} examples", len(Y))
    return X, Y


def one_hot(y: Array, n_classes: int, *, name: str = "y") -> Array:
    """Return targets (n, n_classes): class indices (n,) as rows with a single 1; rows of targets stay as they are."""
    y = np.asarray(y)
    if y.ndim == 2:
        return batch_of(name, y, n_classes)
    indices = y.ndim == 1 and y.size > 0 and np.issubdtype(y.dtype, np.integer)
    if not indices or y.min() < 0 or y.max() >= n_classes:
        raise ValueError(
            f"{name} needs class indices 0 to {n_classes - 1} of shape (n,), or targets (n, {n_classes}); "
            f"got {y.dtype} of shape {y.shape}" + (f" from {y.min()} to {y.max()}." if indices else ".")
        )
    return np.eye(n_classes)[y]


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


EpochFunction = Callable[[Network, Velocity, Array, Array, Array, TrainConfig], tuple[Network, Velocity, float]]


ENGINES = ("numpy", "numba")


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
    """
    train_set = examples(network, X, y)
    test_set = None if X_test is None else examples(network, X_test, y_test, suffix="_test")
    rng = rng or np.random.RandomState(config.random_state)
    return _records(network, train_set, test_set, config, epoch_function(engine), rng)


def _records(network, train_set, test_set, config, run_epoch, rng) -> Iterator[EpochRecord]:
    patience, measure = Patience(), metrics_function(run_epoch)
    start = Epoch(0, 0, network, zero_velocity(network), math.nan, 0.0)
    yield epoch_record(start, train_set, test_set, measure)
    for epoch in descend(network, *train_set, config, run_epoch=run_epoch, rng=rng):
        patience = patience.after(epoch.running_loss, config.tol)
        record = epoch_record(epoch, train_set, test_set, measure)
        ended = reason_to_end(record, patience, config)
        yield replace(record, ended=ended)
        if ended:
            return


def epoch_record(epoch: Epoch, train_set, test_set, measure=evaluate) -> EpochRecord:
    """Return the record of an epoch, its network measured on the whole train and test sets."""
    train = measure(epoch.network, *train_set)
    test = measure(epoch.network, *test_set) if test_set else Metrics(math.nan, math.nan)
    return EpochRecord(
        epoch.epoch,
        epoch.updates,
        train.loss,
        train.accuracy,
        test.loss,
        test.accuracy,
        epoch.seconds,
        epoch.running_loss,
        epoch.network,
    )


def reason_to_end(record: EpochRecord, patience: Patience, config: TrainConfig) -> str | None:
    """Return why training ends with this record, or None."""
    if not (math.isfinite(record.running_loss) and math.isfinite(record.train_loss)):
        return "diverged"
    if patience.count > config.n_iter_no_change:
        return "tol"
    return "max_iter" if record.epoch == config.max_iter else None
