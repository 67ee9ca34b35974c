"""A run: both models of a comparison trained side by side, a little at a time, so that a page can draw and stop it."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.datasets.holding_out import hold_out
from mlp.experiments.config import Comparison, Config, OurConfig
from mlp.experiments.training.answers import KeptAnswers, kept_answers
from mlp.experiments.training.peers import train_peer
from mlp.experiments.training.snapshots import Snapshots
from mlp.experiments.training.turns import beside, in_turns, runs_beside_python
from mlp.experiments.training.two_classes import outputs_of, record_shown
from mlp.metrics import Metrics
from mlp.network import Network, init_network
from mlp.training import EpochRecord, train

Optional = tuple[Array | None, Array | None]


class Point(NamedTuple):
    """One epoch of a learning curve: a record without its network.

    While the test set stays shut its loss and accuracy are nan; those of validation are nan where nothing is held out.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    updates: int
    seconds: float
    val_loss: float = math.nan
    val_accuracy: float = math.nan


@dataclass(eq=False)
class Learner:
    """One model in training.

    Attributes
    ----------
    config : OurConfig or PeerConfig
    records : iterator of EpochRecord
        Advancing it trains one epoch.
    record : EpochRecord
        The latest; epoch 0 to begin with.
    history : list of Point
        Every epoch so far.
    validation : list of Metrics
        Of every epoch on the examples that early stopping holds out, nan without it.
    snapshots : Snapshots
        The networks of some of them.
    spent : float
        Seconds of work so far, evaluation included.
    """

    config: Config
    records: Iterator[EpochRecord]
    record: EpochRecord = field(init=False)
    history: list[Point] = field(init=False, default_factory=list)
    validation: list[Metrics] = field(init=False, default_factory=list)
    snapshots: Snapshots = field(init=False, default_factory=Snapshots)
    spent: float = 0.0

    def __post_init__(self) -> None:
        self.advance()

    @property
    def ended(self) -> str | None:
        """Why training is over, None while it is not."""
        return self.record.ended

    def advance(self) -> None:
        """Train one epoch."""
        begin = time.perf_counter()
        record = next(self.records)
        self.validation.append(Metrics(record.val_loss, record.val_accuracy))
        self.record = record = with_the_best(record, self.history, self.validation) if record.ended else record
        self.history.append(Point(*(getattr(record, name) for name in Point._fields)))
        self.snapshots.add(record.epoch, record.network)
        if record.ended:
            self.records = iter(())  # the generator would hold the data as long as the result is kept
        self.spent += time.perf_counter() - begin


def with_the_best(record: EpochRecord, history: Sequence[Point], validation: Sequence[Metrics]) -> EpochRecord:
    """Return the last record with the network that early stopping keeps, and what that was measured at; else as it is.

    Parameters
    ----------
    record : EpochRecord
    history : sequence of Point
        Of the epochs before it.
    validation : sequence of Metrics
        Of all epochs.
    """
    if record.best is None:
        return record
    after_training = [metrics.accuracy for metrics in validation[1:]]
    best = 1 + int(np.argmax(after_training))
    if best == len(history):
        return record
    kept = history[best]
    return replace(
        record, network=record.best, train_loss=kept.train_loss, train_accuracy=kept.train_accuracy,
        test_loss=kept.test_loss, test_accuracy=kept.test_accuracy, val_loss=validation[best].loss,
        val_accuracy=validation[best].accuracy,
    )  # fmt: skip


@dataclass(eq=False)
class Run:
    """Both models of a comparison in training; nothing happens but in `advance`.

    Attributes
    ----------
    comparison : Comparison
        The settings everything in this run belongs to.
    ours, peer : Learner
    split : Split or None
        The data, for as long as training may go on.
    most_frequent : float
        What always answering the class that is most frequent in training gets right of the examples that one chooses
        by: the validation or the test set; nan where it is unknown.
    remembered : tuple of two bool
        Whether the models were trained before, so that their seconds are of then.
    """

    comparison: Comparison
    ours: Learner
    peer: Learner
    split: Split | None = None
    most_frequent: float = math.nan
    remembered: tuple[bool, bool] = (False, False)
    _answers: tuple[KeptAnswers | None, KeptAnswers | None] = (None, None)

    @property
    def learners(self) -> tuple[Learner, Learner]:
        """Ours and scikit-learn's."""
        return self.ours, self.peer

    @property
    def ended(self) -> bool:
        """Whether both models are trained to their end."""
        return all(learner.ended for learner in self.learners)

    def advance(self, seconds: float, between_epochs: Callable[[], object] = bool) -> None:
        """Train both models for so many seconds, in fair shares, and no epoch longer.

        Parameters
        ----------
        seconds : float
            The budget. At least one epoch is made.
        between_epochs : callable
            Called again and again in this thread; whatever it raises ends the call after the epoch under way, and the
            run can be advanced again.
        """
        deadline = time.perf_counter() + seconds
        if runs_beside_python() and not any(learner.ended for learner in self.learners):
            beside((self.ours,), self.peer, deadline, between_epochs)
        else:
            in_turns(self.learners, deadline, between_epochs)
        self.let_go_if_ended()

    @property
    def answers(self) -> tuple[KeptAnswers | None, KeptAnswers | None]:
        """What both models, as they are now, answer to the test set; None of one that overflowed."""
        if self.split is None:
            return self._answers
        return answers_now(self.ours, self.split), answers_now(self.peer, self.split)

    def let_go_if_ended(self) -> None:
        """Hold the data no longer than they are needed: what is left of them are both models' answers."""
        if self.ended:
            self._answers, self.split = self.answers, None


