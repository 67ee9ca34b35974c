"""What trainings came to, kept by their settings: the same settings and seed need not be trained twice."""

from dataclasses import dataclass, field

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.experiments.config import Config, DataConfig, judged_by
from mlp.experiments.training.answers import KeptAnswers
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.points import Point
from mlp.experiments.training.run import answers_now
from mlp.network import Network


@dataclass(frozen=True)
class Job:
    """One training: a model with its seed, and the data it learns.

    Attributes
    ----------
    config : OurConfig or PeerConfig
    data : DataConfig
    weights : bool
        Whether its network is asked for in the end; two jobs are equal without that.
    """

    config: Config
    data: DataConfig
    weights: bool = field(default=False, compare=False)


@dataclass(frozen=True, eq=False)
class Trained:
    """What a training came to; nothing in it may be changed.

    Attributes
    ----------
    job : Job
    curve : array of shape (epochs + 1, number of fields of `Point`)
        Every epoch, a column for each field.
    network : Network or None
        At the end, if it was asked for: those of many large networks would take hundreds of megabytes.
    ended : str
        As in `EpochRecord`.
    answers : KeptAnswers or None
        To the test set, where they are known.
    """

    job: Job
    curve: Array
    network: Network | None
    ended: str
    answers: KeptAnswers | None = None

    @property
    def last(self) -> Point:
        """The latest epoch."""
        return Point(*self.curve[-1])

    @property
    def accuracy(self) -> float:
        """The latest accuracy on the examples that one chooses by, of the validation or the test set."""
        return float(getattr(self.last, f"{judged_by(self.job.data.validation_size)}_accuracy"))

    @property
    def diverged(self) -> bool:
        """Whether its numbers overflowed."""
        return self.ended == "diverged"

    @property
    def size(self) -> int:
        """The memory it takes, in bytes."""
        weights = sum(layer.W.nbytes + layer.b.nbytes for layer in self.network.layers) if self.network else 0
        return self.curve.nbytes + weights + (self.answers.said.nbytes if self.answers else 0)


def trained(job: Job, learner: Learner, split: Split) -> Trained:
    """Return what a learner that has ended came to on its data."""
    if learner.ended is None:
        raise ValueError(f"trained needs a learner that has ended; this one is at epoch {learner.record.epoch}.")
    curve = np.array(learner.history, dtype=float)
    curve.flags.writeable = False
    network = learner.record.network if job.weights else None
    return Trained(job, curve, network, learner.ended, answers_now(learner, split))
