"""Runs that are equal but for the seed, taken as one: their mean and spread, their band, and how lucky each seed is."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlp.arrays import Array
from mlp.experiments.evidence.recipes import Band, band_of
from mlp.experiments.evidence.seed_statistics import Contrast, Summary, one_more, summary, welch_test
from mlp.experiments.runs.comparing import examples_of
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import StoredRun

SEED = "random_state"


@dataclass(frozen=True, eq=False)
class SeedGroup:
    """Runs of one model with the same settings on the same data and split, each with a seed of its own.

    Attributes
    ----------
    runs : tuple of KeptRun
        At least one; of two with the same seed the later one.
    """

    runs: tuple[KeptRun, ...]

    @property
    def sound(self) -> tuple[KeptRun, ...]:
        """The runs that did not overflow."""
        return tuple(run for run in self.runs if math.isfinite(run.accuracy))

    @property
    def last(self) -> Summary | None:
        """The accuracies, by which one chooses, at the end of training, None if all overflowed."""
        return summary([run.accuracy for run in self.sound]) if self.sound else None

    @property
    def best(self) -> Summary | None:
        """The highest such accuracies of any epoch, which flatter, None if all overflowed."""
        return summary([run.best_accuracy for run in self.sound]) if self.sound else None

    @property
    def best_epoch(self) -> Summary | None:
        """The epochs with the highest such accuracy, None if all overflowed."""
        return summary([run.best.epoch for run in self.sound]) if self.sound else None


def seed_groups(runs: Iterable[KeptRun]) -> tuple[SeedGroup, ...]:
    """Return the runs by what they are but for the seed, in the order of the first of each."""
    found: dict[Hashable, dict[object, KeptRun]] = {}
    for run in runs:
        found.setdefault(recipe_of(run), {})[run.settings[SEED]] = run
    return tuple(SeedGroup(tuple(members.values())) for members in found.values())


def recipe_of(run: KeptRun) -> Hashable:
    """Return what a run is but for its seed: equal for equal recipes."""
    settings = tuple((name, value) for name, value in sorted(run.settings.items()) if name != SEED)
    return run.model, settings, tuple(sorted(run.data.items()))


def group_of(run: KeptRun, groups: Iterable[SeedGroup]) -> SeedGroup:
    """Return the group of a run's recipe; a ValueError if there is none."""
    for group in groups:
        if recipe_of(group.runs[0]) == recipe_of(run):
            return group
    raise ValueError(f"No group has the settings of {run.name}: make groups of all runs.")


def comparable(group: SeedGroup, baseline: SeedGroup) -> bool:
    """Return whether the accuracies of two groups are of the same examples, and of the same set to choose by."""
    one, other = group.runs[0], baseline.runs[0]
    same = one.data == other.data if "val" in one.judged else examples_of(one.data) == examples_of(other.data)
    return one.judged == other.judged and same


def against(group: SeedGroup, baseline: SeedGroup) -> Contrast | None:
    """Return Welch's test of two groups' accuracies, None until each has two seeds that did not overflow."""
    sides = [[run.accuracy for run in each.sound] for each in (group, baseline)]
    return welch_test(*sides) if min(map(len, sides)) > 1 else None


def group_band(runs: Sequence[StoredRun], quantity: str, *, points: int = 200) -> Band:
    """Return the mean learning curve of a group's runs that did not overflow, with its 95% interval.

    Parameters
    ----------
    runs : sequence of StoredRun
        At least one.
    quantity : str
        A field of `Point`, such as "test_accuracy".
    points : int
        At most so many epochs. Between two that were kept a curve is taken to be straight.
    """
    lengths = [run.final.epoch for run in runs]
    epochs = np.unique(np.linspace(0, max(lengths), points).round().astype(int))
    lasting = np.array([curve_at(run, quantity, epochs) for run in runs])
    return band_of(epochs, lasting, np.array([epochs > length for length in lengths]))


def curve_at(run: StoredRun, quantity: str, epochs: Array) -> Array:
    """Return a run's curve at these epochs (m,); after its end it keeps its last value."""
    return np.interp(epochs, run.values("epoch"), run.values(quantity))


class Luck(NamedTuple):
    """Where one seed stands among all of its group.

    Attributes
    ----------
    rank, n : int
        Its place by accuracy, 1 for the best, of so many; equal ones share the better place.
    others : Summary
        Of the other seeds.
    z : float
        How many of their standard deviations it is above their mean; nan where they have no spread.
    p_value : float
        How often one more seed of the same recipe would be as far from that mean, either way; nan with z.
    """

    rank: int
    n: int
    others: Summary
    z: float
    p_value: float


def luck(run: KeptRun, group: SeedGroup) -> Luck | None:
    """Return how lucky a run's seed is, None where it overflowed or has no others to be compared with."""
    others = [each.accuracy for each in group.sound if each.settings[SEED] != run.settings[SEED]]
    own = run.accuracy
    if not others or not math.isfinite(own):
        return None
    z, p_value = one_more(own, others)
    return Luck(1 + sum(each > own for each in others), 1 + len(others), summary(others), z, p_value)
