"""Two recipes, which are settings without a seed: over several seeds, and over other splits of the data."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlp.arrays import Array
from mlp.experiments.config import Comparison, Config, DataConfig, judged_by
from mlp.experiments.evidence.seed_statistics import (
    REPEATS,
    Contrast,
    Summary,
    five_by_two_test,
    student_half_width,
    summary,
    welch_test,
)
from mlp.experiments.training.points import Point
from mlp.experiments.training.results import Job, Trained


def seeded(config: Config, seeds: Iterable[int], data: DataConfig, *, weights: bool = False) -> list[Job]:
    """Return a job for each seed, with its network in the end or without."""
    return [Job(replace(config, random_state=seed), data, weights) for seed in seeds]


def seed_jobs(comparison: Comparison, seeds: Sequence[int]) -> list[Job]:
    """Return the trainings of both recipes, seed by seed, so that both grow together."""
    both = (seeded(config, seeds, comparison.data) for config in (comparison.ours, comparison.peer))
    return [job for pair in zip(*both, strict=True) for job in pair]


@dataclass(frozen=True, eq=False)
class RecipeResult:
    """What one recipe came to over its seeds, as far as they are trained.

    Attributes
    ----------
    made : tuple of Trained
    train, judged, judged_loss : Summary or None
        At the end of training, without those that overflowed; None if there is none. What is judged is the accuracy on
        the examples that one chooses by, and their loss: of the test set, or of the validation set where there is one.
    epochs, updates, seconds : float
        Means of one training; nan if there is none.
    """

    made: tuple[Trained, ...]
    train: Summary | None
    judged: Summary | None
    judged_loss: Summary | None
    epochs: float
    updates: float
    seconds: float

    @property
    def sound(self) -> tuple[Trained, ...]:
        """The trainings that did not overflow."""
        return tuple(each for each in self.made if not each.diverged)

    @property
    def diverged(self) -> int:
        """How many trainings overflowed."""
        return len(self.made) - len(self.sound)


def recipe_result(jobs: Iterable[Job], results: Mapping[Job, Trained]) -> RecipeResult:
    """Return what the trainings of one recipe came to, all on the same data."""
    made = tuple(results[job] for job in jobs if job in results)
    last, by = [each.last for each in made], judged_by(made[0].job.data.validation_size) if made else "test"
    return RecipeResult(
        made=made,
        train=summary_of(last, "train_accuracy"),
        judged=summary_of(last, f"{by}_accuracy"),
        judged_loss=summary_of(last, f"{by}_loss"),
        epochs=mean_of(last, "epoch"),
        updates=mean_of(last, "updates"),
        seconds=mean_of(last, "seconds"),
    )


def summary_of(points: Sequence[Point], name: str) -> Summary | None:
    """Return the summary of a quantity over the points where it is finite, None if there is none."""
    values = [value for point in points if math.isfinite(value := getattr(point, name))]
    return summary(values) if values else None


def mean_of(points: Sequence[Point], name: str) -> float:
    """Return the mean of a quantity, nan of no points."""
    return float(np.mean([getattr(point, name) for point in points])) if points else math.nan


def contrast_of_recipes(ours: RecipeResult, peer: RecipeResult) -> Contrast | None:
    """Return Welch's test of both recipes' judged accuracies, None until each has two seeds that did not overflow."""
    sides = [[each.accuracy for each in recipe.made if math.isfinite(each.accuracy)] for recipe in (ours, peer)]
    return welch_test(*sides) if min(map(len, sides)) > 1 else None


@dataclass(frozen=True, eq=False)
class Band:
    """A learning curve over seeds.

    Attributes
    ----------
    epochs : int array of shape (m,)
    mean, low, high : arrays of shape (m,)
        The mean over the seeds and both ends of its 95% interval, at each of these epochs; nan where one seed, or seeds
        that are all equal, have none.
    each : array of shape (seeds, m)
        The seeds one by one; one that has ended keeps its last value in the mean, and is nan here.
    """

    epochs: Array
    mean: Array
    low: Array
    high: Array
    each: Array


def band(made: Sequence[Trained], quantity: str, *, points: int = 200) -> Band:
    """Return the mean learning curve of trainings that did not overflow, with its 95% interval.

    Parameters
    ----------
    made : sequence of Trained
        At least one.
    quantity : str
        A field of `Point`, such as "test_accuracy".
    points : int
        At most about so many epochs, evenly spaced, the first and the last among them.
    """
    column = Point._fields.index(quantity)
    curves = [each.curve[:, column] for each in made]
    longest = max(map(len, curves))
    epochs = np.unique(np.linspace(0, longest - 1, min(points, longest)).round().astype(int))
    lasting = np.array([curve[np.minimum(epochs, len(curve) - 1)] for curve in curves])
    return band_of(epochs, lasting, np.array([epochs >= len(curve) for curve in curves]))


def band_of(epochs: Array, lasting: Array, ended: Array) -> Band:
    """Return the band of curves at these epochs (m,).

    Parameters
    ----------
    epochs : int array of shape (m,)
    lasting : array of shape (seeds, m)
        The curves; one that has ended keeps its last value.
    ended : bool array of shape (seeds, m)
        Where they have ended.
    """
    mean, n = lasting.mean(axis=0), len(lasting)
    half = student_half_width(lasting.std(axis=0, ddof=1), mean, n) if n > 1 else np.full(len(epochs), math.nan)
    return Band(epochs, mean, mean - half, mean + half, np.where(ended, math.nan, lasting))


def halves(data: DataConfig) -> tuple[tuple[DataConfig, DataConfig], ...]:
    """Return five random splits in halves, each of which trains once and tests once, without a validation share."""
    halved = replace(data, test_size=0.5, swapped=False, validation_size=0.0)
    splits = (replace(halved, random_state=seed) for seed in range(REPEATS))
    return tuple((half, replace(half, swapped=True)) for half in splits)


def split_jobs(comparison: Comparison) -> list[Job]:
    """Return the twenty trainings of 5x2cv: both recipes, with their own seed, on every half."""
    both = comparison.ours, comparison.peer
    return [Job(config, half) for pair in halves(comparison.data) for half in pair for config in both]


@dataclass(frozen=True)
class SplitResult:
    """What 5x2cv came to.

    Attributes
    ----------
    ours, peer : tuple of five pairs of float
        Test accuracies, a pair for each split, one for each half.
    contrast : Contrast or None
        None where a training overflowed.
    """

    ours: tuple[tuple[float, float], ...]
    peer: tuple[tuple[float, float], ...]
    contrast: Contrast | None


def split_result(comparison: Comparison, results: Mapping[Job, Trained]) -> SplitResult:
    """Return what the twenty trainings of 5x2cv came to; all must be done."""
    ours, peer = (
        tuple(pair_of_accuracies(config, pair, results) for pair in halves(comparison.data))
        for config in (comparison.ours, comparison.peer)
    )
    differences = np.subtract(ours, peer)
    sound = bool(np.isfinite(differences).all())
    return SplitResult(ours, peer, five_by_two_test(differences) if sound else None)


def pair_of_accuracies(
    config: Config, pair: tuple[DataConfig, DataConfig], results: Mapping[Job, Trained]
) -> tuple[float, float]:
    """Return a recipe's test accuracies on the two halves of a split."""
    first, second = (results[Job(config, half)].last.test_accuracy for half in pair)
    return first, second
