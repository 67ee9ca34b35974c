"""Training: a generator that yields one record an epoch, so that a page can draw, and stop, in between."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlp.arrays import Array
from mlp.engines import epoch_function, metrics_function
from mlp.epochs import Epoch, Patience, before_training, descend, out_of_patience
from mlp.initialisation import Rng
from mlp.metrics import Metrics, evaluate, one_hot
from mlp.network import Network, batch_of
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
    val_loss, val_accuracy : float
        On the validation set; nan without one.
    best : Network or None
        With early stopping the network with the best accuracy on the validation set so far.

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
    val_loss: float = math.nan
    val_accuracy: float = math.nan
    best: Network | None = None

    @property
    def chosen(self) -> Network:
        """The network to predict with: the best one of early stopping, else the one at this point."""
        return self.best or self.network


def examples(network: Network, X: Array, y: Array, suffix: str = "") -> Examples:
    """Return inputs (n, n_0) and targets (n, n_L) that fit the network and each other."""
    X, Y = batch_of(f"X{suffix}", X, network.sizes[0]), one_hot(y, network.sizes[-1], name=f"y{suffix}")
    require(bool(np.isfinite(X).all()), f"X{suffix}", "finite numbers", "nan or inf")
    require(len(X) == len(Y), f"y{suffix}", f"a target for each of the {len(X)} examples", len(Y))
    return X, Y


def train(
    network: Network,
    X: Array,
    y: Array,
    config: TrainConfig,
    *,
    X_test: Array | None = None,
    y_test: Array | None = None,
    X_val: Array | None = None,
    y_val: Array | None = None,
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
    X_val, y_val : arrays, optional
        A validation set, for curves too; early stopping needs it.
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
        At the call, if shapes do not fit the network, a number is nan or infinite, or a name is unknown.

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
    test_set = optional_examples(network, X_test, y_test, "_test")
    val_set = optional_examples(network, X_val, y_val, "_val")
    require(
        val_set is not None or not config.early_stopping, "early_stopping", "a validation set, X_val and y_val", None
    )
    require(rng is None or isinstance(rng, Rng), "rng", "a numpy Generator or RandomState; a seed is random_state", rng)
    rng, run_epoch = np.random.RandomState(config.random_state) if rng is None else rng, epoch_function(engine)
    start, measure = before_training(network, config), metrics_function(run_epoch)
    score = accuracy_on(val_set, measure) if val_set and config.early_stopping else None
    epochs = descend(start, *train_set, config, run_epoch=run_epoch, rng=rng, score=score)
    return recorded(start, epochs, config, train_set, test_set, measure, val_set)


def optional_examples(network: Network, X: Array | None, y: Array | None, suffix: str) -> Examples | None:
    """Return inputs and targets as `examples` does, None without both."""
    if X is not None and y is not None:
        return examples(network, X, y, suffix)
    given, missing = ("y", "X") if X is None else ("X", "y")
    require(X is y, f"{given}{suffix}", f"{missing}{suffix} beside it", f"no {missing}{suffix}")
    return None


def accuracy_on(examples: Examples, measure: Measure) -> Callable[[Network], float]:
    """Return the function that gives a network's accuracy on these examples."""

    def accuracy(network: Network) -> float:
        return measure(network, *examples).accuracy

    return accuracy


def recorded(
    start: Epoch,
    epochs: Iterable[Epoch],
    config: TrainConfig,
    train_set: Examples,
    test_set: Examples | None,
    measure: Measure = evaluate,
    val_set: Examples | None = None,
) -> Iterator[EpochRecord]:
    """Measure epochs and yield a record of each until training ends: the loop behind every learning curve.

    Parameters
    ----------
    start : Epoch
        Epoch 0.
    epochs : iterable of Epoch
        Those after it with their patience, made as they are asked for; whoever makes them.
    config : TrainConfig
        When training ends.
    train_set, test_set, val_set : pairs of arrays (n, n_0), (n, n_L)
        Inputs and targets; None without a test or a validation set.
    measure : callable
        `evaluate` or its compiled twin.
    """
    yield epoch_record(start, train_set, test_set, measure, val_set)
    for epoch in epochs:
        record = epoch_record(epoch, train_set, test_set, measure, val_set)
        ended = reason_to_end(record, epoch.patience, config)
        yield replace(record, ended=ended)
        if ended:
            return


UNMEASURED = Metrics(math.nan, math.nan)


def epoch_record(
    epoch: Epoch,
    train_set: Examples,
    test_set: Examples | None,
    measure: Measure = evaluate,
    val_set: Examples | None = None,
) -> EpochRecord:
    """Return the record of an epoch, its network measured on the whole of each set."""
    train = measure(epoch.network, *train_set)
    test, val = (measure(epoch.network, *some) if some else UNMEASURED for some in (test_set, val_set))
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
        val_loss=val.loss,
        val_accuracy=val.accuracy,
        best=epoch.best,
    )


def reason_to_end(record: EpochRecord, patience: Patience, config: TrainConfig) -> str | None:
    """Return why training ends with this record, or None."""
    if not (math.isfinite(record.running_loss) and math.isfinite(record.train_loss)):
        return "diverged"
    if out_of_patience(patience, config):
        return "tol"
    return "max_iter" if record.epoch == config.max_iter else None
