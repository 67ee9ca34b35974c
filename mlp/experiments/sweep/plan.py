"""What a sweep trains: every combination of some values, or some drawn at random, for one model or both, with seeds."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from mlp.experiments.config import MODELS, OURS, Comparison, Config, choices_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS, Choice, has_choice, kind_of
from mlp.experiments.training.results import Job
from mlp.limits import MOST_EPOCHS
from mlp.train_config import require

SEED = "random_state"
# A value for each axis, in the order of the axes
Cell = tuple[Any, ...]


@dataclass(frozen=True)
class Axis:
    """A setting that is swept: its name, and its values in order, each once."""

    name: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Sweep:
    """A plan of trainings.

    Attributes
    ----------
    comparison : Comparison
        What is not swept, and the data; a sweep chooses, so that they have a validation share.
    axes : tuple of Axis
        At least one, each of another hyperparameter, the seed excepted.
    seeds : tuple of int
        Every combination is trained with each of them.
    models : tuple of str
        One of `MODELS` or both.
    drawn : int
        How many combinations are drawn at random, without repeating one; 0 for all of them.
    epochs : int
        No training makes more than so many.

    Raises
    ------
    ValueError
        If there is nothing to train, or nothing to choose by.
    """

    comparison: Comparison
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    models: tuple[str, ...] = (OURS,)
    drawn: int = 0
    epochs: int = MOST_EPOCHS

    def __post_init__(self) -> None:
        names = [axis.name for axis in self.axes]
        known = all(name in HYPERPARAMETERS and name != SEED for name in names)
        require(bool(names) and known and len(set(names)) == len(names), "axes", "hyperparameters, each once", names)
        require(all(axis.values for axis in self.axes), "axes", "a value for each setting", self.axes)
        require(bool(self.seeds) and len(set(self.seeds)) == len(self.seeds), "seeds", "some, each once", self.seeds)
        require(bool(self.models) and set(self.models) <= set(MODELS), "models", f"some of {MODELS}", self.models)
        share = self.comparison.data.validation_size
        require(share > 0, "validation_size", "a share above 0: a sweep chooses by validation", share)

    @property
    def combinations(self) -> int:
        """How many combinations of values there are, whether or not all are trained."""
        return math.prod(len(axis.values) for axis in self.axes)


def cells(sweep: Sweep) -> tuple[Cell, ...]:
    """Return the combinations that are trained, in the order of their values."""
    from sklearn.model_selection import ParameterGrid, ParameterSampler  # here: a page stands without it

    values = {axis.name: list(axis.values) for axis in sweep.axes}
    names = [axis.name for axis in sweep.axes]
    if not 0 < sweep.drawn < sweep.combinations:
        return tuple(tuple(each[name] for name in names) for each in ParameterGrid(values))
    drawn = ParameterSampler(values, sweep.drawn, random_state=0)
    found = [tuple(each[name] for name in names) for each in drawn]
    places = [{value: place for place, value in enumerate(axis.values)} for axis in sweep.axes]
    return tuple(sorted(found, key=lambda cell: [place[value] for place, value in zip(places, cell, strict=True)]))


def base_of(sweep: Sweep, model: str) -> Config:
    """Return a model's settings that are not swept."""
    return sweep.comparison.ours if model == OURS else sweep.comparison.peer


def trial(sweep: Sweep, model: str, cell: Cell) -> Config | None:
    """Return a model's settings for a combination, None where it has no such value of one of them."""
    config = base_of(sweep, model)
    given = {axis.name: value for axis, value in zip(sweep.axes, cell, strict=True)}
    if not all(may_have(model, name, value) for name, value in given.items()):
        return None
    config = replace(config, **{name: value for name, value in given.items() if name in choices_of(config)})
    return replace(config, max_iter=min(config.max_iter, sweep.epochs))


def may_have(model: str, name: str, value: object) -> bool:
    """Return whether a model may have this value of a setting; what it has no choice in stays as it is."""
    about, ours = HYPERPARAMETERS[name], model == OURS
    kind = kind_of(about, ours)
    return not has_choice(about, ours) or not isinstance(kind, Choice) or value in kind.options


def trainings(sweep: Sweep, model: str, cell: Cell) -> tuple[Job, ...]:
    """Return the trainings of one combination, one a seed; none where the model has no such value."""
    config = trial(sweep, model, cell)
    seeds: Sequence[int] = sweep.seeds if config else ()
    return tuple(Job(replace(config, random_state=seed), sweep.comparison.data) for seed in seeds if config)


class Row(NamedTuple):
    """One combination for one model, with its trainings, one a seed."""

    model: str
    cell: Cell
    jobs: tuple[Job, ...]


# A page asks for the same plan again and again while it is trained
@functools.lru_cache(maxsize=8)
def rows_of(sweep: Sweep) -> tuple[Row, ...]:
    """Return every combination for each model that has it, in the order of the values."""
    pairs = ((model, cell) for cell in cells(sweep) for model in sweep.models)
    rows = (Row(model, cell, trainings(sweep, model, cell)) for model, cell in pairs)
    return tuple(row for row in rows if row.jobs)


@functools.lru_cache(maxsize=8)
def sweep_jobs(sweep: Sweep) -> tuple[Job, ...]:
    """Return all trainings, each once: every combination with its first seed, then with its second, and so on."""
    by_seed = zip(*(row.jobs for row in rows_of(sweep)), strict=True)
    return tuple(dict.fromkeys(job for jobs in by_seed for job in jobs))
