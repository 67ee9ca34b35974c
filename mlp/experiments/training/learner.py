"""One model in training: what its slices have brought so far, and where the next one goes on from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from mlp.datasets import Split
from mlp.experiments.config import Config
from mlp.experiments.training.points import Point, point_of
from mlp.experiments.training.slices import Made, State, advance, begin
from mlp.experiments.training.snapshots import Snapshots
from mlp.metrics import Metrics
from mlp.training import EpochRecord


@dataclass(eq=False)
class Learner:
    """One model in training.

    Attributes
    ----------
    config : OurConfig or PeerConfig
    state : State or None
        Where the next slice goes on from; None before the first one is back, and once training is over.
    record : EpochRecord
        The latest; epoch 0 to begin with. There is none before the first slice is back.
    history : list of Point
        Every epoch so far.
    validation : list of Metrics
        Of every epoch on the examples that early stopping holds out, nan without it.
    snapshots : Snapshots
        The networks of some of them.
    """

    config: Config
    state: State | None = None
    record: EpochRecord = field(init=False)
    history: list[Point] = field(init=False, default_factory=list)
    validation: list[Metrics] = field(init=False, default_factory=list)
    snapshots: Snapshots = field(init=False, default_factory=Snapshots)

    @property
    def ended(self) -> str | None:
        """Why training is over, None while it is not."""
        return self.record.ended if self.history else None

    def take(self, state: State) -> None:
        """Go on to what a slice has led to."""
        self.note(state.made, state.record)
        # The next slice needs no more; what has ended would hold its optimizer as long as the result is kept
        self.state = None if state.ended else replace(state, made=Made())

    def add(self, record: EpochRecord) -> None:
        """Note one epoch, however it was made."""
        made = Made()
        made.add(record)
        self.note(made, record)

    def note(self, made: Made, record: EpochRecord) -> None:
        """Note the epochs of a slice, of which the last one is given as a record."""
        self.history += made.points[:-1]
        self.validation += made.validation
        self.record = with_the_best(record, self.history, self.validation) if record.ended else record
        self.history.append(point_of(self.record))
        self.snapshots.join(made.snapshots)

    def train(self, split: Split, seconds: float = 0.0) -> None:
        """Make a slice here and now, of one epoch at least; nothing where training is over."""
        if not self.ended:
            self.take(advance(self.state or begin(self.config, split), split, seconds))


def learner_of(config: Config, split: Split) -> Learner:
    """Return a model at epoch 0 of its training."""
    learner = Learner(config)
    learner.take(begin(config, split))
    return learner


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
