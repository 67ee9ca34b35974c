"""How much of what varies in a sweep goes with each of its settings, and how much with the seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep

# Drawn combinations have other values of a setting almost every time: so many groups of them, and no fewer combinations
GROUPS, FEWEST = 3, 9


@dataclass(frozen=True)
class Shares:
    """Shares of the sum of squares of a model's accuracies.

    Attributes
    ----------
    settings : dict of float by name
        What goes with each setting alone.
    together : float
        What only combinations of settings explain; 0 where not every combination was trained.
    seeds : float
        What is left within the combinations.
    whole : bool
        Whether every combination was trained: only then do the shares add up to 1.
    """

    settings: dict[str, float]
    together: float
    seeds: float
    whole: bool


def variance_shares(sweep: Sweep, results: Sequence[CellResult]) -> Shares | None:
    """Return the shares for one model's combinations, of those that can be chosen; None where nothing varies.

    On a whole grid the sums of squares of an analysis of variance add up. Of combinations that were drawn each setting
    has what low, middle and high values of it explain by themselves, less what groups at random would (epsilon
    squared); those shares may overlap. Of few drawn ones nothing can be told: None.
    """
    sound = [each for each in results if each.sound]
    whole = len(sound) == sweep.combinations
    if len(sound) < (2 if whole else FEWEST):
        return None
    values = np.array([each.each for each in sound])
    means = values.mean(axis=1)
    total = float(((values - values.mean()) ** 2).sum())
    if total == 0:
        return None
    n_seeds = values.shape[1]
    columns = {axis.name: [axis.values.index(each.cell[place]) for each in sound]
               for place, axis in enumerate(sweep.axes)}  # fmt: skip
    explained = between if whole else beyond_chance
    alone = {name: n_seeds * explained(groups(np.array(column), whole=whole), means) / total
             for name, column in columns.items()}  # fmt: skip
    seeds = float(((values - means[:, None]) ** 2).sum()) / total
    return Shares(alone, max(0.0, 1.0 - sum(alone.values()) - seeds) if whole else 0.0, seeds, whole)


def groups(places: Array, *, whole: bool) -> Array:
    """Return which group each place of a value belongs to: its own, or one of three by rank where values were drawn."""
    used = np.unique(places)
    if whole or len(used) <= GROUPS:
        return places
    return np.searchsorted(used, places) * GROUPS // len(used)


def beyond_chance(group: Array, means: Array) -> float:
    """Return the sum of squares of groups less what as many groups at random would have, from 0."""
    found, count = between(group, means), len(np.unique(group))
    within = float(((means - means.mean()) ** 2).sum()) - found
    left = len(means) - count
    return max(0.0, found - (count - 1) * within / left) if left else 0.0


def between(group: Array, means: Array) -> float:
    """Return the sum of squares of groups of means around the mean of all."""
    return float(sum((group == each).sum() * (means[group == each].mean() - means.mean()) ** 2
                     for each in np.unique(group)))  # fmt: skip
