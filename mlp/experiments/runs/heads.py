"""What is known of a kept run without its curve: enough for a table of hundreds, of which few are drawn."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mlp.experiments.runs.stored_run import StoredRun, judged_accuracy
from mlp.experiments.training.points import Point


class KeptRun(Protocol):
    """What a head and a whole run have in common; see `StoredRun`."""

    @property
    def id(self) -> str:
        """32 hexadecimal digits."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def made(self) -> str:
        """When it was kept first."""
        ...

    @property
    def model(self) -> str:
        """Ours or scikit-learn."""
        ...

    @property
    def settings(self) -> dict[str, object]:
        """Every hyperparameter."""
        ...

    @property
    def data(self) -> dict[str, object]:
        """Those of its data."""
        ...

    @property
    def ended(self) -> str:
        """Why training ended."""
        ...

    @property
    def labels(self) -> str | None:
        """The hash of the test labels."""
        ...

    @property
    def judged(self) -> str:
        """The name in `Point` of the accuracy by which one chooses."""
        ...

    @property
    def accuracy(self) -> float:
        """The last accuracy by which one chooses."""
        ...

    @property
    def best_accuracy(self) -> float:
        """The highest of any epoch."""
        ...

    @property
    def final(self) -> Point:
        """The last epoch."""
        ...

    @property
    def best(self) -> Point:
        """The best one."""
        ...


@dataclass(frozen=True, eq=False)
class RunHead:
    """A kept run without its curve and its answers: of the curve the last and the best point, of the answers the hash.

    Attributes
    ----------
    id, name, made, model, settings, data, ended
        As in `StoredRun`.
    labels : str or None
        `labels_hash` of the test labels, None where the answers are not known.
    final, best : Point
    """

    id: str
    name: str
    made: str
    model: str
    settings: dict[str, object]
    data: dict[str, object]
    ended: str
    labels: str | None
    final: Point
    best: Point

    @property
    def judged(self) -> str:
        """The name in `Point` of the accuracy by which one chooses."""
        return judged_accuracy(self.data["validation_size"])

    @property
    def accuracy(self) -> float:
        """The last accuracy by which one chooses, nan where it overflowed."""
        return float(getattr(self.final, self.judged))

    @property
    def best_accuracy(self) -> float:
        """The highest accuracy by which one chooses, of any epoch."""
        return float(getattr(self.best, self.judged))


def head_of(run: StoredRun) -> RunHead:
    """Return what is known of a run without its curve."""
    return RunHead(run.id, run.name, run.made, run.model, run.settings, run.data, run.ended, run.labels, run.final,
                   run.best)  # fmt: skip


def same_training(one: KeptRun, other: KeptRun) -> bool:
    """Return whether two runs are the very same training, to the seconds it took, whatever they are called."""
    return (
        one.settings == other.settings
        and one.data == other.data
        and np.array_equal((one.final, one.best), (other.final, other.best), equal_nan=True)
    )
