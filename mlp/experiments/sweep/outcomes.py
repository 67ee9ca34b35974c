"""What the trainings of a sweep came to: a few numbers each, a combination's mean over its seeds, and the best."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from mlp.experiments.config import judged_by
from mlp.experiments.evidence.seed_statistics import Summary, holm, paired_p_values, summary
from mlp.experiments.evidence.verdict import LEVEL
from mlp.experiments.sweep.plan import Cell, Sweep, rows_of
from mlp.experiments.training.points import Point
from mlp.experiments.training.results import Job, Trained


class Outcome(NamedTuple):
    """One training: its accuracy and loss on the validation examples at the end, and more; nan where it overflowed."""

    accuracy: float
    loss: float
    train_accuracy: float
    best_epoch: int
    epochs: int
    seconds: float


def outcome_of(trained: Trained) -> Outcome:
    """Return what a training came to."""
    last, by = trained.last, judged_by(trained.job.data.validation_size)
    accuracy = trained.curve[:, Point._fields.index(f"{by}_accuracy")]
    best = int(np.nan_to_num(accuracy, nan=-np.inf).argmax())
    return Outcome(trained.accuracy, float(getattr(last, f"{by}_loss")), float(last.train_accuracy), best,
                   int(last.epoch), float(last.seconds))  # fmt: skip


@dataclass(frozen=True, eq=False)
class CellResult:
    """What one model came to with one combination, as far as it is trained.

    Attributes
    ----------
    model : str
    cell : tuple
        A value for each axis.
    each : tuple of float
        The validation accuracy of each seed that is trained, nan where it overflowed.
    whole : bool
        Whether every seed is trained.
    epochs, seconds, train_accuracy : float
        Means of one training; nan of none.
    """

    model: str
    cell: Cell
    each: tuple[float, ...]
    whole: bool
    epochs: float
    seconds: float
    train_accuracy: float

    @property
    def mean(self) -> float:
        """The mean over the seeds that did not overflow, -inf without one."""
        sound = [value for value in self.each if math.isfinite(value)]
        return float(np.mean(sound)) if sound else -math.inf

    @property
    def summary(self) -> Summary | None:
        """Mean, spread and interval over the seeds that did not overflow, None without one."""
        sound = [value for value in self.each if math.isfinite(value)]
        return summary(sound) if sound else None

    @property
    def diverged(self) -> int:
        """How many trainings overflowed."""
        return sum(not math.isfinite(value) for value in self.each)

    @property
    def sound(self) -> bool:
        """Whether all seeds are trained and none overflowed: what can be chosen."""
        return self.whole and not self.diverged


def cell_results(sweep: Sweep, outcomes: Mapping[Job, Outcome]) -> tuple[CellResult, ...]:
    """Return what each combination came to for each model that has it, in the order of the plan."""
    return tuple(cell_result(*row, outcomes) for row in rows_of(sweep))


def cell_result(model: str, cell: Cell, jobs: Sequence[Job], outcomes: Mapping[Job, Outcome]) -> CellResult:
    """Return what one combination came to."""
    made = [outcomes[job] for job in jobs if job in outcomes]
    epochs, seconds, train = (
        float(np.mean([getattr(each, name) for each in made])) if made else math.nan
        for name in ("epochs", "seconds", "train_accuracy")
    )
    return CellResult(
        model, cell, tuple(each.accuracy for each in made), len(made) == len(jobs), epochs, seconds, train
    )


def best_of(results: Sequence[CellResult]) -> CellResult | None:
    """Return the combination with the highest mean accuracy among those that can be chosen, None if none can."""
    sound = [each for each in results if each.sound]
    return max(sound, key=attrgetter("mean"), default=None)


def rivals(best: CellResult, results: Sequence[CellResult]) -> tuple[CellResult, ...]:
    """Return the others that can't be told from the best: chance explains, seed by seed, what is between them.

    The p-values of Student's paired test are corrected by Holm's method for how many others there are.
    """
    others = [each for each in results if each is not best and each.sound]
    corrected = holm(paired_p_values(best.each, [each.each for each in others])) if others else ()
    return tuple(each for each, p_value in zip(others, corrected, strict=True) if p_value >= LEVEL)
