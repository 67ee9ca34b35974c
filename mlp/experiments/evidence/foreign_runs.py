"""Somebody else's runs: two columns of right and wrong, or accuracies over seeds, with our intervals and tests."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from mlp.arrays import Array
from mlp.experiments.evidence.foreign_table import Cells
from mlp.experiments.evidence.verdict import Verdict, verdict
from mlp.limits import LONGEST_RUN_NAME, MOST_FOREIGN_GROUPS

# What a seed is called at the end of a run's name: "mlp, seed 3", "mlp-s3", "mlp_3", "brave-sun-3"
SEED_ENDING = re.compile(r"[\s,_-]*(?:seed|s)?[\s=:_-]?\d{1,10}$", re.IGNORECASE)
RUN_NAMES = ("name", "run", "run_name", "run name", "tags.mlflow.runname", "model", "group", "recipe")
STEPS = ("step", "_step", "epoch", "steps")
Samples = Mapping[str, tuple[float, ...]]
EACH_COLUMN = "each column is a recipe"
NEEDED = (
    "A table of runs needs two columns of right and wrong (1 and 0, or true and false, a row an example), or "
    "accuracies from 0 to 1, or in per cent under a name with acc: a column for each recipe, or one column beside "
    "the runs' names."
)


class Choices(NamedTuple):
    """What a foreign table can be read as.

    Attributes
    ----------
    truths : tuple of str
        The columns of right and wrong.
    metrics : tuple of str
        The columns of accuracies, the likeliest first.
    groupings : tuple of str
        The columns that can say which recipe a run is of, the likeliest first; and that each column is a recipe.
    """

    truths: tuple[str, ...]
    metrics: tuple[str, ...]
    groupings: tuple[str, ...]


def choices(table: Sequence[Cells]) -> Choices:
    """Return what a table can be read as; a ValueError says what is needed if it is nothing of the kind."""
    truths = tuple(column.name for column in table if column.truths() is not None)
    # Nothing but 0 and 1 in several columns are answers, not accuracies
    others = [column for column in table if len(truths) < 2 or column.name not in truths]
    metrics = [column for column in others if column.accuracies() is not None and column.name.lower() not in STEPS]
    metrics.sort(key=likelihood)
    named = [column for column in table if column not in metrics and 1 < len(recipes(column)) <= MOST_FOREIGN_GROUPS]
    named.sort(key=name_likelihood)
    each = (EACH_COLUMN,) if len(metrics) > 1 else ()
    groups = (column.name for column in named if column.numbers() is None or column.name.lower() in RUN_NAMES)
    groupings = (*groups, *each)
    if len(truths) < 2 and not (metrics and groupings):
        raise ValueError(NEEDED)
    return Choices(truths, tuple(column.name for column in metrics), groupings)


def likelihood(column: Cells) -> tuple[bool, bool, bool]:
    """Return the order of a metric: accuracies first, those of the test set before others."""
    name = column.name.lower()
    return "acc" not in name, "test" not in name, "val" not in name


def name_likelihood(column: Cells) -> bool:
    """Return the order of a grouping: what runs are called first."""
    return column.name.lower() not in RUN_NAMES


def recipes(column: Cells) -> frozenset[str]:
    """Return what the runs of a column are called without their seeds."""
    return frozenset(map(recipe, column.cells)) - {""}


def recipe(name: str) -> str:
    """Return a run's name without its seed."""
    known = name[:LONGEST_RUN_NAME]
    return SEED_ENDING.sub("", known).strip() or known


def judged(table: Sequence[Cells], first: str, second: str) -> Verdict:
    """Return the verdict on two columns of right and wrong."""
    one, other = (truths_of(column_of(table, name)).tolist() for name in (first, second))
    return verdict(one, other, names=(first, second), noun="examples")


def truths_of(column: Cells) -> Array:
    """Return a column's right and wrong; a ValueError if it holds others."""
    found = column.truths()
    if found is None:
        raise ValueError(f"{column.name} needs right and wrong, as 1 and 0 or true and false, in every row.")
    return found


def samples(table: Sequence[Cells], metric: str, grouping: str) -> Samples:
    """Return each recipe's accuracies, one a run, in the order of their first coming; missing ones are left out.

    Of a run that has a row a step the last one counts.
    """
    if grouping == EACH_COLUMN:
        each = [(column.name, found) for column in table if (found := column.accuracies()) is not None]
        return {name: tuple(found[np.isfinite(found)].tolist()) for name, found in each if name.lower() not in STEPS}
    names, values = column_of(table, grouping).cells, accuracies_of(column_of(table, metric))
    if any(column.name.lower() in STEPS for column in table):
        names, values = last_steps(table, names, values)
    groups: dict[str, list[float]] = {}
    for name, value in zip(names, values.tolist(), strict=True):
        if name and np.isfinite(value):
            groups.setdefault(recipe(name), []).append(value)
    return {name: tuple(each) for name, each in groups.items()}


def last_steps(table: Sequence[Cells], names: Sequence[str], values: Array) -> tuple[tuple[str, ...], Array]:
    """Return the names and values of each run's last step that has a value."""
    steps = next(column for column in table if column.name.lower() in STEPS).numbers()
    order = np.argsort(steps, kind="stable") if steps is not None else np.arange(len(values))
    last = {names[i]: i for i in order.tolist() if np.isfinite(values[i])}
    return tuple(last), values[list(last.values())]


def accuracies_of(column: Cells) -> Array:
    """Return a column's accuracies; a ValueError if it holds none."""
    found = column.accuracies()
    if found is None:
        raise ValueError(f"{column.name} needs accuracies from 0 to 1, or in per cent under a name with acc.")
    return found


def column_of(table: Sequence[Cells], name: str) -> Cells:
    """Return the column of that name; a ValueError if there is none."""
    for column in table:
        if column.name == name:
            return column
    raise ValueError(f"A column called {name} is needed; there is none.")
