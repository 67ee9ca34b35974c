"""Epoch after epoch: the order of the examples, patience, the schedule of the learning rate, and the best network."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from mlp.engines import EpochFunction
from mlp.initialisation import Rng
from mlp.network import Network
from mlp.optimizers import Memory, no_memory
from mlp.train_config import TrainConfig

Array = np.ndarray
SMALLEST_RATE, SLOWER = 1e-6, 5.0  # scikit-learn's "adaptive"


@dataclass(frozen=True)
class Patience:
    """scikit-learn's stopping rule: how often in a row the loss has not fallen by tol below the best one."""

    best: float = math.inf
    count: int = 0

    def after(self, loss: float, tol: float) -> "Patience":
        """Return the state after an epoch with this loss, as the rule sees it."""
        best = loss if loss < self.best else self.best
        return Patience(best, self.count + 1 if loss > self.best - tol else 0)


@dataclass(frozen=True, eq=False)
class Epoch:
    """Training at the end of an epoch, not measured yet: what the next epoch goes on from.

    Attributes
    ----------
    epoch, updates : int
        Epochs and parameter updates made so far.
    network : Network
    memory : Memory
        What the optimizer remembers.
    running_loss, seconds : float
        As in `EpochRecord`.
    patience : Patience
        Over the running loss, every -log p in it at 36.04 at the most as in scikit-learn; with early stopping over
        minus the score.
    examples : int
        Seen so far, an example once an epoch.
    score : float
        With early stopping the network's on the validation set, otherwise nan.
    best : Network or None
        With early stopping the one with the best score so far.
    """

    epoch: int
    updates: int
    network: Network
    memory: Memory
    running_loss: float = math.nan
    seconds: float = 0.0
    patience: Patience = field(default_factory=Patience)
    examples: int = 0
    score: float = math.nan
    best: Network | None = None

    @property
    def chosen(self) -> Network:
        """The network to predict with: the best one of early stopping, else the last one."""
        return self.best or self.network


def before_training(network: Network, config: TrainConfig) -> Epoch:
    """Return epoch 0."""
    return Epoch(0, 0, network, no_memory(network, config.solver), best=network if config.early_stopping else None)


def examples_a_batch(config: TrainConfig, n: int) -> int:
    """Return how many of n examples make an update."""
    return min(200, n) if isinstance(config.batch_size, str) else config.batch_size


def next_order(order: Array, rng: Rng) -> Array:
    """Return the running order of the examples, shuffled once more.

    scikit-learn shuffles the order of the epoch before, not the original one; with its RandomState this is bit for bit
    `sklearn.utils.shuffle(order, random_state=rng)`.
    """
    indices = np.arange(len(order))
    rng.shuffle(indices)
    return order[indices]


def descend(
    start: Epoch,
    X: Array,
    Y: Array,
    config: TrainConfig,
    *,
    run_epoch: EpochFunction,
    rng: Rng,
    weights: Array | None = None,
    score: Callable[[Network], float] | None = None,
) -> Iterator[Epoch]:
    """Make `config.max_iter` epochs and yield each one: the loop behind `train` and the estimator.

    Whoever consumes it decides whether to measure and when to stop. The order of the examples starts from the one they
    come in.

    Parameters
    ----------
    start : Epoch
        Where training goes on from; epochs, updates and seconds are counted from 0.
    X, Y : arrays of shape (n, n_0), (n, n_L)
    config : TrainConfig
    run_epoch : callable
        One of `ENGINES`.
    rng : numpy Generator or RandomState
        The source of the shuffling.
    weights : array of shape (n,), optional
        How often each example counts.
    score : callable, optional
        With early stopping what a network is judged by; the larger the better.
    """
    config = replace(config, batch_size=examples_a_batch(config, len(X)))
    order, last = np.arange(len(X)), replace(start, epoch=0, seconds=0.0)
    while last.epoch < config.max_iter:
        order = next_order(order, rng) if config.shuffle else order
        last = next_epoch(last, order, X, Y, config, run_epoch=run_epoch, weights=weights, score=score)
        yield last


def next_epoch(
    last: Epoch,
    order: Array,
    X: Array,
    Y: Array,
    config: TrainConfig,
    *,
    run_epoch: EpochFunction,
    weights: Array | None = None,
    score: Callable[[Network], float] | None = None,
) -> Epoch:
    """Return the epoch after another, the examples taken in this order; the arguments are those of `descend`.

    Parameters
    ----------
    last : Epoch
    order : int array of shape (n,)
    config : TrainConfig
        With a whole number as batch_size.
    """
    begin = time.thread_time()  # a busy machine makes no difference
    made = run_epoch(last.network, last.memory, X, Y, order, config, weights)
    seconds = last.seconds + (time.thread_time() - begin)
    after = replace(
        last,
        epoch=last.epoch + 1,
        updates=(last.epoch + 1) * math.ceil(len(X) / int(config.batch_size)),
        network=made.network,
        memory=made.memory,
        running_loss=made.loss,
        seconds=seconds,
        examples=last.examples + len(X),
    )
    if score is None:
        return judged_by_loss(after, made.capped_loss, config)
    return judged_by_score(after, score, config)


def judged_by_loss(epoch: Epoch, loss: float, config: TrainConfig) -> Epoch:
    """Return the epoch with its patience after this loss and the learning rate of the next epoch."""
    return paced(replace(epoch, patience=epoch.patience.after(loss, config.tol)), config)


def judged_by_score(epoch: Epoch, score: Callable[[Network], float], config: TrainConfig) -> Epoch:
    """Return the epoch with its score, its patience after it, the best network and the next epoch's learning rate."""
    value = score(epoch.network)
    best = epoch.network if -value < epoch.patience.best else epoch.best
    return paced(replace(epoch, score=value, best=best, patience=epoch.patience.after(-value, config.tol)), config)


def out_of_patience(patience: Patience, config: TrainConfig) -> bool:
    """Return whether there was no improvement in more than `n_iter_no_change` epochs in a row."""
    return patience.count > config.n_iter_no_change


def constant(epoch: Epoch, config: TrainConfig) -> Epoch:
    """Return the epoch as it is: eta stays."""
    return epoch


def invscaling(epoch: Epoch, config: TrainConfig) -> Epoch:
    """Return the epoch with eta divided by (t + 1)^power_t, t the examples seen so far."""
    with np.errstate(over="ignore"):
        slowdown = float(np.float64(epoch.examples + 1) ** config.power_t)
    return replace(epoch, memory=replace(epoch.memory, slowdown=slowdown))


def adaptive(epoch: Epoch, config: TrainConfig) -> Epoch:
    """Return the epoch with eta divided by 5 and new patience where training would end, unless eta is too small."""
    slowdown = epoch.memory.slowdown
    if not out_of_patience(epoch.patience, config) or config.learning_rate_init / slowdown <= SMALLEST_RATE:
        return epoch
    memory = replace(epoch.memory, slowdown=slowdown * SLOWER)
    return replace(epoch, memory=memory, patience=replace(epoch.patience, count=0))


# Keys as in `train_config.SCHEDULES`
SCHEDULES: dict[str, Callable[[Epoch, TrainConfig], Epoch]] = {
    "constant": constant,
    "invscaling": invscaling,
    "adaptive": adaptive,
}


def paced(epoch: Epoch, config: TrainConfig) -> Epoch:
    """Return the epoch with what the schedule makes of eta; Adam has none."""
    return SCHEDULES[config.learning_rate if config.solver == "sgd" else "constant"](epoch, config)