def start(comparison: Comparison, split: Split, *, ours: Learner | None = None, peer: Learner | None = None) -> Run:
    """Return a run at epoch 0, or where a model is known already as it is.

    Parameters
    ----------
    comparison : Comparison
    split : Split
        The data, split as the comparison says.
    ours, peer : Learner, optional
        Models of these settings that were trained before.
    """
    learners = ours or learner_of(comparison.ours, split), peer or learner_of(comparison.peer, split)
    run = Run(comparison, *learners, split, most_frequent(split), (ours is not None, peer is not None))
    run.let_go_if_ended()
    return run


def most_frequent(split: Split) -> float:
    """Return the accuracy, on what one chooses by, of always answering the class most frequent in training."""
    return float(np.mean(split.judging[1] == np.bincount(split.y_train).argmax()))


def answers_now(learner: Learner, split: Split) -> KeptAnswers | None:
    """Return what a model answers to the test set, None if its numbers overflowed."""
    return None if learner.ended == "diverged" else kept_answers(learner.record.network, split)


def learner_of(config: Config, split: Split) -> Learner:
    """Return a model at epoch 0 of its training."""
    if isinstance(config, OurConfig):
        return Learner(config, our_records(config, split))
    (X_test, y_test), (X_val, y_val) = test_and_validation(split)
    records = train_peer(split.X_train, split.y_train, config, X_test, y_test, X_val=X_val, y_val=y_val)
    return Learner(config, records)


def test_and_validation(split: Split) -> tuple[Optional, Optional]:
    """Return what every epoch is measured on besides the training part: the test set, or while it is shut the other."""
    nothing: Optional = (None, None)
    return (nothing, split.judging) if split.shut else (split.judging, nothing)


def our_records(config: OurConfig, split: Split) -> Iterator[EpochRecord]:
    """Return the training of our network, a network with one output shown as the pair it equals."""
    return map(record_shown, our_training(config, split))


def our_training(config: OurConfig, split: Split) -> Iterator[EpochRecord]:
    """Return the training of our network; its seed makes first the weights and then the order of the examples.

    Early stopping holds out its own share where the data have no validation examples.
    """
    rng = np.random.RandomState(config.random_state)
    n_classes = int(max(split.y_train.max(), split.y_test.max())) + 1
    sizes = (split.X_train.shape[1], *config.hidden_layer_sizes, outputs_of(config.loss, n_classes))
    network = init_network(sizes, hidden=config.activation, loss=config.loss, init=config.init, rng=rng)
    X, y = split.X_train, split.y_train
    (X_test, y_test), (X_val, y_val) = test_and_validation(split)
    if config.early_stopping and not split.shut:
        trained, held = hold_out(y, config.validation_fraction, rng)
        X, y, X_val, y_val = X[trained], y[trained], X[held], y[held]
    return train(network, X, y, config, X_test=X_test, y_test=y_test, X_val=X_val, y_val=y_val, rng=rng)


def largest_difference(one: Network, other: Network) -> float:
    """Return the largest absolute difference of any weight or bias.

    It is inf for networks of different shapes, and nan where one is not to be told because numbers overflowed.
    """
    if one.sizes != other.sizes:
        return math.inf
    pairs = zip(one.layers, other.layers, strict=True)
    with np.errstate(invalid="ignore"):
        gaps = [np.abs(x - y).max() for a, b in pairs for x, y in ((a.W, b.W), (a.b, b.b))]
    return float(np.max(gaps))  # Python's own max would pass over a nan
