"""How to train: the settings, in plain values with scikit-learn's names, checked at the door."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np


@dataclass(frozen=True)
class TrainConfig:
    """How to train, in plain values with scikit-learn's names; the defaults are the sheet's question 3, part 2.

    Parameters
    ----------
    learning_rate_init : float
        eta, above 0; `learning_rate` says what becomes of it.
    batch_size : int or "auto"
        Examples an update; "auto" is min(200, n).
    max_iter : int
        Epochs at the most.
    momentum : float in [0, 1)
    nesterovs_momentum : bool
    alpha : float
        The loss of a batch of n gets alpha / 2n * ||W||^2.
    shuffle : bool
        Whether each epoch takes the examples in a new order.
    tol, n_iter_no_change : float, int or inf
        Training ends when the running loss has not fallen by tol for more than n_iter_no_change epochs in a row;
        inf, the default, never ends it early.
    random_state : int or None
        Seed of the shuffling; None takes a new one.
    solver : {"sgd", "adam"}
        The rule of an update. Adam needs no momentum and keeps its learning rate.
    learning_rate : {"constant", "invscaling", "adaptive"}
        What becomes of eta: nothing; divided by t^power_t, with t the examples seen before the epoch plus 1; or
        divided by 5 where training would end, until it is below 1e-6.
    power_t : float
        From 0.
    beta_1, beta_2, epsilon : float
        Adam's: how much of both means is kept, from 0 to below 1, and what is added to the root, above 0.
    early_stopping : bool
        Whether accuracy on a validation set decides about the end in place of the running loss, and the best network
        on it is kept.

    Raises
    ------
    ValueError
        If a value is outside its range or of another type.

    Examples
    --------
    >>> from mlp import TrainConfig
    >>> TrainConfig(learning_rate_init=0.01, momentum=0.9).momentum
    0.9
    >>> TrainConfig(momentum=1.0)
    Traceback (most recent call last):
        ...
    ValueError: momentum needs a number from 0 to below 1; got 1.0.
    """

    learning_rate_init: float = 0.001
    batch_size: int | str = 1
    max_iter: int = 100
    momentum: float = 0.0
    nesterovs_momentum: bool = False
    alpha: float = 0.0
    shuffle: bool = True
    tol: float = 1e-4
    n_iter_no_change: float = math.inf
    random_state: int | None = 1
    solver: str = "sgd"
    learning_rate: str = "constant"
    power_t: float = 0.5
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8
    early_stopping: bool = False

    def __post_init__(self) -> None:
        for name, (needed, is_right) in FIELDS.items():
            value = getattr(self, name)
            require(is_right(value), name, needed, value)


def require(holds: bool, name: str, needed: str, got: object) -> None:
    """Raise a ValueError that says what was needed and what came, unless it holds."""
    if not holds:
        raise ValueError(f"{name} needs {needed}; got {got!r}.")


def is_count(value: object) -> bool:
    """Return whether value is a whole number from 1."""
    return isinstance(value, int | np.integer) and not is_flag(value) and bool(value >= 1)


def is_number(value: object) -> TypeGuard[float]:
    """Return whether value is a number."""
    return isinstance(value, int | float | np.integer | np.floating) and not is_flag(value)


def is_flag(value: object) -> bool:
    """Return whether value is True or False."""
    return isinstance(value, bool | np.bool_)


def is_from_0(value: object) -> bool:
    """Return whether value is a finite number from 0."""
    return is_number(value) and 0 <= value < math.inf


def is_above_0(value: object) -> bool:
    """Return whether value is a finite number above 0."""
    return is_number(value) and 0 < value < math.inf


def is_below_1(value: object) -> bool:
    """Return whether value is a number from 0 to below 1."""
    return is_number(value) and 0 <= value < 1


def is_batch_size(value: object) -> bool:
    """Return whether value is a number of examples or "auto"."""
    return (isinstance(value, str) and value == "auto") or is_count(value)


def is_patience(value: object) -> bool:
    """Return whether value is a number of epochs, or inf."""
    return is_count(value) or (is_number(value) and value == math.inf)


def is_seed(value: object) -> bool:
    """Return whether value is a seed, or None."""
    return value is None or is_count(value) or (is_number(value) and value == 0)


def is_solver(value: object) -> bool:
    """Return whether value is the name of a solver."""
    return isinstance(value, str) and value in SOLVERS


def is_schedule(value: object) -> bool:
    """Return whether value is the name of a schedule of the learning rate."""
    return isinstance(value, str) and value in SCHEDULES


SOLVERS = ("sgd", "adam")
SCHEDULES = ("constant", "invscaling", "adaptive")
FROM_0, ABOVE_0, BELOW_1 = "a number from 0", "a number above 0", "a number from 0 to below 1"
# For each field what it needs, in words, and the test of it
FIELDS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "learning_rate_init": (ABOVE_0, is_above_0),
    "batch_size": ('a whole number from 1 or "auto"', is_batch_size),
    "max_iter": ("a whole number from 1", is_count),
    "momentum": (BELOW_1, is_below_1),
    "nesterovs_momentum": ("True or False", is_flag),
    "alpha": (FROM_0, is_from_0),
    "shuffle": ("True or False", is_flag),
    "tol": (FROM_0, is_from_0),
    "n_iter_no_change": ("a whole number from 1, or inf", is_patience),
    "random_state": ("a whole number from 0, or None", is_seed),
    "solver": (f"one of {', '.join(SOLVERS)}", is_solver),
    "learning_rate": (f"one of {', '.join(SCHEDULES)}", is_schedule),
    "power_t": (FROM_0, is_from_0),
    "beta_1": (BELOW_1, is_below_1),
    "beta_2": (BELOW_1, is_below_1),
    "epsilon": (ABOVE_0, is_above_0),
    "early_stopping": ("True or False", is_flag),
}
